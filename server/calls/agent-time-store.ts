/** The organisation's rules of agents' time, and what waits for an agent: read and written as rows. */
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type AgentTimeLimits, type AgentTimeRules, DEFAULT_AGENT_TIME } from '#core/calls/agent-time.ts'
import type { BreakRule } from '#core/calls/break-reasons.ts'
import type { BreakRequest } from '#core/calls/break-request.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import { setting, type SettingChange } from '../database/settings.ts'
import type { Doing } from './desk.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const LIMITS = setting<AgentTimeLimits>(
  'agentTime',
  z.object({
    wrapUpSeconds: z.number(),
    wrapUpExtensionsMax: z.number(),
    wrapUpExtensionSeconds: z.number(),
    breakApprovalMinutes: z.number(),
  }),
  DEFAULT_AGENT_TIME,
)

export type KeptAgentTime = {
  rules: AgentTimeRules
  changedAt: number | null
  earlierBreaks: readonly Pick<BreakRule, 'code' | 'names'>[]
}

export async function readAgentTime(db: Db, log: Logger): Promise<KeptAgentTime> {
  const [limits, rows] = await Promise.all([
    LIMITS.readOrFirst(db, log),
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
  return {
    rules: { ...limits.value, breaks },
    changedAt: limits.changedAt,
    earlierBreaks: rows.filter(({ retired }) => retired).map(({ code, names }) => ({ code, names })),
  }
}

/** A break that is no more among them keeps its name. */
export async function writeAgentTime(
  trx: Trx,
  { breaks, ...limits }: AgentTimeRules,
  change: Pick<SettingChange<AgentTimeLimits>, 'basedOn' | 'by'>,
): Promise<void> {
  await LIMITS.change(trx, { ...change, value: limits })
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

/** Whose shift ends with his call. */
export async function signOutsAfterCall(db: Db): Promise<Map<AgentId, Doing>> {
  const rows = await db.selectFrom('sign_outs_after_call').selectAll().execute()
  return new Map(rows.map(({ agent, cause, by }) => [agent, { cause, ...(by && { by }) }]))
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
