import { expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, TopicCode } from '#core/lib/ids.ts'
import { EngineAway, MediaGone, type MediaEngine } from './ports.ts'
import { type TestStage, testStage } from './test-stage.ts'

const DILNOZA = 'dilnoza' as AgentId
const wrapUp = { outcome: 'resolved' as const, topics: ['01.01.01' as TopicCode], note: '' }

/** Asks for something that is to be refused with the code, and shows that nothing has changed by it. */
async function refused(t: TestStage, code: string, ask: () => unknown): Promise<void> {
  const before = whole(t)
  await expect((async () => await ask())()).rejects.toMatchObject({ name: 'Refusal', code })
  await t.settle()
  expect(whole(t)).toEqual(before)
}

/** All that an agent's request could change, as it is now. */
function whole(t: TestStage) {
  const calls = [...t.stage.calls.values()].map((call) => ({ ...call, cancelTimer: undefined }))
  const desks = [...t.stage.book.desks.values()].map((desk) => ({ ...desk }))
  return { calls, desks, routing: structuredClone(t.stage.engine.snapshot()), events: [...t.events] }
}

const rings = (t: TestStage) => t.desk(DILNOZA).offer?.id as OfferId
const connections = (t: TestStage) => t.media.requests.filter(([name]) => name === 'connect').length

async function talking() {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  const offer = rings(t)
  t.agents.accept(agent, offer)
  await t.settle()
  return { t, agent, call, offer }
}

test('an offer accepted a second time is refused, and the call goes on', async () => {
  const { t, agent, call, offer } = await talking()
  await refused(t, 'offerGone', () => t.agents.accept(agent, offer))
  expect(connections(t)).toBe(1)
  expect(t.desk(agent)).toMatchObject({ status: 'talking', call: { id: call } })
})

test.each<[string, (t: TestStage) => unknown]>([
  ['withdrawn because the caller left', (t) => t.hangUp('c1' as CallId)],
  ['missed', (t) => t.clock.advance(20_000)],
  ['declined', (t) => t.agents.decline(DILNOZA, rings(t))],
])('an offer that was %s cannot be accepted or declined any more', async (_how, ends) => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  await t.waiting('c1')
  const offer = rings(t)
  await ends(t)
  await refused(t, 'offerGone', () => t.agents.accept(agent, offer))
  await refused(t, 'offerGone', () => t.agents.decline(agent, offer))
  expect(connections(t)).toBe(0)
})

test('an offer that rings at another desk cannot be accepted', async () => {
  const t = testStage()
  await t.agent('dilnoza')
  const rustam = await t.agent('rustam')
  await t.waiting('c1')
  const offer = t.of('callOffered')[0]?.offer as OfferId
  await refused(t, 'offerGone', () => t.agents.accept(rustam, offer))
})

test('a wrap-up sent twice is refused the second time, and the first one stands', async () => {
  const { t, agent, call } = await talking()
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
  await refused(t, 'wrongStatus', () =>
    t.agents.wrapUp(agent, { ...wrapUp, outcome: 'unresolved' }, 'available'),
  )
  expect(t.of('callWrappedUp')).toMatchObject([{ call, outcome: 'resolved' }])
})

test('a note is kept as what the database can keep, line by line', async () => {
  const { t, agent, call } = await talking()
  await t.hangUp(call)
  t.agents.wrapUp(agent, { ...wrapUp, note: 'First\nsecond\0 \ud800third' }, 'available')
  expect(t.of('callWrappedUp')).toMatchObject([{ note: 'First\nsecond \ufffdthird' }])
})

test('an agent who signs on again before the wrap-up stays after it', async () => {
  const { t, agent, call } = await talking()
  t.agents.signOff(agent)
  await t.hangUp(call)
  t.agents.signOn(t.desk(agent).profile)
  t.agents.wrapUp(agent, wrapUp, 'available')
  expect(t.desk(agent).status).toBe('available')
})

test('a line that goes down while it is being proven is not proven', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.agents.takeBreak(agent, 'rest')
  const proving = t.agents.proveLine(agent, 500)
  t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
  await expect(proving).rejects.toMatchObject({ code: 'lineNotUp' })
  expect(t.desk(agent).line).toBe('down')
})

const away = new EngineAway('anything')

test.each<[keyof MediaEngine, (t: TestStage) => Promise<unknown>]>([
  ['hold', (t) => t.agents.hold(DILNOZA)],
  ['mute', (t) => t.agents.mute(DILNOZA, true)],
  ['sendDigits', (t) => t.agents.sendDigits(DILNOZA, '1')],
  ['hangUp', (t) => t.agents.end(DILNOZA)],
  ['allowPhone', (t) => t.agents.openPhone(DILNOZA)],
  ['lineAudio', (t) => t.agents.proveLine(DILNOZA, 500)],
])('a request %s that the engine does not answer is refused as engineAway', async (request, ask) => {
  const { t } = await talking()
  t.media.failNext(request, away)
  await refused(t, 'engineAway', () => ask(t))
  await ask(t)
})

test('a call on hold stays on hold when the engine does not answer to its resuming', async () => {
  const { t, agent } = await talking()
  await t.agents.hold(agent)
  t.media.failNext('resume', away)
  await refused(t, 'engineAway', () => t.agents.resume(agent))
  await t.agents.resume(agent)
  expect(t.desk(agent).call).toMatchObject({ state: 'talking' })
})

test('a call that the citizen ends before an unanswered hang-up is repeated was ended by the citizen', async () => {
  const { t, agent, call } = await talking()
  t.media.failNext('hangUp', away)
  await refused(t, 'engineAway', () => t.agents.end(agent))
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ call, endedBy: 'citizen' }])
})

test('a hold that crosses with the end of the call holds nothing', async () => {
  const { t, agent, call } = await talking()
  const held = t.agents.hold(agent)
  t.media.push({ type: 'callerHungUp', call, cause: 16, at: t.clock.now() })
  await held
  expect(t.of('callHeld')).toEqual([])
  expect(t.desk(agent)).toMatchObject({ status: 'wrapUp', call: { state: 'over' } })
})

test('an agent who mutes and unmutes at once is heard', async () => {
  const { t, agent } = await talking()
  await Promise.all([t.agents.mute(agent, true), t.agents.mute(agent, false)])
  expect(t.media.lines.slice(-2)).toEqual(['mute dilnoza true', 'mute dilnoza false'])
  expect(t.desk(agent).call).toMatchObject({ muted: false })
})

test('a line that goes while it is being proven is told as a line that is not up', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.media.failNext('lineAudio', new MediaGone('line of dilnoza'))
  await refused(t, 'lineNotUp', () => t.agents.proveLine(agent, 500))
})

test('a second acceptance is refused with what was accepted and what stands at the desk', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  const offer = rings(t)
  t.agents.accept(agent, offer)
  const second = () => t.agents.accept(agent, offer)
  expect(second).toThrow(
    `Offer ${offer} does not ring at this desk: the agent is talking, call ${call} is talking`,
  )
  await t.hangUp(call)
  expect(second).toThrow(`the agent is wrapUp, call ${call} is ended`)
})

test('an acceptance after its offer was withdrawn is refused with the offer that rings now', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const first = await t.waiting('first')
  const withdrawn = rings(t)
  await t.waiting('second')
  await t.hangUp(first)
  const now = `the agent is ringing, offer ${rings(t)} of call second rings`
  expect(() => t.agents.accept(agent, withdrawn)).toThrow(
    `Offer ${withdrawn} does not ring at this desk: ${now}`,
  )
})
