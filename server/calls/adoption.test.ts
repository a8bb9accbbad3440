import { beforeAll, beforeEach, expect, test } from 'vitest'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import type { AgentId, CallId, PartyId, QueueId, StaffId } from '#core/lib/ids.ts'
import { defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import type { OpenCallback } from '../callbacks/ports.ts'
import { adoptStanding } from './adoption.ts'
import { LINE_GRACE_MS } from './line-side.ts'
import type { Standing } from './ports.ts'
import { writeEvents } from './projection.ts'
import { callbackName, type TestStage, testStage } from './test-stage.ts'

const QUEUES = ['admission'] as QueueId[]
const MESSAGE = { then: { do: 'takeMessage' } } as const
const ALI = '+998901234567'
const HANG_UP = { then: { do: 'hangUp' } } as const
const NEVER_OPEN = { open: { week: [], closedOn: [] }, ...MESSAGE, atClosing: 'serve' } as const
const hooks = {
  callEnded: async () => undefined,
  messageLeft: async () => undefined,
  citizenLostByUs: async () => undefined,
  callDisputed: async () => undefined,
  citizenNamed: async () => undefined,
}

let db: TestDatabase['db']
let agent: AgentId
let call: CallId
let count = 0

beforeAll(async () => {
  db = (await testDatabase()).db
})

beforeEach(async () => {
  count++
  const [status, ended_at] = ['ended' as const, new Date()]
  await db.deleteFrom('offers').execute()
  await db.updateTable('calls').set({ callback: null }).execute()
  await db.deleteFrom('callbacks').execute()
  await db.updateTable('calls').set({ status, ended_at }).where('ended_at', 'is', null).execute()
  await db.updateTable('agent_status_intervals').set({ ended_at }).where('ended_at', 'is', null).execute()
  const staff = { login: `agent${count}`, name: 'Dilnoza', role: 'agent' as const, password_hash: '-' }
  const added = db.insertInto('staff_members').values({ ...staff, languages: ['uz'] })
  agent = (await added.returning('id').executeTakeFirstOrThrow()).id
  call = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}` as CallId
})

/** A call of ten seconds with the agent, before the server dies. */
async function talking(): Promise<TestStage> {
  const t = testStage()
  await t.agent(agent)
  await t.waiting(call)
  t.accept(agent)
  await t.settle()
  t.clock.advance(10_000)
  return t
}

/** Another server finds what the first one wrote, and what still stands at the engine two seconds later. */
async function restarted(
  before: TestStage,
  standing: Partial<Standing>,
  meanwhile: (t: TestStage) => void = () => undefined,
): Promise<TestStage> {
  const events = before.events.map((event, index) => ({ ...event, key: `${count}:${index}` }))
  await writeEvents(db, events, hooks)
  const t = testStage()
  t.clock.advance(before.clock.now() + 2_000 - t.clock.now())
  t.media.setStanding(standing)
  await adoptStanding(t.stage, {
    db,
    profiles: async (ids) =>
      ids.map((id) => ({ id, name: 'Dilnoza', queues: QUEUES, skills: fluentIn(['uz', 'ru']) })),
    drained: async () => meanwhile(t),
  })
  await t.settle()
  await writeAfter(t)
  return t
}

/** What the next server has seen so far; each event counts once. */
async function writeAfter(t: TestStage): Promise<void> {
  const events = t.events.map((event, index) => ({ ...event, key: `${count}:after:${index}` }))
  await writeEvents(db, events, hooks)
}

const stands = (connectedTo?: AgentId) => [
  { call, trunk: 'demo' as never, ...(connectedTo && { connectedTo }) },
]

test('whoever was talking goes on talking, and all of it is counted', async () => {
  const t = await restarted(await talking(), { calls: stands(agent), lines: [agent] })
  expect(t.desk(agent)).toMatchObject({ status: 'talking', line: 'proven', call: { id: call } })
  t.clock.advance(3_000)
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 15, holdSeconds: 0 }])
  expect(t.desk(agent).status).toBe('wrapUp')
})

async function leaving() {
  return (await db.selectFrom('sign_outs_after_call').select('agent').execute()).map((row) => row.agent)
}

test('an agent who leaves after his call leaves after it for the next server too', async () => {
  const before = await talking()
  before.agents.signOff(agent, { cause: 'supervisor', by: agent as string as StaffId })
  const t = await restarted(before, { calls: stands(agent), lines: [agent] })
  expect(t.desk(agent)).toMatchObject({ status: 'talking', isLeaving: true })
  await t.hangUp(call)
  t.agents.wrapUp(agent, { outcome: 'resolved', topics: [], note: '' }, 'available')
  await t.settle()
  expect(t.desk(agent).status).toBe('signedOut')
  expect(t.of('agentStatusChanged').at(-1)).toMatchObject({ to: 'signedOut', cause: 'supervisor', by: agent })
  expect(await leaving()).toEqual([agent])
  await writeAfter(t)
  expect(await leaving()).toEqual([])
})

test('an agent who has taken back that he leaves after his call stays', async () => {
  const before = await talking()
  before.agents.signOff(agent)
  before.agents.withdrawNext(agent)
  const t = await restarted(before, { calls: stands(agent), lines: [agent] })
  expect(t.desk(agent)).toMatchObject({ status: 'talking', isLeaving: false })
})

test('a caller on hold stays on hold with his agent, and is offered to nobody else', async () => {
  const before = await talking()
  await before.agents.hold(agent)
  before.clock.advance(4_000)
  const t = await restarted(before, { calls: stands(), lines: [agent] })
  expect(t.stage.engine.snapshot()).toMatchObject({ waiting: [], offers: [] })
  expect(t.desk(agent)).toMatchObject({ status: 'talking', call: { id: call, state: 'onHold' } })
  await t.agents.resume(agent)
  t.clock.advance(1_000)
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 11, holdSeconds: 6 }])
})

test('a caller whose agent lost his line meanwhile is given back when it returns', async () => {
  const t = await restarted(await talking(), { calls: stands() })
  expect(t.desk(agent)).toMatchObject({ status: 'talking', line: 'down', call: { id: call } })
  t.media.push({ type: 'lineUp', agent, at: t.clock.now() })
  expect(t.media.lines).toContain(`connect ${call} ${agent}`)
})

test('a caller whose agent does not return is put back at the head, and the agent has lost the call', async () => {
  const t = await restarted(await talking(), { calls: stands() })
  t.clock.advance(LINE_GRACE_MS)
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call }])
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost', call: undefined })
})

test('a caller who had been put into talk with a line that stands is put into talk again', async () => {
  const t = await restarted(await talking(), { calls: stands(), lines: [agent] })
  expect(t.media.lines).toContain(`connect ${call} ${agent}`)
  expect(t.desk(agent)).toMatchObject({ status: 'talking', line: 'proven', call: { id: call } })
})

test.each([
  ['nobody has come back to his desk yet', { nobodyOnDuty: MESSAGE }],
  ['it is full', { full: { waitingMax: 0, ...MESSAGE } }],
  ['it has closed meanwhile', { hours: NEVER_OPEN }],
])('a caller who waits keeps his place in his queue, though %s', async (_why, settings) => {
  const before = testStage()
  await before.waiting(call)
  before.clock.advance(5_000)
  const since = before.stage.engine.snapshot().waiting[0]?.since
  const queues = [{ ...defaultQueueSettings('admission' as QueueId), ...settings }]
  const t = await restarted(before, { calls: stands() }, (during) =>
    during.stage.routing.route({ type: 'queuesChanged', queues }),
  )
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call, queue: 'admission', since }])
  expect(t.of('takingMessage')).toEqual([])
})

test('a caller whom his way through the menu put ahead is ahead still', async () => {
  const flow = demoFlow()
  const nodes = Object.entries(flow.nodes).map(([id, node]) => [
    id,
    node.kind === 'queue' ? { ...node, priority: 3 } : node,
  ])
  const usual = testStage()
  const other = `00000000-0000-4000-8002-${String(count).padStart(12, '0')}` as CallId
  await usual.waiting(other, '+998909876543')
  const urgent = testStage({ flow: { ...flow, nodes: Object.fromEntries(nodes) } })
  urgent.clock.advance(10_000)
  await urgent.waiting(call, ALI)
  usual.clock.advance(12_000)
  usual.events.push(...urgent.events)
  const calls = [...stands(), { call: other, trunk: 'demo' as never }]
  const t = await restarted(usual, { calls })
  expect(t.stage.engine.snapshot().waiting.map((waiting) => waiting.call)).toEqual([call, other])
})

test('a caller who was ahead because he had called before is ahead still', async () => {
  const before = testStage()
  const other = `00000000-0000-4000-8001-${String(count).padStart(12, '0')}` as CallId
  const spoke = (t: TestStage) => {
    const caller = { raw: ALI, e164: ALI, confidence: 'high' as const }
    t.stage.lastAgents.talked(caller, { agent, endedAt: t.clock.now() })
  }
  await before.waiting(other, '+998909876543')
  before.clock.advance(10_000)
  spoke(before)
  await before.waiting(call, ALI)
  const order = (t: TestStage) => t.stage.engine.snapshot().waiting.map((waiting) => waiting.call)
  expect(order(before)).toEqual([call, other])
  const calls = [...stands(), { call: other, trunk: 'demo' as never }]
  const t = await restarted(before, { calls }, spoke)
  expect(order(t)).toEqual([call, other])
})

test('a caller whom his queue was sending away when the server died is sent away by the next one', async () => {
  const queues = [{ ...defaultQueueSettings('admission' as QueueId), full: { waitingMax: 0, ...HANG_UP } }]
  const fill = (t: TestStage) => t.stage.routing.route({ type: 'queuesChanged', queues })
  const before = testStage()
  fill(before)
  await before.waiting(call)
  expect(before.stage.calls.get(call)?.stage).toBe('farewell')
  const t = await restarted(before, { calls: stands() }, fill)
  expect(t.stage.calls.get(call)?.stage).toBe('farewell')
})

test('a caller who hangs up while the picture is put right is not taken up', async () => {
  const before = testStage()
  await before.waiting(call)
  const t = await restarted(before, { calls: stands() }, (during) =>
    during.media.push({ type: 'callerHungUp', call, cause: 16, at: during.clock.now() }),
  )
  expect(t.stage.calls.size).toBe(0)
  expect(t.stage.engine.snapshot().waiting).toEqual([])
  expect(t.of('callEnded')).toMatchObject([{ call, lost: 'abandoned' }])
})

test('a call of ours that ends by itself while the picture is put right has ended once', async () => {
  const t = testStage()
  await t.waiting(call)
  const events = t.events.map((event, index) => ({ ...event, key: `${count}:${index}` }))
  await writeEvents(db, events, hooks)
  const adopted = adoptStanding(t.stage, {
    db,
    profiles: async () => [],
    drained: async () => undefined,
  })
  await t.settle()
  t.media.push({ type: 'callerHungUp', call, cause: 16, at: t.clock.now() })
  await adopted
  expect(t.of('callEnded')).toHaveLength(1)
})

/** The link to the engine is back, and the same server looks at what stands. */
async function lookedAtAgain(t: TestStage): Promise<void> {
  const events = t.events.map((event, index) => ({ ...event, key: `${count}:${index}` }))
  await writeEvents(db, events, hooks)
  await adoptStanding(t.stage, { db, profiles: async () => [], drained: async () => undefined })
  await t.settle()
}

test('citizen and agent who could not be connected are when the engine is back within the grace', async () => {
  const t = await talking()
  const live = t.stage.calls.get(call)
  t.media.failNext('connect', new Error('refused'))
  t.media.push({ type: 'lineUp', agent, at: t.clock.now() })
  await t.settle()
  t.clock.advance(500)
  await t.settle()
  expect(live?.stage).toBe('adrift')
  t.media.setStanding({ calls: stands(), lines: [agent] })
  t.media.forget()
  await lookedAtAgain(t)
  expect(t.desk(agent)).toMatchObject({
    status: 'talking',
    line: 'proven',
    call: { id: call, state: 'talking' },
  })
  expect(t.media.lines.filter((line) => line.startsWith('connect'))).toHaveLength(1)
})

test('a desk that says that its line is down while it stands is told', async () => {
  const t = testStage()
  await t.agent(agent)
  t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
  t.media.setStanding({ lines: [agent] })
  await lookedAtAgain(t)
  expect(t.desk(agent).line).toBe('proven')
  t.agents.becomeAvailable(agent)
  expect(t.desk(agent).status).toBe('available')
})

test('who has signed out has no line, even if it stands still', async () => {
  const t = testStage()
  await t.agent(agent)
  t.agents.signOff(agent)
  t.media.setStanding({ lines: [agent] })
  await lookedAtAgain(t)
  expect(t.desk(agent)).toMatchObject({ status: 'signedOut', line: 'down' })
})

test('of the calls that are gone, those that an engine had which is gone too were broken off by us', async () => {
  const t = await restarted(await talking(), { engineSince: Date.UTC(2027, 0, 1) })
  expect(t.of('callEnded')).toMatchObject([{ call, endedBy: 'engine' }])
  expect(t.of('citizenLostByUs')).toMatchObject([{ call, queue: 'admission', isCalledBack: false }])
  const row = db.selectFrom('calls').select('ended_by').where('id', '=', call)
  expect(await row.executeTakeFirst()).toEqual({ ended_by: 'engine' })
})

test('a call for which the engine takes a message alone is not over', async () => {
  const before = testStage()
  await before.waiting(call)
  const t = await restarted(before, { alone: [call] })
  expect(t.of('callEnded')).toEqual([])
  expect(t.stage.calls.size).toBe(0)
})

test('an agent whose call ended in the last moment of the old server can wrap it up', async () => {
  const before = await talking()
  await before.hangUp(call)
  const last = before.events.findIndex(
    (event) => event.type === 'agentStatusChanged' && event.to === 'wrapUp',
  )
  before.events.splice(last)
  const t = await restarted(before, { lines: [agent] })
  expect(t.desk(agent)).toMatchObject({ status: 'wrapUp', call: { id: call } })
})

test('an agent whose call ended while the server was away wraps it up', async () => {
  const t = await restarted(await talking(), { lines: [agent] })
  expect(t.of('callEnded')).toMatchObject([{ call, endedBy: 'citizen' }])
  expect(t.desk(agent)).toMatchObject({ status: 'wrapUp', call: { id: call } })
})

test('an agent whose phone rang when the server died is not blamed for it, and his day has no gap', async () => {
  const before = testStage()
  await before.agent(agent)
  await before.waiting(call)
  before.clock.advance(5_000)
  const t = await restarted(before, { lines: [agent] })
  expect(t.desk(agent).status).toBe('available')
  expect(await intervals()).toMatchObject([
    { status: 'ringing', cause: 'offered', call },
    { status: 'available', cause: 'serverRestarted', by: null, ended_at: null },
  ])
})

test('a call that ended while the server was away leaves no gap between talk and wrap-up', async () => {
  await restarted(await talking(), { lines: [agent] })
  const rows = await intervals()
  expect(rows.map(({ status, call: about }) => [status, about])).toEqual([
    ['talking', call],
    ['wrapUp', call],
  ])
  for (const [index, { ended_at }] of rows.entries())
    expect(ended_at).toEqual(rows[index + 1]?.started_at ?? null)
})

async function intervals() {
  const mine = db.selectFrom('agent_status_intervals').selectAll().where('agent', '=', agent)
  return await mine.orderBy('started_at').execute()
}

/** A citizen whom the agent calls back; his phone rings. */
async function callingBack(): Promise<TestStage> {
  const t = testStage()
  await t.waiting(call)
  await t.press(call, '11')
  await t.hangUp(call)
  t.clock.advance(15_000)
  await t.agent(agent)
  t.accept(agent)
  await t.settle()
  return t
}

/** What the next server reads of it. */
const owed = (before: TestStage) => [before.callbacks.get(callbackName(1)) as OpenCallback]

test('a citizen whose phone rang when the server died is not left ringing: he is called again by an agent who is there', async () => {
  const before = await callingBack()
  const standing = { lines: [agent], callbacks: [callbackName(1)] }
  const t = await restarted(before, standing, (next) => next.callbacks.load(owed(before), new Map()))
  expect(t.media.lines).toContain(`stopCallingBack ${callbackName(1)}`)
  expect(t.callbacks.get(callbackName(1))).toMatchObject({ status: 'waiting', attempts: 1 })
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ kind: 'callback' }])
  t.agents.becomeAvailable(agent)
  expect(t.desk(agent).offer?.callback).toBe(callbackName(1))
})

test('a citizen who was called back goes on talking, and his callback ends with the call', async () => {
  const before = await callingBack()
  const second = `00000000-0000-4000-a000-${String(count).padStart(12, '0')}` as CallId
  const legs = { citizen: 'c', agent: 'a' }
  const arrived = { trunk: 'demo' as never, did: '1195', caller: { from: '' }, legs, at: before.clock.now() }
  before.media.push({ type: 'callArrived', call: second, callback: callbackName(1), ...arrived })
  await before.settle()
  const standing = { calls: [{ call: second, trunk: 'demo' as never, connectedTo: agent }], lines: [agent] }
  const t = await restarted(before, standing, (next) => next.callbacks.load(owed(before), new Map()))
  expect(t.desk(agent)).toMatchObject({ status: 'talking', call: { id: second } })
  expect(t.callbacks.get(callbackName(1))?.status).toBe('connected')
  await t.hangUp(second)
  expect(t.callbacks.count()).toBe(0)
})

/** A second agent, who is available when the first has answered. */
async function colleague(): Promise<AgentId> {
  const staff = { login: `colleague${count}`, name: 'Rustam', role: 'agent' as const, password_hash: '-' }
  const added = db.insertInto('staff_members').values({ ...staff, languages: ['uz'] })
  return (await added.returning('id').executeTakeFirstOrThrow()).id
}

async function consulting(): Promise<{ before: TestStage; second: AgentId }> {
  const [before, second] = [await talking(), await colleague()]
  await before.agent(second)
  before.talks.consult(agent, { agent: second })
  before.accept(second)
  before.clock.advance(5_000)
  await before.settle()
  return { before, second }
}

test('a consultation goes on as it was, and may be handed over', async () => {
  const { before, second } = await consulting()
  const rooms = [{ host: { agent }, members: [{ agent: second }] }]
  const t = await restarted(before, { calls: stands(), lines: [agent, second], rooms })
  expect(t.desk(agent).call).toMatchObject({ id: call, state: 'consulting', other: { name: 'Dilnoza' } })
  expect(t.desk(second)).toMatchObject({ status: 'talking', call: { id: call, state: 'helping' } })
  expect(t.stage.engine.snapshot().idle).toEqual([])
  await t.talks.handOver(agent)
  expect(t.desk(second).call).toMatchObject({ state: 'talking' })
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 10, holdSeconds: 7 }])
})

test('a conference goes on as it was, each second of it counted once', async () => {
  const { before, second } = await consulting()
  await before.talks.confer(agent)
  before.clock.advance(10_000)
  const rooms = [{ host: { agent }, members: [{ call }, { agent: second }] }]
  const t = await restarted(before, { calls: stands(agent), lines: [agent, second], rooms })
  expect(t.desk(agent).call).toMatchObject({ state: 'conference' })
  expect(t.desk(second).call).toMatchObject({ state: 'helping' })
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 22, holdSeconds: 5 }])
  expect(t.desk(agent).status).toBe('wrapUp')
  expect(t.desk(second).status).toBe('available')
})

test('whoever lost his line in a conference meanwhile is waited for, then the call is the colleague’s', async () => {
  const { before, second } = await consulting()
  await before.talks.confer(agent)
  const rooms = [{ host: { agent }, members: [{ call }, { agent: second }] }]
  const t = await restarted(before, { calls: stands(agent), lines: [second], rooms })
  expect(t.desk(agent)).toMatchObject({ status: 'talking', line: 'down', call: { state: 'conference' } })
  t.clock.advance(LINE_GRACE_MS)
  expect(t.desk(agent)).toMatchObject({ status: 'onBreak', call: undefined })
  expect(t.desk(second).call).toMatchObject({ id: call, state: 'talking' })
})

test('a consultation that ended meanwhile frees the colleague, and the citizen is on hold', async () => {
  const { before, second } = await consulting()
  const t = await restarted(before, { calls: stands(), lines: [agent, second], rooms: [] })
  expect(t.desk(agent).call).toMatchObject({ state: 'onHold' })
  expect(t.desk(second)).toMatchObject({ status: 'available', call: undefined })
})

test('a call that ended in a consultation while nobody watched is wrapped up, and the colleague is free', async () => {
  const { before, second } = await consulting()
  const rooms = [{ host: { agent }, members: [{ agent: second }] }]
  const t = await restarted(before, { lines: [agent, second], rooms })
  expect(t.desk(agent).status).toBe('wrapUp')
  expect(t.desk(second).status).toBe('available')
})

test('a colleague who had been asked rings no more, and somebody outside who was called is hung up', async () => {
  const [before, second] = [await talking(), await colleague()]
  await before.agent(second)
  before.talks.consult(agent, { agent: second })
  const party = 'p1' as PartyId
  const t = await restarted(before, { calls: stands(), lines: [agent, second], parties: [party] })
  expect(t.desk(agent).call).toMatchObject({ state: 'onHold' })
  expect(t.desk(second)).toMatchObject({ status: 'available', offer: undefined })
  expect(t.media.lines).toContain(`hangUpParty ${party}`)
})

test('a citizen who was left with somebody outside is, and the end of it is noticed', async () => {
  const before = await talking()
  before.talks.transfer(agent, { number: '+998712345678' })
  const party = before.media.requests.find(([name]) => name === 'dialOut')?.[1] as PartyId
  before.media.push({ type: 'partyAnswered', party, at: before.clock.now() })
  const rooms = [{ host: { party }, members: [{ call }] }]
  const t = await restarted(before, { calls: stands(), lines: [agent], parties: [party], rooms })
  expect(t.desk(agent).status).toBe('wrapUp')
  expect(t.stage.engine.snapshot().waiting).toEqual([])
  expect(t.media.lines).not.toContain(`hangUpParty ${party}`)
  t.media.push({ type: 'partyGone', party, cause: 16, at: t.clock.now() })
  expect(t.media.lines).toContain(`hangUp ${call} done`)
})

test('an agent who gave his call away wraps up his part while it waits for another', async () => {
  const before = await talking()
  before.talks.transfer(agent, { queue: 'tech' as QueueId })
  await before.settle()
  const t = await restarted(before, { calls: stands(), lines: [agent] })
  expect(t.desk(agent)).toMatchObject({ status: 'wrapUp', call: { id: call, state: 'over' } })
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call, queue: 'tech' }])
})
