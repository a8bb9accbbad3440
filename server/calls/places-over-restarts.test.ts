/** Each stay in a queue once, over the death of the server too: who was where, and what became of whoever left while nobody watched. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, QueueId, TrunkId } from '#core/lib/ids.ts'
import {
  DEFAULT_ROUTING_SETTINGS,
  defaultQueueSettings,
  type QueueSettings,
} from '#core/routing/queue-settings.ts'
import { MIGRATIONS } from '../database/migrate.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { TestLives } from './test-lives.ts'
import { type TestStage, testStage } from './test-stage.ts'

const DIRECT_MS = DEFAULT_ROUTING_SETTINGS.directWaitSeconds * 1000
const [ADMISSION, TECH] = ['admission', 'tech'] as QueueId[] as [QueueId, QueueId]

let db: TestDatabase['db']
let lives: TestLives
const spool = mkdtempSync(join(tmpdir(), 'javob-legs-'))

beforeAll(async () => {
  db = (await testDatabase()).db
  lives = new TestLives(db, [ADMISSION, TECH])
})
beforeEach(async () => {
  await lives.closeAll()
})
afterAll(() => rmSync(spool, { recursive: true }))

async function waits(t: TestStage): Promise<CallId> {
  t.clock.advance(1_000)
  return await t.waiting(lives.aCall(), lives.aNumber())
}

/** He comes to the queue, and what is heard of him is written to a file of his own. */
async function waitsRecorded(t: TestStage): Promise<{ call: CallId; leg: string }> {
  const call = lives.aCall()
  const leg = join(spool, `${call}.citizen.alaw`)
  writeFileSync(leg, '')
  const [legs, at] = [{ citizen: leg, agent: `${leg}.agent` }, t.clock.now()]
  const caller = { from: lives.aNumber() }
  t.media.push({ type: 'callArrived', call, trunk: 'demo' as TrunkId, did: '1195', caller, legs, at })
  await t.heard(call)
  await t.heard(call)
  await t.press(call, '111')
  return { call, leg }
}

const order = (t: TestStage) => t.stage.engine.snapshot().waiting.map(({ call }) => call)

async function dies(t: TestStage): Promise<void> {
  await lives.write(t)
}

/** An agent gives his caller to a colleague who is on a break. */
async function givenTo(t: TestStage): Promise<{ call: CallId; agent: AgentId; colleague: AgentId }> {
  const agent = await t.agent(await lives.hire())
  const colleague = await lives.hire()
  t.agents.signOn(lives.profileOf(colleague))
  await t.lineUp(colleague)
  const call = await waits(t)
  t.accept(agent)
  t.clock.advance(1_000)
  await t.settle()
  t.talks.transfer(agent, { agent: colleague })
  return { call, agent, colleague }
}

async function wrapsUp(t: TestStage, agent: AgentId): Promise<void> {
  t.agents.wrapUp(agent, { outcome: 'resolved', topics: [], note: '' }, 'available')
  await t.settle()
}

async function visitsOf(call: CallId) {
  const rows = db.selectFrom('queue_visits').select(['queue', 'reason']).where('call', '=', call)
  return (await rows.orderBy('entered_at').execute()).map(({ queue, reason }) => `${queue} ${reason}`)
}

test('a caller who was given to another queue has waited there since then, for the next server too', async () => {
  const before = testStage()
  const agent = await before.agent(await lives.hire())
  const given = await waits(before)
  before.accept(agent)
  await before.settle()
  const others: CallId[] = []
  for (let n = 0; n < 2; n++) {
    others.push(await waits(before))
    await before.settle()
  }
  before.clock.advance(1_000)
  before.talks.transfer(agent, { queue: TECH })
  expect(order(before)).toEqual([...others, given])
  await dies(before)
  const t = await lives.next(before)
  expect(order(t)).toEqual([...others, given])
  expect(t.stage.engine.snapshot().waiting.at(-1)).toMatchObject({ call: given, queue: TECH })
})

