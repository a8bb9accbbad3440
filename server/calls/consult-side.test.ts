/** Somebody asked into a call: what each of the three hears and is told, and every way in which one of them leaves. */
import { expect, test } from 'vitest'
import type { AgentId, CallId, PartyId } from '#core/lib/ids.ts'
import { HELP_RING_MS } from './consult-side.ts'
import { LINE_GRACE_MS } from './line-side.ts'
import { type TestStage, testStage } from './test-stage.ts'

const FIRST = 'dilnoza' as AgentId
const SECOND = 'rustam' as AgentId
const NUMBER = '+998712345678'
const wrapUp = { outcome: 'resolved' as const, topics: ['01'], note: '' }

type Place = { t: TestStage; call: CallId }

/** The first agent talks with a citizen; the second is available, and has been so for less long. */
async function talking(): Promise<Place> {
  const t = testStage()
  await t.agent(FIRST)
  const call = await t.waiting('c1')
  t.accept(FIRST)
  await t.agent(SECOND)
  t.clock.advance(10_000)
  await t.settle()
  t.media.forget()
  return { t, call }
}

async function asking(): Promise<Place> {
  const place = await talking()
  place.t.talks.consult(FIRST, { agent: SECOND })
  await place.t.settle()
  return place
}

async function consulting(): Promise<Place> {
  const place = await asking()
  place.t.accept(SECOND)
  place.t.clock.advance(5_000)
  await place.t.settle()
  place.t.media.forget()
  return place
}

async function conferring(): Promise<Place> {
  const place = await consulting()
  await place.t.talks.confer(FIRST)
  place.t.clock.advance(20_000)
  await place.t.settle()
  place.t.media.forget()
  return place
}

async function callingOutside(): Promise<Place & { party: PartyId }> {
  const place = await talking()
  place.t.talks.consult(FIRST, { number: '71 234 56 78' })
  await place.t.settle()
  const dialled = place.t.media.requests.find(([name]) => name === 'dialOut')
  return { ...place, party: dialled?.[1] as PartyId }
}

async function withOutside(): Promise<Place & { party: PartyId }> {
  const place = await callingOutside()
  const { t, party } = place
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  await t.settle()
  t.media.forget()
  return place
}

const states = (t: TestStage) => [FIRST, SECOND].map((agent) => t.desk(agent).call?.state)
const statuses = (t: TestStage) => [FIRST, SECOND].map((agent) => t.desk(agent).status)
const loseLine = (t: TestStage, agent: AgentId) =>
  t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
const consultEnds = (t: TestStage) => t.of('consultEnded').map(({ as }) => as)
/** As a promise, whether it is refused at once or when the engine has answered. */
async function refusal(ask: () => unknown): Promise<void> {
  await ask()
}

const isIdle = (t: TestStage, agent: AgentId) =>
  t.stage.engine.snapshot().idle.some((idle) => idle.agent === agent)

test('a colleague who is asked rings, sees who asks, and is offered nothing else; the citizen hears music', async () => {
  const { t, call } = await asking()
  expect(t.media.lines).toEqual([`hold ${call}`])
  expect(t.desk(FIRST).call).toMatchObject({ state: 'calling', other: { name: SECOND } })
  expect(t.desk(SECOND)).toMatchObject({ status: 'ringing', offer: { call, askedBy: FIRST } })
  await t.waiting('c2')
  expect(t.desk(SECOND).offer?.call).toBe(call)
})

test('the two consult without the citizen, then the three hear each other, then the call is the colleague’s', async () => {
  const { t, call } = await consulting()
  expect(states(t)).toEqual(['consulting', 'helping'])
  expect(statuses(t)).toEqual(['talking', 'talking'])
  expect(t.desk(SECOND).call).toMatchObject({ other: { name: FIRST } })
  await t.talks.confer(FIRST)
  expect(t.media.lines).toEqual([`gather ${FIRST} ${call} ${SECOND}`])
  expect(states(t)).toEqual(['conference', 'helping'])
  t.media.forget()
  await t.talks.handOver(FIRST)
  await t.settle()
  expect(t.media.lines).toEqual([`gather ${SECOND} ${call}`, `release ${FIRST}`])
  expect(states(t)).toEqual(['over', 'talking'])
  expect(statuses(t)).toEqual(['wrapUp', 'talking'])
  t.agents.wrapUp(FIRST, wrapUp, 'available')
  await t.hangUp(call)
  expect(statuses(t)).toEqual(['available', 'wrapUp'])
  expect(t.story(call).slice(-8)).toEqual([
    'consultStarted',
    'consultAnswered',
    'conferenceStarted',
    'consultEnded',
    'callTransferred',
    'callConnected',
    'callWrappedUp',
    'callEnded',
  ])
})

