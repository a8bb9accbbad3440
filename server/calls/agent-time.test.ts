/** Breaks, wrap-up and supervisors, by the clock. The demo organisation's breaks: rest 15 min, lunch 60, training 90 and to be agreed to. */
import { expect, test } from 'vitest'
import type { AgentId, CallId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { type TestStage, testStage } from './test-stage.ts'

const SAODAT = 'saodat' as StaffId
const [REST, LUNCH, TRAINING] = ['rest', 'lunch', 'training'] as const
const SECOND = 1_000
const MINUTE = 60_000
const wrapUp = { outcome: 'resolved' as const, topics: ['01.01.01' as TopicCode], note: '' }

async function talking() {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(agent)
  await t.settle()
  return { t, agent, call }
}

async function wrappingUp() {
  const { t, agent, call } = await talking()
  await t.hangUp(call)
  return { t, agent, call }
}

const lastChange = (t: TestStage) => t.of('agentStatusChanged').at(-1)
const refusal = (code: string) => expect.objectContaining({ name: 'Refusal', code })

// Wrap-up -------------------------------------------------------------------------

test('a wrap-up ends by itself at its limit: the agent is available, the call waits to be classified', async () => {
  const { t, agent, call } = await wrappingUp()
  expect(t.desk(agent).limitAt).toBe(t.clock.now() + MINUTE)
  t.clock.advance(MINUTE - 1)
  expect(t.desk(agent)).toMatchObject({ status: 'wrapUp', call: { id: call } })
  t.clock.advance(1)
  expect(t.desk(agent)).toMatchObject({ status: 'available', call: undefined, caller: undefined })
  expect(lastChange(t)).toMatchObject({ from: 'wrapUp', to: 'available', cause: 'wrapUpLimit' })
  expect(lastChange(t)).not.toHaveProperty('by')
  expect(t.of('callWrappedUp')).toEqual([])
  const next = await t.waiting('c2')
  expect(t.desk(agent).offer?.call).toBe(next)
})

test('a wrap-up is prolonged twice, each time by a minute, and not a third time', async () => {
  const { t, agent } = await wrappingUp()
  t.clock.advance(50 * SECOND)
  t.agents.extendWrapUp(agent)
  t.agents.extendWrapUp(agent)
  expect(() => t.agents.extendWrapUp(agent)).toThrow(refusal('wrongStatus'))
  expect(t.of('wrapUpExtended')).toMatchObject([{ extensions: 1 }, { extensions: 2 }])
  t.clock.advance(130 * SECOND - 1)
  expect(t.desk(agent).status).toBe('wrapUp')
  t.clock.advance(1)
  expect(t.desk(agent).status).toBe('available')
})

test('a wrap-up that was finished in time is not ended again later', async () => {
  const { t, agent } = await wrappingUp()
  t.clock.advance(30 * SECOND)
  t.agents.wrapUp(agent, wrapUp, 'available')
  const call = await t.waiting('c2')
  t.accept(agent)
  await t.settle()
  t.clock.advance(MINUTE)
  expect(t.desk(agent)).toMatchObject({ status: 'talking', call: { id: call } })
})

test('whoever has no line when the time is over is not available, and is again when it is back', async () => {
  const { t, agent } = await wrappingUp()
  t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
  t.clock.advance(MINUTE)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost' })
  await t.lineUp(agent)
  expect(t.desk(agent).status).toBe('available')
  expect(lastChange(t)).toMatchObject({ cause: 'lineBack' })
})

test('an agent who wanted to leave after the call has left when the time for its wrap-up is over', async () => {
  const { t, agent } = await wrappingUp()
  t.agents.signOff(agent)
  t.clock.advance(MINUTE)
  expect(t.desk(agent).status).toBe('signedOut')
  expect(lastChange(t)).toMatchObject({ to: 'signedOut', cause: 'agent', by: agent })
})

// Breaks --------------------------------------------------------------------------

test('a break that lasts longer than its limit is marked once, and goes on', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.agents.takeBreak(agent, REST)
  t.clock.advance(15 * MINUTE - 1)
  expect(t.of('breakOverran')).toEqual([])
  t.clock.advance(30 * MINUTE)
  expect(t.of('breakOverran')).toMatchObject([{ agent, reason: 'rest' }])
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'rest', isOverLimit: true })
  t.agents.becomeAvailable(agent)
  expect(t.desk(agent)).toMatchObject({ isOverLimit: false, limitAt: undefined })
})

