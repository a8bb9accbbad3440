/**
 * Chance: calls, breaks, limits, supervisors and lost lines in any order, a server
 * that dies now and then. Whatever happened, the rows say of each agent one status
 * at a time, without a gap, and the last of them is what his desk says.
 */
import { beforeAll, expect, test } from 'vitest'
import { DEMO_BREAKS } from '#core/calls/demo-breaks.ts'
import type { AgentId, OfferId, QueueId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { TestLives } from './test-lives.ts'
import { type TestStage, testStage } from './test-stage.ts'

const RUNS = 6
const STEPS = 220
const LIVES = 3
const QUEUES = ['admission'] as QueueId[]

let db: TestDatabase['db']
let lives: TestLives
let supervisor: StaffId

beforeAll(async () => {
  db = (await testDatabase()).db
  lives = new TestLives(db, QUEUES)
  supervisor = await lives.hire()
})

test('in any order of events, over several lives of the server, agents’ days are whole', async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = seededRandom(seed)
    const agents = [await lives.hire(), await lives.hire(), await lives.hire()]
    let t = testStage()
    for (const agent of agents) await t.agent(agent)
    for (let life = 0; life < LIVES; life++) {
      if (life > 0) t = await lives.next(t)
      for (let step = 0; step < STEPS / LIVES; step++) await somethingHappens(t, agents, random)
      await lives.write(t)
      const where = `seed ${seed}, life ${life}`
      for (const agent of agents) await mustBeWhole(t, agent, where)
    }
    await lives.closeAll()
  }
})

async function somethingHappens(t: TestStage, agents: AgentId[], random: () => number): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const agent = pick(agents)
  const { code } = pick(DEMO_BREAKS)
  const desk = t.stage.book.desks.get(agent)
  const call = pick([...t.stage.calls.keys()])
  const actions: (() => unknown)[] = [
    async () => await t.waiting(lives.aCall()),
    async () => await t.waiting(lives.aCall()),
    async () => call && (await t.hangUp(call)),
    async () => call && (await t.hangUp(call)),
    () => t.clock.advance(Math.floor(random() * 10) * 2_000),
    () => t.clock.advance(Math.floor(random() * 100_000)),
    () => t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() }),
    async () => await t.lineUp(agent),
    () => t.agents.accept(agent, desk?.offer?.id as OfferId),
    () => t.agents.accept(agent, desk?.offer?.id as OfferId),
    () => t.agents.decline(agent, desk?.offer?.id as OfferId),
    () => t.agents.becomeAvailable(agent),
    () => t.agents.becomeAvailable(agent),
    () => t.agents.takeBreak(agent, code),
    () => t.agents.withdrawNext(agent),
    () => t.agents.extendWrapUp(agent),
    () => t.agents.wrapUp(agent, WRAP_UP, random() < 0.7 ? 'available' : 'break'),
    () => t.supervisors.putOnBreak(agent, code, supervisor),
    () => t.supervisors.makeAvailable(agent, supervisor),
    () => t.supervisors.decideOnBreak(agent, random() < 0.7 ? 'approve' : 'refuse', supervisor),
    () => random() < 0.2 && t.supervisors.signOut(agent, supervisor),
    () => t.agents.signOn(lives.profileOf(agent)),
  ]
  try {
    await pick(actions)()
  } catch (error) {
    // What is asked for at the wrong moment is refused with a code; anything else is our mistake.
    expect(error).toHaveProperty('code')
  }
  await t.settle()
}

const WRAP_UP = { outcome: 'resolved' as const, topics: [] as TopicCode[], note: '' }

async function mustBeWhole(t: TestStage, agent: AgentId, where: string): Promise<void> {
  const mine = db.selectFrom('agent_status_intervals').selectAll().where('agent', '=', agent)
  const rows = await mine.orderBy('started_at').execute()
  rows.forEach((row, index) => {
    const next = rows[index + 1]
    const isLast = next === undefined
    if (row.ended_at) expect(row.ended_at.getTime(), where).toBeGreaterThan(row.started_at.getTime())
    if (!isLast) expect(row.ended_at?.getTime(), where).toBeLessThanOrEqual(next.started_at.getTime())
    expect(row.cause, where).not.toBeNull()
    expect(row.by === null, `${where}: ${row.cause}`).toBe(
      row.cause !== 'agent' && row.cause !== 'supervisor',
    )
    if (row.status === 'talking' || row.status === 'wrapUp') expect(row.call, where).not.toBeNull()
  })
  const desk = t.stage.book.desks.get(agent)
  const last = rows.at(-1)
  if (!desk || desk.status === 'signedOut') expect(last?.ended_at, where).not.toBeNull()
  else
    expect([last?.status, last?.reason, last?.ended_at, last?.limit_at?.getTime()], where).toEqual([
      desk.status,
      desk.breakReason ?? null,
      null,
      desk.limitAt,
    ])
  const asked = db.selectFrom('break_requests').select('reason').where('agent', '=', agent)
  const open = await asked.where('status', 'in', ['asked', 'approved']).execute()
  const isOpen = desk?.breakRequest?.status === 'asked' || desk?.breakRequest?.status === 'approved'
  expect(open, where).toEqual(isOpen ? [{ reason: desk?.breakRequest?.reason }] : [])
}
