/** The organisation's rules of agents' time, and what waits for an agent: read and written as rows. */
import type { Kysely, Selectable, Transaction } from 'kysely'
import { type AgentTimeLimits, type AgentTimeRules, DEFAULT_AGENT_TIME } from '#core/calls/agent-time.ts'
import type { BreakRule } from '#core/calls/break-reasons.ts'
import type { BreakRequest } from '#core/calls/break-request.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const SETTING = 'agentTime'

export type KeptAgentTime = {
  rules: AgentTimeRules
  changedAt: number | null
  earlierBreaks: readonly Pick<BreakRule, 'code' | 'names'>[]
}

export async function readAgentTime(db: Db): Promise<KeptAgentTime> {
  const [setting, rows] = await Promise.all([
    db.selectFrom('settings').select(['value', 'changed_at']).where('name', '=', SETTING).executeTakeFirst(),
    db.selectFrom('break_reasons').selectAll().orderBy('position').execute(),
  ])
  const breaks = rows
    .filter(({ retired }) => !retired)
    .map(
      (row): BreakRule => ({
        code: row.code,
        names: row.names,
        isPaid: row.paid,
        limitMinutes: row.limit_minutes ?? undefined,
        needsApproval: row.needs_approval,
      }),
    )
  const limits = setting?.value as Partial<AgentTimeLimits> | undefined
  return {
    rules: { ...DEFAULT_AGENT_TIME, ...limits, breaks },
    changedAt: setting?.changed_at.getTime() ?? null,
    earlierBreaks: rows.filter(({ retired }) => retired).map(({ code, names }) => ({ code, names })),
  }
}

/** A break that is no more among them keeps its name. `basedOn`: when they were changed last, as the author saw it. */
export async function writeAgentTime(
  trx: Trx,
  { breaks, ...limits }: AgentTimeRules,
  basedOn: number | null,
): Promise<void> {
  const known = await trx
    .selectFrom('settings')
    .select('changed_at')
    .where('name', '=', SETTING)
    .forUpdate()
    .executeTakeFirst()
  if ((known?.changed_at.getTime() ?? null) !== basedOn)
    throw new Refusal('changedMeanwhile', 'Somebody else has changed the rules of agents’ time')
  const value = JSON.stringify(limits)
  const changedAt = new Date()
  await trx
    .insertInto('settings')
    .values({ name: SETTING, value, changed_at: changedAt })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: changedAt }))
    .execute()
  const codes = breaks.map(({ code }) => code)
  await trx.deleteFrom('break_reasons').where('code', 'in', codes).execute()
  await trx.updateTable('break_reasons').set({ retired: true }).execute()
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

/** Each agent's break that waits for an answer or for the end of a call. */
export async function openRequests(db: Db): Promise<Map<AgentId, BreakRequest>> {
  const rows = await db
    .selectFrom('break_requests')
    .selectAll()
    .where('status', 'in', ['asked', 'approved'])
    .distinctOn('agent')
    .orderBy('agent')
    .orderBy('asked_at', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.agent, breakRequest(row)]))
}

function breakRequest(row: Selectable<Database['break_requests']>): BreakRequest {
  return {
    reason: row.reason,
    status: row.status,
    askedAt: row.asked_at.getTime(),
    askedBy: row.asked_by,
    validUntil: row.valid_until?.getTime(),
    decidedBy: row.decided_by ?? undefined,
  }
}
