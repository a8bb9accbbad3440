import { randomUUID } from 'node:crypto'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import { type AsteriskMediaEngine, asteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { music } from '../../server/asterisk/engine-sounds.ts'
import type { LegFiles } from '../../server/calls/ports.ts'
import { openLog } from '../../server/log.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { freeUdpPort, startTestEngine, type TestEngine } from './engine.ts'
import {
  answeringPhone,
  refusedCall,
  refusingPhone,
  registration,
  ringingPhone,
  runSipp,
  silentCall,
} from './sipp.ts'
import { WatchedEvents } from './watched-events.ts'

/** What a recording may differ from the call (seconds). */
const GAP_SECONDS = 0.2
const SAMPLES_A_SECOND = 8000
/** Short enough for a test to see a forgotten call taken back. */
const STAY_SECONDS = 3
/** Two marks that no silence, beep or music repeats for a whole packet. */
const CITIZENS_MARK = 0x2a
const AGENTS_MARK = 0x34
const STRANGER = '127.0.0.2'

let engine: TestEngine
let media: AsteriskMediaEngine
const events = new WatchedEvents()
const open: SipCall[] = []

beforeAll(async () => {
  engine = await startTestEngine()
  writeFileSync(join(engine.paths.prompts, 'long.alaw'), music().subarray(0, 60 * SAMPLES_A_SECOND))
  writeFileSync(join(engine.paths.prompts, 'short.alaw'), music().subarray(0, SAMPLES_A_SECOND / 2))
  await openServer()
  await media.applyTrunks([
    {
      id: 'demo',
      peerAddresses: ['127.0.0.1'],
      didPatterns: ['1195', '1196'],
      codecs: ['alaw', 'ulaw'],
      maxCalls: 2,
    },
  ])
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((call) => call.hangUp()))
})
afterAll(async () => {
  await media?.stop()
  await engine?.stop()
})

test('a call walks through: hears, presses, talks, is held, and is recorded at full length', async () => {
  const agent = await agentOnLine()
  const { call, citizen, arrived } = await arrive({ userAgent: 'Phone 1.0' })
  expect(arrived).toMatchObject({ trunk: 'demo', did: '1195', caller: { userAgent: 'Phone 1.0' } })

  await media.play(call, 1, [prompt('short'), prompt('long')])
  await heard(citizen, 20)
  expect(citizen.earlyMediaMs).toBeLessThan(250)
  await media.play(call, 2, [prompt('short')])
  expect(await events.next('promptsPlayed')).toMatchObject({ call, playback: 2 })

  await media.answer(call)
  expect(await events.next('callAnswered')).toMatchObject({ call })
  await citizen.audio.press('1')
  await citizen.audio.press('*')
  expect(await events.next('digitPressed')).toMatchObject({ call, digit: '1' })
  expect(await events.next('digitPressed')).toMatchObject({ call, digit: '*' })

  await media.startMusic(call)
  await heard(citizen, 20)
  speak(citizen, CITIZENS_MARK)
  speak(agent.line, AGENTS_MARK)
  await Promise.all([
    media.connect(call, agent.id),
    hears(citizen, AGENTS_MARK),
    hears(agent.line, CITIZENS_MARK),
  ])
  expect((await media.standing()).calls).toEqual([{ call, trunk: 'demo', connectedTo: agent.id }])

  await media.mute(agent.id, true)
  await hearsNot(citizen, AGENTS_MARK)
  await media.mute(agent.id, false)
  await hears(citizen, AGENTS_MARK)

  await media.hold(call)
  await hearsNot(agent.line, CITIZENS_MARK)
  await hearsNot(citizen, AGENTS_MARK)
  await Promise.all([heard(citizen, 25), heard(agent.line, 25)])
  await Promise.all([
    media.resume(call, agent.id),
    hears(citizen, AGENTS_MARK),
    hears(agent.line, CITIZENS_MARK),
  ])

  await citizen.hangUp()
  const over = await events.next('callerHungUp')
  expect(over).toMatchObject({ call, cause: 16 })
  expectFullLength(arrived.legs, over.at - arrived.at)

  // The line stays, alone, and goes on being sent something.
  await media.release(agent.id)
  await heard(agent.line, 25)
  expect((await media.standing()).lines).toContain(agent.id)
  expect(events.count('lineDown')).toBe(0)
  await expect(media.answer(call)).rejects.toThrow('Gone from the engine')
})

