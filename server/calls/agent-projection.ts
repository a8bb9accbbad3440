/** What happened to an agent's time, in the rows: see projection.ts, which calls this in the event's transaction. */
import type { Transaction, UpdateObject } from 'kysely'
import { changeOfIntervals } from '#core/calls/agent-intervals.ts'
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import type { CallEvent } from './events.ts'

type Trx = Transaction<Database>
type Event<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>
type StatusChanged = Event<'agentStatusChanged'>

const ABOUT_AGENT_TIME = [
  'agentStatusChanged',
  'wrapUpExtended',
  'breakOverran',
  'breakAsked',
  'breakDecided',
  'breakRequestEnded',
  'signOutAsked',
  'signOutWithdrawn',
] as const satisfies CallEvent['type'][]
type AgentTimeEvent = Event<(typeof ABOUT_AGENT_TIME)[number]>

export function isAboutAgentTime(event: CallEvent): event is AgentTimeEvent {
  return ABOUT_AGENT_TIME.some((type) => type === event.type)
}

export async function changeAgentTime(trx: Trx, event: AgentTimeEvent, at: Date): Promise<void> {
  const { agent } = event
  switch (event.type) {
    case 'agentStatusChanged':
      return await agentStatusChanged(trx, event, at)
    case 'wrapUpExtended': {
      const { extensions, limitAt } = event
      return await setOpenInterval(trx, agent, { extensions, limit_at: new Date(limitAt) })
    }
    case 'breakOverran':
      return await setOpenInterval(trx, agent, { is_over_limit: true })
    case 'breakAsked':
      return await breakAsked(trx, event)
    case 'breakDecided':
      return await setRequest(trx, event, {
        decided_at: at,
        decided_by: event.by,
        valid_until: dateOf(event.validUntil),
      })
    case 'breakRequestEnded':
      return await setRequest(trx, event)
    case 'signOutAsked':
      return await signOutAsked(trx, event)
    case 'signOutWithdrawn':
      return await signOutIsDone(trx, agent)
    default:
      return unreachable(event)
  }
}

/** Whoever calls a citizen back is talking before there is a call. */
export async function talksIn(trx: Trx, { agent, call }: { agent: AgentId; call: CallId }): Promise<void> {
  await trx
    .updateTable('agent_status_intervals')
    .set({ call })
    .where('agent', '=', agent)
    .where('ended_at', 'is', null)
    .where('status', '=', 'talking')
    .where('call', 'is', null)
    .execute()
}

async function setOpenInterval(
  trx: Trx,
  agent: AgentId,
  change: UpdateObject<Database, 'agent_status_intervals'>,
): Promise<void> {
  await trx
    .updateTable('agent_status_intervals')
    .set(change)
    .where('agent', '=', agent)
    .where('ended_at', 'is', null)
    .execute()
}

async function breakAsked(trx: Trx, event: Event<'breakAsked'>): Promise<void> {
  const { agent, by, reason, askedAt, as, validUntil } = event
  const wish = { asked_by: by, reason, status: as, valid_until: dateOf(validUntil) }
  await trx
    .insertInto('break_requests')
    .values({ agent, asked_at: new Date(askedAt), ...wish })
    // Two wishes in one millisecond: the later one counts.
    .onConflict((oc) => oc.columns(['agent', 'asked_at']).doUpdateSet(wish))
    .execute()
}

async function setRequest(
  trx: Trx,
  { agent, askedAt, as }: Event<'breakDecided' | 'breakRequestEnded'>,
  answer: UpdateObject<Database, 'break_requests'> = {},
): Promise<void> {
  await trx
    .updateTable('break_requests')
    .set({ ...answer, status: as })
    .where('agent', '=', agent)
    .where('asked_at', '=', new Date(askedAt))
    .execute()
}

async function signOutAsked(trx: Trx, { agent, cause, by }: Event<'signOutAsked'>): Promise<void> {
  const wish = { cause, by: by ?? null }
  await trx
    .insertInto('sign_outs_after_call')
    .values({ agent, ...wish })
    .onConflict((oc) => oc.column('agent').doUpdateSet(wish))
    .execute()
}

async function signOutIsDone(trx: Trx, agent: AgentId): Promise<void> {
  await trx.deleteFrom('sign_outs_after_call').where('agent', '=', agent).execute()
}

function dateOf(instant: number | undefined): Date | null {
  return instant === undefined ? null : new Date(instant)
}

async function agentStatusChanged(trx: Trx, event: StatusChanged, at: Date): Promise<void> {
  const { agent } = event
  if (event.to === 'signedOut') await signOutIsDone(trx, agent)
  const last = await lastInterval(trx, agent)
  const change = changeOfIntervals(last, event.to, at.getTime())
  if (change.do !== 'goOn') {
    if (!last) return
    const startedAt = new Date(last.startedAt)
    if (change.do === 'removeLast') return await removeInterval(trx, agent, startedAt)
    return await overwriteInterval(trx, event, startedAt)
  }
  if (last && change.endLastAt !== undefined)
    await setOpenInterval(trx, agent, { ended_at: new Date(change.endLastAt) })
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

function columnsOf({ to, reason, by, cause, inCall, limitAt }: StatusChanged) {
  return {
    status: to,
    reason: reason ?? null,
    by: by ?? null,
    cause: cause ?? null,
    call: inCall ?? null,
    limit_at: dateOf(limitAt),
    extensions: 0,
    is_over_limit: false,
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