test('a caller who was returned to his queue is at his old place there, for the next server too', async () => {
  const before = testStage()
  const agent = await before.agent(await lives.hire())
  const returned = await waits(before)
  before.accept(agent)
  await before.settle()
  const later = await waits(before)
  before.talks.returnToQueue(agent)
  expect(order(before)).toEqual([returned, later])
  await dies(before)
  expect(order(await lives.next(before))).toEqual([returned, later])
})

test('a caller who was given to one colleague waits for him alone, for the next server too', async () => {
  const before = testStage()
  const { call, agent, colleague } = await givenTo(before)
  await wrapsUp(before, agent)
  await dies(before)
  const t = await lives.next(before)
  expect(t.desk(agent).status).toBe('available')
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call, only: colleague }])
  t.agents.becomeAvailable(colleague)
  expect(t.desk(colleague).offer).toMatchObject({ call })
})

test('and is anybody’s when that one does not come within half a minute of the restart', async () => {
  const before = testStage()
  const { call, agent } = await givenTo(before)
  await wrapsUp(before, agent)
  await dies(before)
  const t = await lives.next(before)
  t.clock.advance(DIRECT_MS)
  expect(t.desk(agent).offer).toMatchObject({ call })
})

test('an offer that rang for him at that colleague’s desk rings there again', async () => {
  const before = testStage()
  const { call, agent, colleague } = await givenTo(before)
  await wrapsUp(before, agent)
  before.agents.becomeAvailable(colleague)
  await dies(before)
  const t = await lives.next(before)
  expect(t.desk(colleague).offer).toMatchObject({ call })
  expect(t.desk(agent).status).toBe('available')
})

test.each<[why: string, then: (t: TestStage, colleague: AgentId) => unknown]>([
  ['he did not come', (t) => t.clock.advance(DIRECT_MS)],
  ['he has declined', (t, colleague) => declines(t, colleague)],
  ['he had gone for a while', async (t, colleague) => await goesAndComesBack(t, colleague)],
])('a caller who is anybody’s, because %s, is so for the next server too', async (_why, then) => {
  const before = testStage()
  const { call, colleague } = await givenTo(before)
  await then(before, colleague)
  await before.settle()
  await dies(before)
  const visits = db.selectFrom('queue_visits').select('meant_for').where('call', '=', call)
  expect(await visits.where('left_at', 'is', null).execute()).toEqual([{ meant_for: null }])
  const t = await lives.next(before)
  const { offers, waiting } = t.stage.engine.snapshot()
  expect([...waiting, ...offers.map((offer) => offer.waiting)]).toMatchObject([{ call, only: undefined }])
})

function declines(t: TestStage, agent: AgentId): void {
  t.agents.becomeAvailable(agent)
  t.agents.decline(agent, t.desk(agent).offer?.id as OfferId)
}

async function goesAndComesBack(t: TestStage, agent: AgentId): Promise<void> {
  t.agents.signOff(agent)
  t.clock.advance(1_000)
  t.agents.signOn(lives.profileOf(agent))
  await t.lineUp(agent)
}

test('a queue keeps nobody longer than it says, counted from when he came to it, for the next server too', async () => {
  const tooLong = { waitSecondsMax: 60, then: { do: 'hangUp' as const } }
  const prepare = (t: TestStage) =>
    t.stage.routing.route({
      type: 'queuesChanged',
      queues: [{ ...defaultQueueSettings(ADMISSION), tooLong }],
    })
  const before = testStage()
  prepare(before)
  const call = await waits(before)
  await dies(before)
  const t = await lives.next(before, { prepare })
  t.clock.advance(29_000)
  await t.settle()
  expect(order(t)).toEqual([call])
  t.clock.advance(1_000)
  await t.settle()
  expect(t.of('callLeftQueue')).toMatchObject([
    { call, queue: ADMISSION, reason: 'timedOut', waitedMs: 60_000 },
  ])
})

