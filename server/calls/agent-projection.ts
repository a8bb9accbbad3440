/** What happened to an agent's time, in the rows: see projection.ts, which calls this in the event's transaction. */
import type { Transaction } from 'kysely'
import { changeOfIntervals } from '#core/calls/agent-intervals.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import type { CallEvent } from './events.ts'

type Trx = Transaction<Database>
type StatusChanged = Extract<CallEvent, { type: 'agentStatusChanged' }>

export async function agentStatusChanged(trx: Trx, event: StatusChanged, at: Date): Promise<void> {
  const { agent } = event
  const last = await lastInterval(trx, agent)
  const change = changeOfIntervals(last, event.to, at.getTime())
  if (change.do !== 'goOn') {
    if (!last) return
    const startedAt = new Date(last.startedAt)
    if (change.do === 'removeLast') return await removeInterval(trx, agent, startedAt)
    return await overwriteInterval(trx, event, startedAt)
  }
  if (last && change.endLastAt !== undefined) {
    await trx
      .updateTable('agent_status_intervals')
      .set({ ended_at: new Date(change.endLastAt) })
      .where('agent', '=', agent)
      .where('ended_at', 'is', null)
      .execute()
  }
  if (change.startAt === undefined) return
  const row = { agent, started_at: new Date(change.startAt), ended_at: null, ...columnsOf(event) }
  await trx.insertInto('agent_status_intervals').values(row).execute()
}

async function lastInterval(trx: Trx, agent: AgentId) {
  const row = await trx
    .selectFrom('agent_status_intervals')
    .select(['started_at', 'ended_at'])
    .where('agent', '=', agent)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { startedAt: row.started_at.getTime(), endedAt: row.ended_at?.getTime() }
}

function columnsOf({ to, reason, by, cause, inCall }: StatusChanged) {
  return {
    status: to,
    reason: reason ?? null,
    by: by ?? null,
    cause: cause ?? null,
    call: inCall ?? null,
  }
}

async function overwriteInterval(trx: Trx, event: StatusChanged, startedAt: Date): Promise<void> {
  await trx
    .updateTable('agent_status_intervals')
    .set(columnsOf(event))
    .where('agent', '=', event.agent)
    .where('started_at', '=', startedAt)
    .execute()
}

async function removeInterval(trx: Trx, agent: AgentId, startedAt: Date): Promise<void> {
  await trx
    .deleteFrom('agent_status_intervals')
    .where('agent', '=', agent)
    .where('started_at', '=', startedAt)
    .execute()
}