test('a caller who sends no audio at all is recorded at full length', async () => {
  const agent = await agentOnLine()
  speak(agent.line, AGENTS_MARK)
  const phone = runSipp({ scenario: silentCall(3_000), sip: engine.ports.sip })
  const arrived = await events.next('callArrived')
  const { call } = arrived
  await media.play(call, 1, [prompt('short')])
  await events.next('promptsPlayed')
  await heard(agent.line, 20)
  await media.answer(call)
  await heard(agent.line, 25)
  await media.startMusic(call)
  await heard(agent.line, 25)
  await media.connect(call, agent.id)
  await heard(agent.line, 0)
  const over = await events.next('callerHungUp')
  expect(await phone.done).toBe(0)
  expectFullLength(arrived.legs, over.at - arrived.at)
})

test('what a caller claims to be arrives as he wrote it, whatever it would do elsewhere', async () => {
  const name = `Ali \${SHELL(id)} ):1:2( | '); DROP TABLE calls; -- <b>\u202e../..`
  const { arrived } = await arrive({
    displayName: `"${name}"`,
    userAgent: `x, "y" <script>`,
    headers: [
      ['P-Asserted-Identity', '"A, B" <sip:+998901234567@op.uz>'],
      ['Remote-Party-ID', '<sip:998901234567@op.uz>;party=calling;privacy=full'],
    ],
  })
  expect(arrived.caller).toMatchObject({
    assertedIdentity: '"A, B" <sip:+998901234567@op.uz>',
    remotePartyId: '<sip:998901234567@op.uz>;party=calling;privacy=full',
    name,
    userAgent: `x, "y" <script>`,
  })
  expect(arrived.caller.from).toContain('<sip:998901234567@127.0.0.1>')
})

test('a caller who claims 30 000 characters gets through, and no more than a page of it is kept', async () => {
  const { arrived } = await arrive({ userAgent: 'u'.repeat(30_000), displayName: `"${'n'.repeat(2_000)}"` })
  expect(arrived.caller.from.length).toBeLessThanOrEqual(1024)
  expect(arrived.caller.userAgent?.length ?? 0).toBeLessThanOrEqual(256)
})

test('an unknown number, a stranger and a full trunk are refused with their codes, each told once', async () => {
  const unknown = runSipp({ scenario: refusedCall(404), sip: engine.ports.sip, service: '777' })
  expect(await events.next('callRefused')).toMatchObject({
    did: '777',
    reason: 'unknownNumber',
    trunk: 'demo',
  })
  expect(await unknown.done).toBe(0)

  const stranger = runSipp({ scenario: refusedCall(403), sip: engine.ports.sip, from: STRANGER })
  expect(await events.next('callRefused')).toMatchObject({ did: '1195', reason: 'notATrunk' })
  expect(await stranger.done).toBe(0)

  // The trunk's own name in From is no proof.
  const liar = runSipp({
    scenario: refusedCall(403, '<sip:trunk-demo@127.0.0.1>'),
    sip: engine.ports.sip,
    from: STRANGER,
  })
  expect(await events.next('callRefused')).toMatchObject({ reason: 'notATrunk' })
  expect(await liar.done).toBe(0)

  await arrive()
  await arrive()
  const third = runSipp({ scenario: refusedCall(503), sip: engine.ports.sip })
  expect(await events.next('callRefused')).toMatchObject({ reason: 'linesFull', trunk: 'demo' })
  expect(await third.done).toBe(0)
})

