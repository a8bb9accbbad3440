/** The organisation's rules of agents' time, and what waits for an agent: read and written as rows. */
import type { Kysely, Transaction } from 'kysely'
import { type AgentTimeLimits, type AgentTimeRules, DEFAULT_AGENT_TIME } from '#core/calls/agent-time.ts'
import type { BreakRule } from '#core/calls/break-reasons.ts'
import type { BreakRequest } from '#core/calls/break-request.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const SETTING = 'agentTime'

export async function readAgentTime(db: Db): Promise<AgentTimeRules> {
  const [setting, rows] = await Promise.all([
    db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst(),
    db.selectFrom('break_reasons').selectAll().orderBy('position').execute(),
  ])
  const breaks = rows.map(
    (row): BreakRule => ({
      code: row.code,
      names: row.names,
      isPaid: row.paid,
      limitMinutes: row.limit_minutes ?? undefined,
      needsApproval: row.needs_approval,
    }),
  )
  return { ...DEFAULT_AGENT_TIME, ...(setting?.value as Partial<AgentTimeLimits> | undefined), breaks }
}

export async function writeAgentTime(trx: Trx, { breaks, ...limits }: AgentTimeRules): Promise<void> {
  const value = JSON.stringify(limits)
  await trx
    .insertInto('settings')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: new Date() }))
    .execute()
  await trx.deleteFrom('break_reasons').execute()
  await insertBreaks(trx, breaks)
}

export async function insertBreaks(trx: Trx, breaks: readonly BreakRule[]): Promise<void> {
  const rows = breaks.map(({ code, names, isPaid, limitMinutes, needsApproval }, position) => ({
    code,
    names: JSON.stringify(names),
    paid: isPaid,
    limit_minutes: limitMinutes ?? null,
    needs_approval: needsApproval,
    position,
  }))
  if (rows.length > 0) await trx.insertInto('break_reasons').values(rows).execute()
}

/** A break that waits for an answer or for the end of a call. */
export async function openRequest(db: Db, agent: AgentId): Promise<BreakRequest | undefined> {
  const row = await db
    .selectFrom('break_requests')
    .selectAll()
    .where('agent', '=', agent)
    .where('status', 'in', ['asked', 'approved'])
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      reason: row.reason,
      status: row.status,
      askedAt: row.asked_at.getTime(),
      askedBy: row.asked_by,
      validUntil: row.valid_until?.getTime(),
      decidedBy: row.decided_by ?? undefined,
    }
  )
}
