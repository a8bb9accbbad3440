/** What agents did on a day, interval by interval, from the rows. */
import { type Kysely, sql } from 'kysely'
import type { AgentDay } from '#contract/agents.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'

/** Forty agents with a call each two minutes for a whole day are less. */
const INTERVALS_MAX = 60_000

type Wanted = { roles: readonly Role[]; from: Instant; to: Instant; only?: AgentId }

/** Every agent with each interval that touches the time, oldest first; by name. */
export async function agentDays(
  db: Kysely<Database>,
  { roles, from, to, only }: Wanted,
): Promise<AgentDay[]> {
  const touches = sql<boolean>`tstzrange(started_at, ended_at) && tstzrange(${new Date(from)}, ${new Date(to)})`
  const rows = await db
    .selectFrom('staff_members')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('agent_status_intervals')
          .leftJoin('staff_members as doer', 'doer.id', 'agent_status_intervals.by')
          .select(['status', 'reason', 'started_at', 'ended_at', 'limit_at', 'cause', 'call'])
          .select('doer.name as by_name')
          .whereRef('agent_status_intervals.agent', '=', 'staff_members.id')
          .where(touches)
          .as('interval'),
      (join) => join.onTrue(),
    )
    .select(['staff_members.id', 'staff_members.name'])
    .selectAll('interval')
    .where('staff_members.role', 'in', roles)
    .where((eb) => eb.or([eb('staff_members.active', '=', true), eb('interval.started_at', 'is not', null)]))
    .$if(only !== undefined, (query) => query.where('staff_members.id', '=', only as AgentId))
    .orderBy('staff_members.name')
    .orderBy('staff_members.id')
    .orderBy('interval.started_at')
    .limit(INTERVALS_MAX)
    .execute()

  const days = new Map<AgentId, AgentDay>()
  for (const { id, name, status, started_at, ...row } of rows) {
    const day = days.get(id) ?? { id, name, intervals: [] }
    days.set(id, day)
    if (!status || !started_at) continue
    day.intervals.push({
      status,
      reason: row.reason,
      startedAt: started_at.getTime(),
      endedAt: row.ended_at?.getTime() ?? null,
      limitAt: row.limit_at?.getTime() ?? null,
      cause: row.cause,
      byName: row.by_name,
      call: row.call,
    })
  }
  return [...days.values()]
}