test('a phone without the right password gets no line', async () => {
  const agent = randomUUID() as AgentId
  await media.allowPhone(agent, 'right')
  const wrong = await dialLine(agent, 'wrong')
  await wrong.settled
  expect(wrong.code).toBe(401)
  await media.forbidPhone(agent)
  const forbidden = await dialLine(agent, 'right')
  await forbidden.settled
  expect(forbidden.code).not.toBe(200)
})

test('a second line of an agent replaces the first, which is hung up and not missed', async () => {
  const agent = await agentOnLine()
  events.forget()
  const second = await dialLine(agent.id, agent.password)
  expect(await events.next('lineUp')).toMatchObject({ agent: agent.id })
  expect((await agent.line.over).by).toBe('them')
  expect(events.count('lineDown')).toBe(0)
  expect((await media.standing()).lines.filter((line) => line === agent.id)).toHaveLength(1)
  await second.hangUp()
  expect(await events.next('lineDown')).toMatchObject({ agent: agent.id })
})

test('when a line is lost in a talk, the citizen hears music and is given back to the next line', async () => {
  const agent = await agentOnLine()
  const { call, citizen } = await arrive()
  await media.answer(call)
  speak(citizen, CITIZENS_MARK)
  await Promise.all([media.connect(call, agent.id), hears(agent.line, CITIZENS_MARK)])
  await agent.line.hangUp()
  await events.next('lineDown')
  await heard(citizen, 25)
  const again = await dialLine(agent.id, agent.password)
  await events.next('lineUp')
  await Promise.all([media.resume(call, agent.id), hears(again, CITIZENS_MARK)])
})

test('a phone that is rung for an offer answers, talks, and is hung up after the call', async () => {
  const agent = await phoneOf('answers', answeringPhone(300))
  const { call, citizen } = await arrive()
  await media.answer(call)
  const offer = randomUUID() as OfferId
  await media.ring(agent.id, offer, '+998901234567')
  expect(await events.next('phoneAnswered')).toMatchObject({ agent: agent.id, offer })
  await media.connect(call, agent.id)
  await citizen.hangUp()
  await events.next('callerHungUp')
  await media.release(agent.id)
  expect(await agent.phone.done).toBe(0)
  expect(events.count('phoneHungUp')).toBe(0)
})

test.each([
  ['486 Busy Here', 'busy'],
  ['603 Decline', 'declined'],
  ['480 Temporarily Unavailable', 'noAnswer'],
])('a phone that says %s is told as %s', async (code, cause) => {
  const agent = await phoneOf('refuses', refusingPhone(code))
  await media.ring(agent.id, randomUUID() as OfferId, '998901234567')
  expect((await events.next('phoneFailed')).cause).toBe(cause)
})

test('ringing stops when the offer is withdrawn; a phone that is not there is unreachable', async () => {
  const agent = await phoneOf('rings', ringingPhone())
  const offer = randomUUID() as OfferId
  events.forget()
  await media.ring(agent.id, offer, '998901234567')
  await media.stopRinging(agent.id, offer)
  await agent.phone.done
  expect(events.count('phoneFailed')).toBe(0)

  const absent = randomUUID() as AgentId
  await media.allowPhone(absent, 'secret')
  await media.ring(absent, randomUUID() as OfferId, '998901234567')
  expect((await events.next('phoneFailed')).cause).toBe('unreachable')
})

test('a message asked for by the flow is told when it has been left', async () => {
  const { call, citizen, arrived } = await arrive()
  await media.answer(call)
  await media.takeMessage(call, 'ru')
  await heard(citizen, 60)
  await citizen.hangUp()
  await events.next('callerHungUp')
  const { message } = await events.next('messageLeft')
  expect(message).toMatchObject({ call, trunk: 'demo', did: '1195', legs: arrived.legs })
  expect(message.messageFromSeconds).toBeGreaterThan(0.2)
  expect(events.count('callerHungUp')).toBe(1)
  expect(existsSync(join(engine.paths.spool, `${call}.message.alaw`))).toBe(false)
  expectFullLength(arrived.legs, message.endedAt - message.arrivedAt)
})