test('a call handed over in a consultation begins anew for the colleague, and holds nobody else', async () => {
  const { t, call } = await consulting()
  await t.talks.handOver(FIRST)
  expect(t.of('callTransferred')).toMatchObject([{ kind: 'attended', agent: FIRST, to: { agent: SECOND } }])
  expect(t.desk(SECOND).call).toMatchObject({ connectedAt: t.clock.now(), other: undefined })
  t.clock.advance(30_000)
  await t.hangUp(call)
  // Ten seconds with the first, thirty with the second; five of consultation are hold.
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 40, holdSeconds: 5 }])
})

test('whoever ends the consultation talks with the citizen again, and the colleague is free', async () => {
  const { t, call } = await consulting()
  await t.talks.endConsult(FIRST)
  await t.settle()
  expect(t.media.lines).toEqual([`gather ${FIRST} ${call}`, `release ${SECOND}`])
  expect(states(t)).toEqual(['talking', undefined])
  expect(t.desk(SECOND).status).toBe('available')
  expect(isIdle(t, SECOND)).toBe(true)
  expect(t.story(call).slice(-2)).toEqual(['consultEnded', 'callResumed'])
})

test('whoever stops asking before the colleague answers talks with the citizen again', async () => {
  const { t, call } = await asking()
  await t.talks.endConsult(FIRST)
  expect(t.media.lines).toEqual([`hold ${call}`, `gather ${FIRST} ${call}`])
  expect(states(t)).toEqual(['talking', undefined])
  expect(t.desk(SECOND)).toMatchObject({ status: 'available', offer: undefined })
  t.clock.advance(HELP_RING_MS)
  expect(t.desk(SECOND).status).toBe('available')
})

test.each<[string, (t: TestStage) => unknown, string, string]>([
  ['declines', (t) => t.agents.decline(SECOND, t.desk(SECOND).offer?.id as never), 'available', 'declined'],
  ['lets it ring', (t) => t.clock.advance(HELP_RING_MS), 'onBreak', 'missed'],
  ['loses his line', (t) => loseLine(t, SECOND), 'onBreak', 'unreachable'],
  ['signs off', (t) => t.agents.signOff(SECOND), 'signedOut', 'unreachable'],
])('a colleague who %s leaves the citizen on hold with his agent', async (_what, does, status, as) => {
  const { t, call } = await asking()
  await does(t)
  await t.settle()
  expect(t.desk(FIRST).call?.state).toBe('onHold')
  expect(t.desk(SECOND)).toMatchObject({ status, offer: undefined })
  expect(consultEnds(t)).toEqual([as])
  expect(isIdle(t, SECOND)).toBe(status === 'available')
  await t.agents.resume(FIRST)
  expect(t.media.lines.at(-1)).toBe(`resume ${call} ${FIRST}`)
  expect(t.desk(FIRST).call?.state).toBe('talking')
})

test.each<[string, (t: TestStage) => unknown, string, string]>([
  ['leaves', (t) => t.talks.stopHelping(SECOND), 'available', 'helperLeft'],
  ['loses his line', (t) => loseLine(t, SECOND), 'onBreak', 'lineLost'],
])('a colleague who %s in the consultation leaves the citizen on hold', async (_what, does, status, as) => {
  const { t } = await consulting()
  await does(t)
  await t.settle()
  expect(t.media.lines).toContain(`gather ${FIRST}`)
  expect(t.desk(FIRST).call?.state).toBe('onHold')
  expect(t.desk(SECOND)).toMatchObject({ status, call: undefined })
  expect(consultEnds(t)).toEqual([as])
})