test('a break asked for in a call begins after its wrap-up, and says so until then', async () => {
  const { t, agent, call } = await talking()
  t.agents.takeBreak(agent, LUNCH)
  expect(t.desk(agent)).toMatchObject({
    status: 'talking',
    breakRequest: { reason: 'lunch', status: 'approved' },
  })
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'lunch', breakRequest: undefined })
  expect(t.of('breakRequestEnded')).toMatchObject([{ as: 'used' }])
  await t.waiting('c2')
  expect(t.desk(agent).status).toBe('onBreak')
})

test('a break asked for in a call begins when the time for its wrap-up is over', async () => {
  const { t, agent } = await wrappingUp()
  t.agents.takeBreak(agent, LUNCH)
  t.clock.advance(MINUTE)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'lunch' })
  expect(lastChange(t)).toMatchObject({ cause: 'wrapUpLimit' })
})

test('a break asked for while it rings begins if the caller leaves', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.agents.takeBreak(agent, LUNCH)
  expect(t.desk(agent).status).toBe('ringing')
  await t.hangUp(call)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'lunch' })
})

test('a break asked for while it rings begins though another caller waits already', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const first = await t.waiting('c1')
  await t.waiting('c2')
  t.agents.takeBreak(agent, LUNCH)
  await t.hangUp(first)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'lunch', offer: undefined })
  expect(t.stage.engine.snapshot()).toMatchObject({ waiting: [{ call: 'c2' }], offers: [], idle: [] })
})

test('of two breaks asked for in a call the later one counts, and one that is taken back does not', async () => {
  const { t, agent, call } = await talking()
  t.agents.takeBreak(agent, LUNCH)
  t.agents.takeBreak(agent, REST)
  expect(t.of('breakRequestEnded')).toMatchObject([{ as: 'withdrawn' }])
  t.agents.withdrawNext(agent)
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
  expect(t.desk(agent).status).toBe('available')
})

test('finishing with a break takes the one that waits, else the first nobody has to agree to', async () => {
  const { t, agent } = await wrappingUp()
  t.agents.wrapUp(agent, wrapUp, 'break')
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'rest' })
  const other = await wrappingUp()
  other.t.agents.takeBreak(other.agent, LUNCH)
  other.t.agents.wrapUp(other.agent, wrapUp, 'break')
  expect(other.t.desk(other.agent)).toMatchObject({ status: 'onBreak', breakReason: 'lunch' })
})

test('asking for the break one is on changes nothing: its time goes on', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.agents.takeBreak(agent, REST)
  t.clock.advance(10 * MINUTE)
  t.agents.takeBreak(agent, REST)
  t.clock.advance(5 * MINUTE)
  expect(t.of('breakOverran')).toHaveLength(1)
})

test('a break the organisation does not know is refused', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  expect(() => t.agents.takeBreak(agent, 'holiday')).toThrow(refusal('notFound'))
  expect(() => t.agents.takeBreak(agent, 'lineLost')).toThrow(refusal('notFound'))
})

// A break a supervisor has to agree to ------------------------------------------------

