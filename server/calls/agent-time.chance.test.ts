/**
 * Chance: calls, breaks, limits, supervisors and lost lines in any order, a server
 * that dies now and then. Whatever happened, the rows say of each agent one status
 * at a time, without a gap, and the last of them is what his desk says.
 */
import { beforeAll, expect, test } from 'vitest'
import { DEMO_BREAKS } from '#core/calls/demo-breaks.ts'
import type { AgentId, CallId, OfferId, QueueId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { adoptStanding } from './adoption.ts'
import { writeEvents } from './projection.ts'
import { type TestStage, testStage } from './test-stage.ts'

const RUNS = 6
const STEPS = 220
const LIVES = 3
const QUEUES = ['admission'] as QueueId[]
const hooks = {
  callEnded: async () => undefined,
  messageLeft: async () => undefined,
  citizenLostByUs: async () => undefined,
  citizenNamed: async () => undefined,
}

let db: TestDatabase['db']
let supervisor: StaffId
let count = 0

beforeAll(async () => {
  db = (await testDatabase()).db
  supervisor = await hire()
})

async function hire(): Promise<AgentId> {
  const person = { login: `person${++count}`, name: 'Somebody', role: 'agent' as const, password_hash: '-' }
  const added = db.insertInto('staff_members').values({ ...person, languages: ['uz'] })
  return (await added.returning('id').executeTakeFirstOrThrow()).id
}

const aCall = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}` as CallId

test('in any order of events, over several lives of the server, agents’ days are whole', async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = seededRandom(seed)
    const agents = [await hire(), await hire(), await hire()]
    let t = testStage()
    for (const agent of agents) await t.agent(agent)
    for (let life = 0; life < LIVES; life++) {
      if (life > 0) t = await nextLife(t)
      for (let step = 0; step < STEPS / LIVES; step++) await somethingHappens(t, agents, random)
      await write(t)
      const where = `seed ${seed}, life ${life}`
      for (const agent of agents) await mustBeWhole(t, agent, where)
    }
    // The next seed begins with nobody on shift.
    for (const agent of agents) await close(agent)
  }
})

async function close(agent: AgentId): Promise<void> {
  const ended_at = new Date(Date.UTC(2027, 0, 1))
  await db
    .updateTable('agent_status_intervals')
    .set({ ended_at })
    .where('agent', '=', agent)
    .where('ended_at', 'is', null)
    .execute()
  await db.updateTable('calls').set({ ended_at, status: 'ended' }).where('ended_at', 'is', null).execute()
}

async function write(t: TestStage): Promise<void> {
  const events = t.events.splice(0).map((event) => ({ ...event, key: `chance:${++count}` }))
  await writeEvents(db, events, hooks)
}

/** The server dies after its last event and comes back a while later; lines and talks stand. */
async function nextLife(before: TestStage): Promise<TestStage> {
  const t = testStage()
  t.clock.advance(before.clock.now() + 30_000 - t.clock.now())
  t.media.setStanding(await before.media.standing())
  const profiles = async (ids: readonly AgentId[]) =>
    ids.map((id) => ({ id, name: 'Somebody', queues: QUEUES, skills: fluentIn(['uz']) }))
  await adoptStanding(t.stage, { db, profiles, drained: async () => undefined })
  await t.settle()
  return t
}

async function somethingHappens(t: TestStage, agents: AgentId[], random: () => number): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const agent = pick(agents)
  const { code } = pick(DEMO_BREAKS)
  const desk = t.stage.book.desks.get(agent)
  const call = pick([...t.stage.calls.keys()])
  const actions: (() => unknown)[] = [
    async () => await t.waiting(aCall()),
    async () => await t.waiting(aCall()),
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
    () => t.agents.signOn({ id: agent, name: 'Somebody', queues: QUEUES, skills: fluentIn(['uz']) }),
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
