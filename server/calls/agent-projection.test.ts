import { beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { AGENT_MOVES } from '#core/calls/agent-status.ts'
import type { AgentStatus } from '#core/calls/call.ts'
import type { AgentId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import type { CallEvent, RecordedCallEvent } from './events.ts'
import { writeEvents } from './projection.ts'

const HOUR = Date.UTC(2026, 10, 23, 9)
const SEEDS = 12
const CHANGES = 120
const hooks = {
  callEnded: async () => undefined,
  messageLeft: async () => undefined,
  citizenLostByUs: async () => undefined,
  callDisputed: async () => undefined,
  citizenNamed: async () => undefined,
}

let db: TestDatabase['db']
let count = 0

beforeAll(async () => {
  db = (await testDatabase()).db
})

async function anAgent(): Promise<AgentId> {
  const staff = { login: `agent${++count}`, name: 'Dilnoza', role: 'agent' as const, password_hash: '-' }
  const added = db.insertInto('staff_members').values({ ...staff, languages: ['uz'] })
  return (await added.returning('id').executeTakeFirstOrThrow()).id
}

let keys = 0
const at = (ms: number, event: CallEvent): RecordedCallEvent => ({
  ...event,
  at: HOUR + ms,
  key: `time:${keys++}`,
})

const became = (agent: AgentId, from: AgentStatus, to: AgentStatus): CallEvent => ({
  type: 'agentStatusChanged',
  agent,
  from,
  to,
  cause: 'agent',
  by: agent,
})

async function intervalsOf(agent: AgentId) {
  const rows = await db
    .selectFrom('agent_status_intervals')
    .selectAll()
    .where('agent', '=', agent)
    .orderBy('started_at')
    .execute()
  return rows.map(({ started_at, ended_at, ...row }) => ({
    ...row,
    from: started_at.getTime() - HOUR,
    to: ended_at && ended_at.getTime() - HOUR,
  }))
}

test('each interval says whose doing it was, and in which call', async () => {
  const [agent, supervisor] = [await anAgent(), await anAgent()]
  const call = '00000000-0000-4000-8000-000000000001' as never
  await writeEvents(
    db,
    [
      at(0, { ...became(agent, 'signedOut', 'onBreak'), reason: 'justSignedIn' } as CallEvent),
      at(1_000, {
        ...became(agent, 'onBreak', 'available'),
        cause: 'supervisor',
        by: supervisor,
      } as CallEvent),
      at(5_000, {
        type: 'agentStatusChanged',
        agent,
        from: 'available',
        to: 'ringing',
        cause: 'offered',
        inCall: call,
      }),
    ],
    hooks,
  )
  expect(await intervalsOf(agent)).toMatchObject([
    { status: 'onBreak', reason: 'justSignedIn', cause: 'agent', by: agent, from: 0, to: 1_000 },
    { status: 'available', cause: 'supervisor', by: supervisor, call: null, from: 1_000, to: 5_000 },
    { status: 'ringing', cause: 'offered', by: null, call, from: 5_000, to: null },
  ])
  const actors = await db.selectFrom('events').select('actor').orderBy('id', 'desc').limit(3).execute()
  expect(actors.map(({ actor }) => actor)).toEqual([null, supervisor, agent])
})

test('whatever changes follow each other, by whatever clock, intervals never overlap and have no gaps on shift', async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const where = `seed ${seed}`
    const random = seededRandom(seed)
    const agent = await anAgent()
    const { events, signedOuts } = someDays(agent, random)
    // Written in pieces of any size, some twice, as a journal is that is replayed.
    for (let next = 0; next < events.length; ) {
      const size = 1 + Math.floor(random() * 15)
      const piece = events.slice(Math.max(0, next - Math.floor(random() * 3)), next + size)
      await writeEvents(db, piece, hooks)
      next += size
    }
    const rows = await intervalsOf(agent)
    expect(rows.length, where).toBeGreaterThan(10)
    let gaps = 0
    rows.forEach((row, index) => {
      if (row.to !== null) expect(row.to, where).toBeGreaterThan(row.from)
      const next = rows[index + 1]
      if (!next) return
      expect(row.to, where).not.toBeNull()
      expect(next.from, where).toBeGreaterThanOrEqual(row.to as number)
      if (next.from > (row.to as number)) gaps++
    })
    expect(gaps, where).toBeLessThanOrEqual(signedOuts)
    const open = rows.filter(({ to }) => to === null)
    expect(open.length, where).toBe(lastStatus(events) === 'signedOut' ? 0 : 1)
  }
})

/** Moves by the table, by a clock that mostly goes on, stands still now and then, and is sometimes set back. */
function someDays(agent: AgentId, random: () => number) {
  const events: RecordedCallEvent[] = []
  let [status, now, signedOuts]: [AgentStatus, number, number] = ['signedOut', 0, 0]
  for (let step = 0; step < CHANGES; step++) {
    const next = Object.values(AGENT_MOVES[status])
    const to = next[Math.floor(random() * next.length)] as AgentStatus
    const dice = random()
    now += dice < 0.2 ? 0 : dice < 0.25 ? -Math.floor(random() * 5_000) : Math.floor(random() * 60_000)
    events.push(at(now, became(agent, status, to)))
    if (to === 'signedOut') signedOuts++
    status = to
  }
  return { events, signedOuts }
}

function lastStatus(events: readonly RecordedCallEvent[]): AgentStatus | undefined {
  const last = events.at(-1)
  return last?.type === 'agentStatusChanged' ? last.to : undefined
}

test('the database itself refuses two statuses at once, and one that lasted nothing', async () => {
  const agent = await anAgent()
  const insert = (from: number, to: number | null) =>
    sql`insert into agent_status_intervals (agent, status, started_at, ended_at)
      values (${agent}, 'available', ${new Date(HOUR + from)}, ${to === null ? null : new Date(HOUR + to)})`.execute(
      db,
    )
  await insert(0, 10)
  await insert(10, null)
  await expect(insert(5, 8)).rejects.toThrow('never_two_at_once')
  await expect(insert(20, null)).rejects.toThrow(/never_two_at_once|one_open_interval/)
  await expect(insert(-5, -5)).rejects.toThrow('lasted')
})
