/**
 * A media engine on an Asterisk of its own, with citizens, agents' lines and outside
 * phones by real SIP. Each of them says a tone of his own all the time, so that who
 * hears whom can be asked at any moment.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { AgentId, TrunkId } from '#core/lib/ids.ts'
import type { AsteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { decodeAlaw, isSilent } from '../../tools/callers/alaw.ts'
import { type AudioPort, repeating } from '../../tools/callers/audio-port.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { type Ring, SipPhone } from '../../tools/callers/sip-phone.ts'
import { toneFrame, toneShare } from '../../tools/callers/tone.ts'
import { openMedia, startTestEngine, type TestEngine } from './engine.ts'
import { WatchedEvents } from './watched-events.ts'

/** None is a harmonic of another, and all fall exactly between frames. */
const TONES_HZ = [650, 1150, 1550, 2150, 850, 1350]
/** In a mix of three, a tone is about a third of the sound. */
const HEARD_SHARE = 0.15
const UNHEARD_SHARE = 0.08
const FRAMES_IN_A_ROW = 5
const HEARD_WITHIN_MS = 8_000

/** Somebody with a telephone, and the tone he says. */
export type Person = { audio: AudioPort; hz: number; hangUp(): Promise<unknown> }

export function engineStage() {
  let engine: TestEngine
  let media: AsteriskMediaEngine
  const events = new WatchedEvents()
  const people: Person[] = []
  const phones: SipPhone[] = []

  beforeAll(async () => {
    engine = await startTestEngine()
    await openServer()
  })
  afterEach(async () => {
    await Promise.all(people.splice(0).map((each) => each.hangUp()))
    for (const phone of phones.splice(0)) phone.close()
  })
  afterAll(async () => {
    await media?.stop()
    await engine?.stop()
  })

  async function openServer(): Promise<void> {
    events.forget()
    media = await openMedia(engine, events.take)
    media.startLeftMessages()
    await trunkTo(undefined)
  }

  /** A trunk from and to this machine; where its calls to the outside go. */
  async function trunkTo(port: number | undefined): Promise<void> {
    const outboundUri = port === undefined ? {} : { outboundUri: `sip:{digits}@127.0.0.1:${port}` }
    const peers = port === undefined ? ['127.0.0.1', '127.0.0.3'] : ['127.0.0.1']
    const facts = { id: 'demo', didPatterns: ['1195'], codecs: ['alaw'], maxCalls: 20 }
    await media.applyTrunks([{ ...facts, peerAddresses: peers, ...outboundUri }])
  }

  /** With a tone that nobody else here has. */
  function speaking<Phone extends { audio: AudioPort; hangUp(): unknown }>(phone: Phone) {
    const hz = TONES_HZ.find((each) => people.every((other) => other.hz !== each)) ?? 0
    phone.audio.speak(repeating(toneFrame(hz)))
    const person = { phone, audio: phone.audio, hz, hangUp: async () => await phone.hangUp() }
    people.push(person)
    return person
  }

  async function dial(extra: Partial<Parameters<typeof SipCall.dial>[0]>): Promise<SipCall> {
    const { sip: port } = engine.ports
    const who = { from: '998901234567', userAgent: 'Phone', to: 'sip:1195@127.0.0.1' }
    return await SipCall.dial({ host: '127.0.0.1', port, ...who, ...extra })
  }

  async function citizen() {
    const person = speaking(await dial({}))
    const arrived = await events.next('callArrived')
    await media.answer(arrived.call)
    return { ...person, call: arrived.call, legs: arrived.legs, arrivedAt: arrived.at }
  }

  async function line(id: AgentId, password: string) {
    const username = `phone-${id}`
    const phone = await dial({
      to: 'sip:line@127.0.0.1',
      from: username,
      credentials: { username, password },
    })
    await events.next('lineUp')
    return speaking(phone)
  }

  async function agent() {
    const id = randomUUID() as AgentId
    const password = randomUUID()
    await media.allowPhone(id, password)
    const person = await line(id, password)
    return { ...person, agent: id, again: () => line(id, password) }
  }

  /** A phone outside, to which the trunk's calls go from now on, and what it does when it rings: a number is a refusal. */
  async function outside(manner: 'answers' | 'rings' | number) {
    const { promise: ring, resolve } = Promise.withResolvers<Ring>()
    const onRing = (ring: Ring) => {
      if (manner === 'answers') ring.answer()
      else if (manner !== 'rings') ring.refuse(manner)
      resolve(ring)
    }
    const phone = await SipPhone.open({ user: 'outside', onRing })
    phones.push(phone)
    await trunkTo(phone.port)
    return { port: phone.port, ring }
  }

  return {
    get media() {
      return media
    },
    get engine() {
      return engine
    },
    events,
    trunk: 'demo' as TrunkId,
    openServer,
    trunkTo,
    citizen,
    agent,
    outside,
    speaking,
  }
}

/** These hear each other, all of them. */
export async function hearEachOther(...people: Person[]): Promise<void> {
  const pairs = people.flatMap((ear) => people.filter((mouth) => mouth !== ear).map((mouth) => [ear, mouth]))
  await Promise.all(pairs.map(([ear, mouth]) => hears(ear as Person, mouth as Person)))
}

export async function hears(ear: Person, mouth: Person): Promise<void> {
  await inARow(
    ear,
    (sound) => toneShare(sound, mouth.hz) >= HEARD_SHARE,
    `${ear.hz} does not hear ${mouth.hz}`,
  )
}

export async function hearsNot(ear: Person, ...mouths: Person[]): Promise<void> {
  const silent = (sound: Int16Array) => mouths.every((mouth) => toneShare(sound, mouth.hz) <= UNHEARD_SHARE)
  await inARow(ear, silent, `${ear.hz} goes on hearing ${mouths.map(({ hz }) => hz).join(', ')}`)
}

/** Music, which is none of the tones. */
export async function hearsMusic(ear: Person): Promise<void> {
  const isMusic = (sound: Int16Array, payload: Uint8Array) =>
    !isSilent(payload) && TONES_HZ.every((hz) => toneShare(sound, hz) < 0.5)
  await inARow(ear, isMusic, `${ear.hz} hears no music`)
}

export async function hearsSilence(ear: Person): Promise<void> {
  await inARow(ear, (_sound, payload) => isSilent(payload), `${ear.hz} hears something`)
}

/** Packets, whatever is in them. */
export async function heard({ audio }: Pick<Person, 'audio'>, packets: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject(new Error('Nothing was heard')), HEARD_WITHIN_MS)
  let count = 0
  const stop = audio.listen(() => {
    if (++count >= packets) resolve()
  })
  await promise.finally(() => {
    clearTimeout(late)
    stop()
  })
}

async function inARow(
  ear: Person,
  holds: (sound: Int16Array, payload: Uint8Array) => boolean,
  otherwise: string,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject(new Error(otherwise)), HEARD_WITHIN_MS)
  let frames = 0
  const stop = ear.audio.listen(({ payload }) => {
    frames = holds(decodeAlaw(payload), payload) ? frames + 1 : 0
    if (frames >= FRAMES_IN_A_ROW) resolve()
  })
  await promise.finally(() => {
    clearTimeout(late)
    stop()
  })
}