test('the hash key ends a message', async () => {
  const { call, citizen } = await arrive()
  await media.answer(call)
  await media.takeMessage(call, 'uz')
  await heard(citizen, 60)
  await citizen.audio.press('#')
  expect((await citizen.over).by).toBe('them')
  expect((await events.next('messageLeft')).message.call).toBe(call)
})

test('without the server callers leave messages, and others are refused; all is told once, later', async () => {
  await media.stop()
  const refused = runSipp({ scenario: refusedCall(404), sip: engine.ports.sip, service: '777' })
  expect(await refused.done).toBe(0)
  const citizen = await dial({ userAgent: 'Alone, "1"' })
  await citizen.settled
  expect(citizen.code).toBe(200)
  await heard(citizen, 60)
  const leftAt = Date.now()
  await citizen.hangUp()

  await openServer()
  const { message } = await events.next('messageLeft')
  expect(message).toMatchObject({ trunk: 'demo', did: '1195', caller: { userAgent: 'Alone, "1"' } })
  expect(Math.abs(message.endedAt - leftAt)).toBeLessThan(500)
  expectFullLength(message.legs, message.endedAt - message.arrivedAt)

  await media.stop()
  events.forget()
  await openServer()
  await arrive()
  expect(events.count('messageLeft')).toBe(0)
})

test('a server that dies leaves talks alone and gives waiting callers to the message; a new one finds both', async () => {
  const agent = await agentOnLine()
  const talking = await arrive()
  await media.answer(talking.call)
  speak(talking.citizen, CITIZENS_MARK)
  await Promise.all([media.connect(talking.call, agent.id), hears(agent.line, CITIZENS_MARK)])
  const waiting = await arrive()
  await media.startMusic(waiting.call)
  await media.stop()

  // Longer than a stay: the waiting caller is asked for a message, the others talk on.
  await waiting.citizen.settled
  expect(waiting.citizen.code).toBe(200)
  await hears(agent.line, CITIZENS_MARK)

  await openServer()
  const standing = await media.standing()
  expect(standing).toMatchObject({
    calls: [{ call: talking.call, trunk: 'demo', connectedTo: agent.id }],
    lines: [agent.id],
    alone: [waiting.call],
  })
  await talking.citizen.hangUp()
  expect(await events.next('callerHungUp')).toMatchObject({ call: talking.call })
  await waiting.citizen.hangUp()
  expect((await events.next('messageLeft')).message.call).toBe(waiting.call)
})

test('a long prompt holds up nobody else, and a server that comes back in the middle of it can stop it', async () => {
  const { call, citizen } = await arrive()
  await media.play(call, 1, [prompt('short'), prompt('long')])
  await heard(citizen, 25)
  const since = Date.now()
  const agent = await agentOnLine()
  expect(Date.now() - since).toBeLessThan(1_000)
  await media.stop()
  await openServer()
  expect(await media.standing()).toMatchObject({
    calls: [{ call, trunk: 'demo' }],
    lines: [agent.id],
    alone: [],
    rooms: [],
  })
  await media.answer(call)
  speak(citizen, CITIZENS_MARK)
  await Promise.all([media.connect(call, agent.id), hears(agent.line, CITIZENS_MARK)])
  expect(Date.now() - since).toBeLessThan(3_000)
})

test('when a caller left while the server was away, the agent is not left sitting in the bridge', async () => {
  const agent = await agentOnLine()
  const { call, citizen } = await arrive()
  await media.answer(call)
  await media.connect(call, agent.id)
  await media.stop()
  await citizen.hangUp()
  await openServer()
  expect(await media.standing()).toMatchObject({ calls: [], lines: [agent.id], alone: [], rooms: [] })
  const next = await arrive()
  await media.answer(next.call)
  speak(next.citizen, CITIZENS_MARK)
  await Promise.all([media.connect(next.call, agent.id), hears(agent.line, CITIZENS_MARK)])
})