test.each<[string, (t: TestStage) => unknown, string]>([
  ['leaves', (t) => t.talks.stopHelping(SECOND), 'helperLeft'],
  ['loses his line', (t) => loseLine(t, SECOND), 'lineLost'],
  ['is not wanted any more', (t) => t.talks.endConsult(FIRST), 'ended'],
])('a colleague who %s in a conference leaves the two talking', async (_what, does, as) => {
  const { t, call } = await conferring()
  await does(t)
  await t.settle()
  expect(t.media.lines).toContain(`gather ${FIRST} ${call}`)
  expect(t.desk(FIRST).call?.state).toBe('talking')
  expect(consultEnds(t)).toEqual([as])
  expect(t.story(call)).not.toContain('callResumed')
})

test.each<[string, () => Promise<Place>]>([
  ['asks for help', asking],
  ['consults', consulting],
  ['confers', conferring],
])(
  'a citizen who hangs up while his agent %s frees the colleague, and the agent wraps up',
  async (_what, make) => {
    const { t, call } = await make()
    await t.hangUp(call)
    expect(statuses(t)).toEqual(['wrapUp', 'available'])
    expect(t.desk(SECOND)).toMatchObject({ offer: undefined, call: undefined })
    expect(isIdle(t, SECOND)).toBe(true)
    expect(consultEnds(t)).toEqual(['callEnded'])
    expect(t.story(call).at(-1)).toBe('callEnded')
    t.clock.advance(HELP_RING_MS)
    expect(statuses(t)).toEqual(['wrapUp', 'available'])
  },
)

test('two who consulted are parted when the citizen has hung up', async () => {
  const { t, call } = await consulting()
  await t.hangUp(call)
  expect(t.media.lines).toContain(`gather ${FIRST}`)
})

test.each<[string, () => Promise<Place>]>([
  ['asks for help', asking],
  ['consults', consulting],
])(
  'an agent whose line is lost while he %s loses the colleague, and gets the citizen back with his line',
  async (_what, make) => {
    const { t, call } = await make()
    loseLine(t, FIRST)
    await t.settle()
    expect(t.desk(FIRST).call?.state).toBe('adrift')
    expect(t.desk(SECOND)).toMatchObject({ status: 'available', offer: undefined, call: undefined })
    expect(consultEnds(t)).toEqual(['lineLost'])
    await t.lineUp(FIRST)
    expect(t.media.lines).toContain(`connect ${call} ${FIRST}`)
    expect(t.desk(FIRST).call?.state).toBe('talking')
  },
)

test('an agent who does not come back after a consultation leaves the citizen to whoever is next', async () => {
  const { t, call } = await consulting()
  loseLine(t, FIRST)
  t.clock.advance(LINE_GRACE_MS)
  await t.settle()
  expect(t.desk(FIRST)).toMatchObject({ status: 'onBreak', call: undefined })
  expect(t.desk(SECOND)).toMatchObject({ status: 'ringing', offer: { call } })
})

test('an agent who comes back to a conference soon is let in again', async () => {
  const { t, call } = await conferring()
  loseLine(t, FIRST)
  t.clock.advance(LINE_GRACE_MS / 2)
  expect(states(t)).toEqual(['conference', 'helping'])
  await t.lineUp(FIRST)
  expect(t.media.lines).toContain(`gather ${FIRST} ${call} ${SECOND}`)
  t.clock.advance(LINE_GRACE_MS)
  expect(states(t)).toEqual(['conference', 'helping'])
  expect(t.story(call).slice(-2)).toEqual(['lineLost', 'callResumed'])
})

test('an agent who does not come back to a conference leaves the call to the colleague', async () => {
  const { t, call } = await conferring()
  loseLine(t, FIRST)
  t.clock.advance(LINE_GRACE_MS)
  await t.settle()
  expect(t.media.lines).toContain(`gather ${SECOND} ${call}`)
  expect(t.desk(FIRST)).toMatchObject({ status: 'onBreak', call: undefined })
  expect(t.desk(SECOND).call).toMatchObject({ id: call, state: 'talking' })
  await t.hangUp(call)
  expect(statuses(t)).toEqual(['onBreak', 'wrapUp'])
})

test('a conference that both agents leave by losing their lines gives the citizen to whoever is next', async () => {
  const { t, call } = await conferring()
  loseLine(t, FIRST)
  loseLine(t, SECOND)
  await t.settle()
  expect(t.desk(FIRST).call?.state).toBe('adrift')
  t.clock.advance(LINE_GRACE_MS)
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call }])
})