test('a break to be agreed to begins when the supervisor agrees, and not before', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.agents.takeBreak(agent, TRAINING)
  expect(t.desk(agent)).toMatchObject({ status: 'available', breakRequest: { status: 'asked' } })
  t.supervisors.decideOnBreak(agent, 'approve', SAODAT)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'training', breakRequest: undefined })
  expect(lastChange(t)).toMatchObject({ cause: 'agent', by: agent })
  expect(t.of('breakDecided')).toMatchObject([{ as: 'approved', by: SAODAT }])
})

test('a break that is refused does not begin, and the agent is told until he has read it', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.agents.takeBreak(agent, TRAINING)
  t.supervisors.decideOnBreak(agent, 'refuse', SAODAT)
  expect(t.desk(agent)).toMatchObject({ status: 'available', breakRequest: { status: 'refused' } })
  expect(() => t.supervisors.decideOnBreak(agent, 'approve', SAODAT)).toThrow(refusal('changedMeanwhile'))
  t.agents.withdrawNext(agent)
  expect(t.desk(agent).breakRequest).toBeUndefined()
})

test('a break that was agreed to in a call begins after it, if that is not too late', async () => {
  const { t, agent, call } = await talking()
  t.agents.takeBreak(agent, TRAINING)
  t.supervisors.decideOnBreak(agent, 'approve', SAODAT)
  t.clock.advance(29 * MINUTE)
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'training' })

  const late = await talking()
  late.t.agents.takeBreak(late.agent, TRAINING)
  late.t.supervisors.decideOnBreak(late.agent, 'approve', SAODAT)
  late.t.clock.advance(30 * MINUTE)
  expect(late.t.desk(late.agent)).toMatchObject({ breakRequest: { status: 'lapsed' } })
  await late.t.hangUp(late.call)
  late.t.agents.wrapUp(late.agent, wrapUp, 'available')
  expect(late.t.desk(late.agent).status).toBe('available')
})

test('a wish nobody answers lapses, and one that goes with its agent is withdrawn', async () => {
  const t = testStage()
  const [dilnoza, rustam] = [await t.agent('dilnoza'), await t.agent('rustam')]
  t.agents.takeBreak(dilnoza, TRAINING)
  t.agents.takeBreak(rustam, TRAINING)
  t.agents.signOff(rustam)
  t.clock.advance(30 * MINUTE)
  expect(t.of('breakRequestEnded')).toMatchObject([
    { agent: rustam, as: 'withdrawn' },
    { agent: dilnoza, as: 'lapsed' },
  ])
  expect(() => t.supervisors.decideOnBreak(dilnoza, 'approve', SAODAT)).toThrow(refusal('changedMeanwhile'))
})

test('a break that was agreed to while it rang, and was missed, waits for the agent to come back', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  await t.waiting('c1')
  t.agents.takeBreak(agent, TRAINING)
  t.supervisors.decideOnBreak(agent, 'approve', SAODAT)
  t.clock.advance(20 * SECOND)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'missedOffer' })
  t.agents.takeBreak(agent, TRAINING)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'training', breakRequest: undefined })
})

// Supervisors -----------------------------------------------------------------------

test('a supervisor puts an agent on a break at once, whichever it is, and is named', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  t.supervisors.putOnBreak(agent, TRAINING, SAODAT)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'training' })
  expect(lastChange(t)).toMatchObject({ cause: 'supervisor', by: SAODAT })
  await t.waiting('c1')
  expect(t.desk(agent).status).toBe('onBreak')
  t.supervisors.makeAvailable(agent, SAODAT)
  expect(t.desk(agent).status).toBe('ringing')
  expect(t.of('agentStatusChanged').at(-2)).toMatchObject({
    to: 'available',
    cause: 'supervisor',
    by: SAODAT,
  })
})

test('a supervisor’s break for somebody in a call begins after it, and names the supervisor', async () => {
  const { t, agent, call } = await talking()
  t.supervisors.putOnBreak(agent, REST, SAODAT)
  expect(t.desk(agent).status).toBe('talking')
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'rest' })
  expect(t.of('breakAsked')).toMatchObject([{ by: SAODAT, as: 'approved' }])
})