test('when the engine crashes, each call ends once, lines are lost, and phones can come back', async () => {
  const agent = await agentOnLine()
  const { arrived, call } = await arrive()
  events.forget()
  await engine.crash()
  await events.next('engineLost')
  await engine.start()
  await events.next('engineBack')
  expect(events.all.map((event) => event.type)).toEqual([
    'engineLost',
    'callerHungUp',
    'lineDown',
    'engineBack',
  ])
  expect(events.all[1]).toMatchObject({ call, because: 'engineLost' })
  expect((await media.standing()).engineSince).toBeGreaterThan(arrived.at)
  const line = await dialLine(agent.id, agent.password)
  await events.next('lineUp')
  await line.hangUp()
  await arrive()
})

test('an engine that stands still is noticed within three seconds', async () => {
  events.forget()
  engine.pause()
  const since = Date.now()
  await events.next('engineLost')
  expect(Date.now() - since).toBeLessThan(3_000)
  engine.go()
  await events.next('engineBack')
  await arrive()
})

// What the tests are told with ------------------------------------------------

async function openServer(): Promise<void> {
  events.forget()
  const log = openLog(process.env.JAVOB_LOG_LEVEL ?? 'silent')
  media = asteriskMediaEngine({
    data: engine.data,
    httpPort: engine.ports.engineHttp,
    ariPassword: engine.ariPassword,
    log,
    staySeconds: STAY_SECONDS,
  })
  await media.start(events.take)
}

type Extra = Partial<Parameters<typeof SipCall.dial>[0]>

async function dial(extra: Extra = {}): Promise<SipCall> {
  const call = await SipCall.dial({
    host: '127.0.0.1',
    port: engine.ports.sip,
    to: 'sip:1195@127.0.0.1',
    from: '998901234567',
    userAgent: 'Phone',
    ...extra,
  })
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

/** An ordinary phone that has registered and waits. */
async function phoneOf(_what: string, scenario: string) {
  const id = randomUUID() as AgentId
  const password = randomUUID()
  await media.allowPhone(id, password)
  const localPort = await freeUdpPort()
  const registered = runSipp({
    scenario: registration(`phone-${id}`, password),
    sip: engine.ports.sip,
    localPort,
  })
  expect(await registered.done).toBe(0)
  return { id, phone: runSipp({ scenario, sip: engine.ports.sip, localPort }) }
}

function prompt(name: string): string {
  return join(engine.paths.prompts, name)
}

function speak(phone: SipCall, mark: number): void {
  const frame = new Uint8Array(160).fill(mark)
  phone.audio.speak(() => frame)
}

/** Packets, whatever is in them. */
async function heard(phone: SipCall, packets: number): Promise<void> {
  const target = phone.audio.packetsReceived + packets
  await onFrame(phone, () => phone.audio.packetsReceived >= target)
}

async function hears(phone: SipCall, mark: number): Promise<void> {
  await onFrame(phone, (payload) => isMark(payload, mark))
}

/** Half a second of packets in a row without the mark. */
async function hearsNot(phone: SipCall, mark: number): Promise<void> {
  let without = 0
  const timer = Date.now() + 5_000
  await Promise.race([
    onFrame(phone, (payload) => {
      without = isMark(payload, mark) ? 0 : without + 1
      return without >= 10
    }),
    // Nothing at all is not the mark either.
    new Promise<void>((resolve) => setTimeout(resolve, timer - Date.now() - 4_500)),
  ])
}

const isMark = (payload: Uint8Array, mark: number) => payload.every((byte) => byte === mark)

function onFrame(phone: SipCall, done: (payload: Uint8Array) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It was not heard')), 10_000)
    const stop = phone.audio.listen(({ payload }) => {
      if (!done(payload)) return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
}

function expectFullLength(legs: LegFiles, callMs: number): void {
  for (const leg of [legs.citizen, legs.agent]) {
    const seconds = statSync(leg).size / SAMPLES_A_SECOND
    expect(Math.abs(callMs / 1000 - seconds), leg).toBeLessThanOrEqual(GAP_SECONDS)
  }
}