test('whoever has been in his queue too long when the next server comes is sent away by it', async () => {
  const tooLong = { waitSecondsMax: 20, then: { do: 'takeMessage' as const } }
  const queues: QueueSettings[] = [{ ...defaultQueueSettings(ADMISSION), tooLong }]
  const prepare = (t: TestStage) => t.stage.routing.route({ type: 'queuesChanged', queues })
  const before = testStage()
  prepare(before)
  const call = await waits(before)
  await dies(before)
  const t = await lives.next(before, { prepare })
  expect(t.of('callLeftQueue')).toMatchObject([{ call, reason: 'timedOut', waitedMs: 30_000 }])
  expect(t.stage.calls.get(call)?.stage).toBe('takingMessage')
})

test('an offer that rang when the server died has ended with it, and says so', async () => {
  const before = testStage()
  const agent = await before.agent(await lives.hire())
  const call = await waits(before)
  await dies(before)
  const t = await lives.next(before)
  expect(t.of('offerEnded')).toMatchObject([{ call, agent, as: 'withdrawn', because: 'serverLost' }])
  await lives.write(t)
  const rows = db.selectFrom('offers').select(['ended_as', 'agent']).where('call', '=', call)
  expect(await rows.orderBy('offered_at').execute()).toEqual([
    { ended_as: 'withdrawn', agent },
    { ended_as: null, agent },
  ])
  expect(t.desk(agent).offer?.call).toBe(call)
})

test.each([
  [3, 'shortAbandoned'],
  [12, 'abandoned'],
] as const)(
  'who gave up after %i seconds while nobody watched has left his queue then, and it is %s',
  async (seconds, reason) => {
    const before = testStage()
    const { call, leg } = await waitsRecorded(before)
    const leftAt = before.clock.now() + seconds * 1_000
    await dies(before)
    utimesSync(leg, leftAt / 1_000, leftAt / 1_000)
    const t = await lives.next(before, { standing: (same) => ({ ...same, calls: [] }) })
    expect(t.of('callLeftQueue')).toMatchObject([
      { call, queue: ADMISSION, reason, waitedMs: seconds * 1_000, leftAt },
    ])
    await lives.write(t)
    const row = db.selectFrom('queue_visits').select(['reason', 'left_at']).where('call', '=', call)
    expect(await row.execute()).toEqual([{ reason, left_at: new Date(leftAt) }])
  },
)

test.each([
  [30, 'messageLeft'],
  [undefined, 'abandoned'],
] as const)(
  'whom the engine asked for a message (from second %s) while no server was there has left his queue: %s',
  async (from, reason) => {
    const before = testStage()
    const call = await waits(before)
    await dies(before)
    const t = await lives.next(before, { standing: (same) => ({ ...same, calls: [], alone: [call] }) })
    expect(await visitsOf(call)).toEqual([`${ADMISSION} null`])
    const at = t.clock.now()
    const legs = { citizen: 'none.citizen.alaw', agent: 'none.agent.alaw' }
    const times = { arrivedAt: at - 60_000, endedAt: at, ...(from && { messageFromSeconds: from }) }
    const message = { call, trunk: 'demo' as TrunkId, did: '1195', caller: { from: '' }, legs, ...times }
    t.media.push({ type: 'messageLeft', message, at })
    await lives.write(t)
    expect(await visitsOf(call)).toEqual([`${ADMISSION} ${reason}`])
  },
)

test.each([
  [2, 'shortAbandoned'],
  [20, 'abandoned'],
] as const)(
  'who gives up after %i seconds has one stay in the rows, and it is %s',
  async (seconds, reason) => {
    const t = testStage()
    const call = await waits(t)
    t.clock.advance(seconds * 1_000)
    await t.hangUp(call)
    expect(t.story(call).slice(-2)).toEqual(['callLeftQueue', 'callEnded'])
    await lives.write(t)
    expect(await visitsOf(call)).toEqual([`${ADMISSION} ${reason}`])
  },
)