test('a supervisor who makes an agent available ends the wrap-up, and the call is classified later', async () => {
  const { t, agent } = await wrappingUp()
  t.supervisors.makeAvailable(agent, SAODAT)
  expect(t.desk(agent)).toMatchObject({ status: 'available', call: undefined })
  expect(lastChange(t)).toMatchObject({ cause: 'supervisor', by: SAODAT })
  expect(t.of('callWrappedUp')).toEqual([])
})

test('nobody is made available without a proven line', async () => {
  const t = testStage()
  const agent = 'dilnoza' as AgentId
  t.agents.signOn({ id: agent, name: 'Dilnoza', queues: [], skills: fluentIn(['uz']) })
  expect(() => t.supervisors.makeAvailable(agent, SAODAT)).toThrow(refusal('lineNotUp'))
})

test('a supervisor ends a shift at once, or after the call, and is named', async () => {
  const { t, agent, call } = await talking()
  t.supervisors.signOut(agent, SAODAT)
  expect(t.desk(agent)).toMatchObject({ status: 'talking', isLeaving: true })
  // A page that is loaded anew signs on again.
  t.agents.signOn({ id: agent, name: 'Dilnoza', queues: [], skills: fluentIn(['uz']) })
  expect(t.desk(agent).isLeaving).toBe(true)
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
  expect(t.desk(agent).status).toBe('signedOut')
  expect(lastChange(t)).toMatchObject({ to: 'signedOut', cause: 'supervisor', by: SAODAT })
  expect(t.media.lines).toContain('forbidPhone dilnoza')
  expect(() => t.supervisors.signOut(agent, SAODAT)).toThrow(refusal('wrongStatus'))
})

test('every status says whose doing it was', async () => {
  const t = testStage()
  const agent = await t.agent('dilnoza')
  const call = await t.waiting('c1' as CallId)
  await t.hangUp(call)
  await t.waiting('c2')
  t.clock.advance(20 * SECOND)
  t.agents.becomeAvailable(agent)
  await t.settle()
  t.accept(agent)
  await t.hangUp('c2' as CallId)
  t.agents.wrapUp(agent, wrapUp, 'available')
  t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
  t.agents.signOff(agent, { cause: 'signInEnded' })
  expect(t.of('agentStatusChanged').map(({ to, cause, by, inCall }) => [to, cause, by, inCall])).toEqual([
    ['onBreak', 'agent', agent, undefined],
    ['available', 'agent', agent, undefined],
    ['ringing', 'offered', undefined, 'c1'],
    ['available', 'offerWithdrawn', undefined, undefined],
    ['ringing', 'offered', undefined, 'c2'],
    ['onBreak', 'offerMissed', undefined, undefined],
    ['available', 'agent', agent, undefined],
    ['ringing', 'offered', undefined, 'c2'],
    ['talking', 'agent', agent, 'c2'],
    ['wrapUp', 'callEnded', undefined, 'c2'],
    ['available', 'agent', agent, undefined],
    ['onBreak', 'lineLost', undefined, undefined],
    ['signedOut', 'signInEnded', undefined, undefined],
  ])
})

test('an agent takes back the end of his shift, but not one a supervisor ordered, nor a break', async () => {
  const { t, agent } = await talking()
  t.agents.signOff(agent)
  t.agents.withdrawNext(agent)
  expect(t.desk(agent).isLeaving).toBe(false)
  t.supervisors.signOut(agent, SAODAT)
  expect(() => t.agents.withdrawNext(agent)).toThrow(refusal('notAllowed'))
  const other = await talking()
  other.t.supervisors.putOnBreak(other.agent, REST, SAODAT)
  expect(() => other.t.agents.withdrawNext(other.agent)).toThrow(refusal('notAllowed'))
  expect(other.t.desk(other.agent).breakRequest).toMatchObject({ status: 'approved' })
})
