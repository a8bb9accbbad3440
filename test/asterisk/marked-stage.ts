/**
 * A media engine on an Asterisk of its own, with citizens and agents' lines by real SIP. Whoever is told to speak says one
 * byte over and over: a mark that whoever hears him gets unchanged, and that tells a packet of his from silence and music.
 */
import { randomUUID } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { AsteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { music } from '../../server/asterisk/engine-sounds.ts'
import type { LegFiles } from '../../server/calls/ports.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { openMedia, startTestEngine, type TestEngine } from './engine.ts'
import { WatchedEvents } from './watched-events.ts'

/** Two marks that no silence, beep or music repeats for a whole packet. */
export const CITIZENS_MARK = 0x2a
export const AGENTS_MARK = 0x34
/** What a recording may differ from the call (seconds). */
const SAMPLES_A_SECOND = 8000
/** Short enough for a test to see a forgotten call taken back. */
const STAY_SECONDS = 3
const HEARD_WITHIN_MS = 10_000
const UNHEARD_MS = 500

type Extra = Partial<Parameters<typeof SipCall.dial>[0]>

export function markedStage() {
  let engine: TestEngine
  let media: AsteriskMediaEngine
  const events = new WatchedEvents()
  const open: SipCall[] = []

  beforeAll(async () => {
    engine = await startTestEngine()
    writeFileSync(join(engine.paths.prompts, 'long.alaw'), music().subarray(0, 60 * SAMPLES_A_SECOND))
    writeFileSync(join(engine.paths.prompts, 'short.alaw'), music().subarray(0, SAMPLES_A_SECOND / 2))
    await openServer()
    const peers = { peerAddresses: ['127.0.0.1'], didPatterns: ['1195', '1196'] }
    await media.applyTrunks([{ id: 'demo', ...peers, codecs: ['alaw', 'ulaw'], maxCalls: 2 }])
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((call) => call.hangUp()))
  })
  afterAll(async () => {
    await media?.stop()
    await engine?.stop()
  })

  async function openServer(): Promise<void> {
    events.forget()
    media = await openMedia(engine, events.take, { staySeconds: STAY_SECONDS })
    media.startLeftMessages()
  }

  async function dial(extra: Extra = {}): Promise<SipCall> {
    const { sip: port } = engine.ports
    const who = { from: '998901234567', userAgent: 'Phone', to: 'sip:1195@127.0.0.1' }
    const call = await SipCall.dial({ host: '127.0.0.1', port, ...who, ...extra })
    open.push(call)
    return call
  }

  async function arrive(extra: Extra = {}) {
    const citizen = await dial(extra)
    const arrived = await events.next('callArrived')
    return { citizen, arrived, call: arrived.call as CallId }
  }

  async function dialLine(agent: AgentId, password: string): Promise<SipCall> {
    const username = `phone-${agent}`
    return await dial({ to: 'sip:line@127.0.0.1', from: username, credentials: { username, password } })
  }

  async function agentOnLine() {
    const id = randomUUID() as AgentId
    const password = randomUUID()
    await media.allowPhone(id, password)
    const line = await dialLine(id, password)
    await events.next('lineUp')
    return { id, password, line }
  }

  return {
    get media() {
      return media
    },
    get engine() {
      return engine
    },
    events,
    openServer,
    dial,
    arrive,
    dialLine,
    agentOnLine,
    /** Of two: `short`, half a second, and `long`, a minute. */
    prompt: (name: 'short' | 'long') => join(engine.paths.prompts, name),
  }
}

export function speak(phone: SipCall, mark: number): void {
  const frame = new Uint8Array(160).fill(mark)
  phone.audio.speak(() => frame)
}

/** Packets, whatever is in them. */
export async function heard(phone: SipCall, packets: number): Promise<void> {
  const target = phone.audio.packetsReceived + packets
  await onFrame(phone, () => phone.audio.packetsReceived >= target, 'Nothing was heard')
}

export async function hears(phone: SipCall, mark: number): Promise<void> {
  await onFrame(phone, (payload) => isMark(payload, mark), `The mark ${mark} was not heard`)
}

/** Half a second in a row without the mark: whoever is muted sends nothing at all, which is not the mark either. */
export async function hearsNot(phone: SipCall, mark: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject(new Error(`The mark ${mark} goes on being heard`)), HEARD_WITHIN_MS)
  const unheard = setTimeout(resolve, UNHEARD_MS)
  const stop = phone.audio.listen(({ payload }) => {
    if (isMark(payload, mark)) unheard.refresh()
  })
  await promise.finally(() => {
    clearTimeout(late)
    clearTimeout(unheard)
    stop()
  })
}

const isMark = (payload: Uint8Array, mark: number) => payload.every((byte) => byte === mark)

function onFrame(phone: SipCall, done: (payload: Uint8Array) => boolean, otherwise: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(() => reject(new Error(otherwise)), HEARD_WITHIN_MS)
  const stop = phone.audio.listen(({ payload }) => {
    if (done(payload)) resolve()
  })
  return promise.finally(() => {
    clearTimeout(late)
    stop()
  })
}

export function expectFullLength(legs: LegFiles, callMs: number): void {
  for (const leg of [legs.citizen, legs.agent]) {
    const seconds = statSync(leg).size / SAMPLES_A_SECOND
    expect(Math.abs(callMs / 1000 - seconds), leg).toBeLessThanOrEqual(LOST_MAX_SECONDS)
  }
}