test('a newer line of the colleague finds him where he was', async () => {
  const { t, call } = await conferring()
  t.media.push({ type: 'lineUp', agent: SECOND, at: t.clock.now() })
  expect(t.media.lines).toEqual([`gather ${FIRST} ${call} ${SECOND}`])
})

test('a colleague who signs off while he helps leaves when it is over', async () => {
  const { t, call } = await consulting()
  t.agents.signOff(SECOND)
  expect(t.desk(SECOND).status).toBe('talking')
  await t.talks.endConsult(FIRST)
  expect(t.desk(SECOND).status).toBe('signedOut')
  await t.hangUp(call)
})

test('a colleague who asked for a break while he helps takes it before the next call', async () => {
  const { t } = await consulting()
  t.agents.takeBreak(SECOND, 'lunch')
  const waiting = await t.waiting('c2', '+998907654321')
  await t.talks.endConsult(FIRST)
  expect(t.desk(SECOND)).toMatchObject({ status: 'onBreak', breakReason: 'lunch', offer: undefined })
  expect(isIdle(t, SECOND)).toBe(false)
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call: waiting }])
})

test('a helper decides nothing about the call, but may mute himself', async () => {
  const { t } = await conferring()
  for (const ask of [
    () => t.agents.end(SECOND),
    () => t.agents.hold(SECOND),
    () => t.talks.handOver(SECOND),
    () => t.talks.endConsult(SECOND),
    () => t.talks.transfer(SECOND, { number: NUMBER }),
    () => t.talks.returnToQueue(SECOND),
    () => t.agents.wrapUp(SECOND, wrapUp, 'available'),
  ])
    await expect(refusal(ask)).rejects.toMatchObject({ code: 'wrongStatus' })
  await t.agents.mute(SECOND, true)
  expect(t.desk(SECOND).call?.muted).toBe(true)
  expect(t.desk(FIRST).call?.muted).toBe(false)
})

test('nobody is hung up on or sent away while somebody is consulted', async () => {
  const { t } = await consulting()
  for (const ask of [
    () => t.agents.end(FIRST),
    () => t.agents.hold(FIRST),
    () => t.talks.transfer(FIRST, { number: NUMBER }),
    () => t.talks.consult(FIRST, { number: NUMBER }),
    () => t.talks.returnToQueue(FIRST),
  ])
    await expect(refusal(ask)).rejects.toMatchObject({ code: 'wrongStatus' })
})

test.each<[string, (t: TestStage) => unknown]>([
  ['on a break', (t) => t.agents.takeBreak(SECOND, 'rest')],
  ['signed out', (t) => t.agents.signOff(SECOND)],
])('a colleague who is %s cannot be asked, and the call goes on', async (_what, does) => {
  const { t } = await talking()
  await does(t)
  expect(() => t.talks.consult(FIRST, { agent: SECOND })).toThrow(
    expect.objectContaining({ code: 'agentNotFree' }),
  )
  expect(() => t.talks.consult(FIRST, { agent: FIRST })).toThrow(
    expect.objectContaining({ code: 'agentNotFree' }),
  )
  expect(t.desk(FIRST).call?.state).toBe('talking')
  expect(t.media.lines.filter((line) => !line.startsWith('forbidPhone'))).toEqual([])
})

test('somebody outside is called with our number shown, and consulted when he answers', async () => {
  const { t, call, party } = await callingOutside()
  expect(t.media.lines).toEqual([`hold ${call}`, `dialOut ${party} demo ${NUMBER} 1195`])
  expect(t.desk(FIRST).call).toMatchObject({ state: 'calling', other: { name: '+998 71 234 56 78' } })
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  expect(t.media.lines.at(-1)).toBe(`gather ${FIRST} ${party}`)
  expect(t.desk(FIRST).call?.state).toBe('consulting')
})

test.each([
  ['busy', 'busy'],
  ['noAnswer', 'missed'],
  ['declined', 'declined'],
  ['unreachable', 'unreachable'],
] as const)('a number that is %s leaves the citizen on hold, and says so', async (cause, as) => {
  const { t, party } = await callingOutside()
  t.media.push({ type: 'partyFailed', party, cause, at: t.clock.now() })
  expect(t.desk(FIRST).call?.state).toBe('onHold')
  expect(consultEnds(t)).toEqual([as])
})