test('stays that an earlier version wrote twice are mended by the upgrade', async () => {
  const t = testStage()
  const [call, waiting] = [await waits(t), await waits(t)]
  await lives.write(t)
  await t.hangUp(call)
  await lives.write(t)
  const at = new Date(t.clock.now() + 1)
  await db.updateTable('queue_visits').set({ reason: 'abandoned' }).where('call', '=', call).execute()
  const empty = { call, queue: ADMISSION, entered_at: at, left_at: at, reason: 'shortAbandoned' as const }
  await db.insertInto('queue_visits').values(empty).execute()
  const mend = MIGRATIONS.find(({ name }) => name === '0050_stays_counted_once.sql')?.sql ?? ''
  await sql.raw(mend).execute(db)
  expect(await visitsOf(call)).toEqual([`${ADMISSION} shortAbandoned`])
  expect(await visitsOf(waiting)).toEqual([`${ADMISSION} null`])
})

test('whoever had been idle longest is asked first, for the next server too', async () => {
  const before = testStage()
  const [first, second] = [await lives.hire(), await lives.hire()]
  // By their ids alone the other would come first.
  const [longest, other] = first > second ? [first, second] : [second, first]
  await before.agent(longest)
  before.clock.advance(60_000)
  await before.agent(other)
  await dies(before)
  const t = await lives.next(before)
  await waits(t)
  expect(t.desk(longest).status).toBe('ringing')
  expect(t.desk(other).status).toBe('available')
})

test('whoever has answered fewest since he signed on is asked first, for the next server too', async () => {
  const queues: QueueSettings[] = [{ ...defaultQueueSettings(ADMISSION), order: 'fewestCalls' }]
  const prepare = (t: TestStage) => t.stage.routing.route({ type: 'queuesChanged', queues })
  const before = testStage()
  prepare(before)
  const [many, few] = [await lives.hire(), await lives.hire()]
  await before.agent(few)
  // Before he went for a while: it counts no more.
  for (let n = 0; n < 3; n++) await talksOnce(before, few)
  await goesAndComesBack(before, few)
  await before.agent(many)
  await talksOnce(before, many)
  await talksOnce(before, many)
  before.clock.advance(60_000)
  before.agents.becomeAvailable(few)
  await talksOnce(before, few)
  await dies(before)
  const t = await lives.next(before, { prepare })
  // By their idle times alone the other would come first.
  await waits(t)
  expect(t.desk(few).status).toBe('ringing')
  await t.settle()
  expect(t.stage.engine.snapshot()).toMatchObject({
    offers: [{ idle: { answered: 1 } }],
    idle: [{ answered: 2 }],
  })
})

/** He answers a caller, who hangs up after a while. */
async function talksOnce(t: TestStage, agent: AgentId): Promise<void> {
  const call = await waits(t)
  t.accept(agent)
  t.clock.advance(5_000)
  await t.settle()
  await t.hangUp(call)
  await wrapsUp(t, agent)
}

/** Somebody talks, and somebody waits. */
async function oneWaits(t: TestStage): Promise<CallId> {
  const agent = await t.agent(await lives.hire())
  await waits(t)
  t.accept(agent)
  await t.settle()
  return await waits(t)
}

test('who waits is told by the next server as long a wait as by the last one', async () => {
  const before = testStage()
  const call = await oneWaits(before)
  await dies(before)
  const t = await lives.next(before)
  const told = (by: TestStage) => by.media.lines.findLast((line) => line.startsWith(`play ${call}`))
  expect(told(t)).toContain('3 daqiqa')
  expect(told(t)).toBe(told(before))
})

test('whoever was available and has lost his line meanwhile is not at work for those who wait', async () => {
  const before = testStage()
  await before.agent(await lives.hire())
  await dies(before)
  const t = await lives.next(before, { standing: (same) => ({ ...same, lines: [] }) })
  expect(t.stage.engine.expectedWaitMs(await waits(t), t.clock.now())).toBeUndefined()
})