test('a number that the engine cannot dial leaves the citizen on hold', async () => {
  const { t } = await talking()
  t.media.failNext('dialOut', new Error('no'))
  t.talks.consult(FIRST, { number: NUMBER })
  await t.settle()
  expect(t.desk(FIRST).call?.state).toBe('onHold')
  expect(consultEnds(t)).toEqual(['unreachable'])
})

test.each<[string, (t: TestStage, call: CallId) => unknown]>([
  ['the agent does not want him any more', (t) => t.talks.endConsult(FIRST)],
  ['the citizen hangs up', (t, call) => t.hangUp(call)],
  ['the agent’s line is lost', (t) => loseLine(t, FIRST)],
])('somebody outside is hung up when %s, before and after he has answered', async (_what, does) => {
  for (const make of [callingOutside, withOutside]) {
    const { t, call, party } = await make()
    await does(t, call)
    await t.settle()
    expect(t.media.lines.filter((line) => line === `hangUpParty ${party}`)).toHaveLength(1)
    expect((await t.media.standing()).parties).toEqual([])
  }
})

test('somebody outside who answers when nobody waits for him is hung up', async () => {
  const { t, party } = await callingOutside()
  await t.talks.endConsult(FIRST)
  t.media.forget()
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  expect(t.media.lines).toEqual([`hangUpParty ${party}`])
})

test('a citizen left with somebody outside talks with him, and the call ends when either hangs up', async () => {
  for (const whoEnds of ['citizen', 'party']) {
    const { t, call, party } = await withOutside()
    await t.talks.confer(FIRST)
    await t.talks.handOver(FIRST)
    expect(t.media.lines).toContain(`gather ${party} ${call}`)
    expect(t.desk(FIRST)).toMatchObject({ status: 'wrapUp', call: { state: 'over' } })
    expect(t.of('outsideConnected')).toMatchObject([{ number: NUMBER }])
    t.media.forget()
    if (whoEnds === 'citizen') await t.hangUp(call)
    else t.media.push({ type: 'partyGone', party, cause: 16, at: t.clock.now() })
    await t.settle()
    expect(t.media.lines).toEqual([whoEnds === 'citizen' ? `hangUpParty ${party}` : `hangUp ${call} done`])
    await t.hangUp(call)
    expect(t.of('callEnded')).toHaveLength(1)
    expect(t.stage.calls.size).toBe(0)
  }
})

test('a party outside who hangs up in a conference leaves the two talking', async () => {
  const { t, call, party } = await withOutside()
  await t.talks.confer(FIRST)
  t.media.push({ type: 'partyGone', party, cause: 16, at: t.clock.now() })
  expect(t.media.lines.at(-1)).toBe(`gather ${FIRST} ${call}`)
  expect(t.desk(FIRST).call?.state).toBe('talking')
})

test.each(['112', '+7 495 123 45 67', '1195', 'Ali', '+998 90 012 34 56'])(
  'a number that is not dialled is refused, and nothing else happens: %s',
  async (number) => {
    const { t } = await talking()
    for (const ask of [() => t.talks.consult(FIRST, { number }), () => t.talks.transfer(FIRST, { number })])
      expect(ask).toThrow(expect.objectContaining({ code: 'numberNotAllowed' }))
    expect(t.media.lines).toEqual([])
    expect(t.desk(FIRST).call?.state).toBe('talking')
  },
)

test('a hand-over that crosses with the colleague’s leaving is refused, and the citizen stays with his agent', async () => {
  const { t } = await consulting()
  const asked = t.talks.handOver(FIRST)
  t.talks.stopHelping(SECOND)
  await expect(asked).rejects.toMatchObject({ code: 'callGone' })
  expect(t.desk(FIRST).call?.state).toBe('onHold')
  expect(t.of('callTransferred')).toEqual([])
})

test('a hand-over that the engine does not carry out changes nothing', async () => {
  const { t } = await consulting()
  t.media.gone(SECOND)
  await expect(t.talks.handOver(FIRST)).rejects.toMatchObject({ code: 'callGone' })
  expect(states(t)).toEqual(['consulting', 'helping'])
})
