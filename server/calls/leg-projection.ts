/**
 * The parts of a call in the rows: who had one from when to when, when he and the citizen heard
 * each other, and what he made of it. See projection.ts, which calls this in the event's transaction.
 */
import { sql, type Transaction } from 'kysely'
import { unreachable } from '#core/lib/assert.ts'
import type { ConsultEnd, LegEnd, LegRole } from '#core/calls/talk-moves.ts'
import type { AgentId, CallId, TopicCode } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import type { CallEvent, Somebody } from './events.ts'

type Trx = Transaction<Database>
type Event<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>

/** Somebody else gets a part in the call, or an agent's part of it is over. */
export type LegEvent = Event<
  | 'consultStarted'
  | 'consultAnswered'
  | 'consultEnded'
  | 'conferenceStarted'
  | 'callTransferred'
  | 'returnedToQueue'
  | 'outsideConnected'
  | 'outsideFailed'
>

const AS_LEG_END: Partial<Record<ConsultEnd, LegEnd>> = {
  handedOver: 'handedOver',
  helperLeft: 'left',
  lineLost: 'lineLost',
}

export async function changeLegs(trx: Trx, event: LegEvent, at: Date): Promise<void> {
  const { call } = event
  switch (event.type) {
    case 'consultStarted':
      await closeTalk(trx, call, { at, agent: event.agent })
      return await setStatus(trx, call, 'onHold')
    case 'consultAnswered':
      return await openLeg(trx, call, { role: 'helper', who: event.with, at })
    case 'consultEnded':
      if ('agent' in event.with) await closeTalk(trx, call, { at, agent: event.with.agent })
      return await closeLeg(trx, call, { who: event.with, at, as: AS_LEG_END[event.as] ?? 'ended' })
    case 'conferenceStarted':
      await openTalk(trx, call, { at, agent: event.agent })
      if ('agent' in event.with) await openTalk(trx, call, { at, agent: event.with.agent })
      return await setStatus(trx, call, 'talking')
    case 'callTransferred':
    case 'returnedToQueue': {
      const as = event.type === 'returnedToQueue' ? 'returned' : 'transferred'
      await closeTalk(trx, call, { at, agent: event.agent })
      await closeLeg(trx, call, { who: { agent: event.agent }, at, as })
      return await setStatus(trx, call, 'waiting')
    }
    case 'outsideConnected':
      await openLeg(trx, call, { role: 'outside', who: { number: event.number }, at })
      return await setStatus(trx, call, 'talking')
    case 'outsideFailed':
      return await setStatus(trx, call, 'waiting')
    default:
      return unreachable(event)
  }
}

async function setStatus(trx: Trx, call: CallId, status: 'onHold' | 'talking' | 'waiting'): Promise<void> {
  await trx
    .updateTable('calls')
    .set({ status })
    .where('id', '=', call)
    .where('ended_at', 'is', null)
    .execute()
}

export async function openLeg(
  trx: Trx,
  call: CallId,
  { role, who, at }: { role: LegRole; who: Somebody; at: Date },
): Promise<void> {
  await trx
    .insertInto('call_legs')
    .values({
      call,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from call_legs where call = ${call})`,
      role,
      agent: 'agent' in who ? who.agent : null,
      outside: 'number' in who ? who.number : null,
      started_at: at,
    })
    .execute()
}

/** Of one, or of all who have a part in the call. */
export async function closeLeg(
  trx: Trx,
  call: CallId,
  { who, at, as }: { who?: Somebody; at: Date; as: LegEnd },
): Promise<void> {
  await trx
    .updateTable('call_legs')
    .set({ ended_at: notBeforeStart(at), ended_as: as })
    .where('call', '=', call)
    .where('ended_at', 'is', null)
    .$if(who !== undefined && 'agent' in who, (query) =>
      query.where('agent', '=', (who as { agent: AgentId }).agent),
    )
    .$if(who !== undefined && 'number' in who, (query) =>
      query.where('outside', '=', (who as { number: string }).number),
    )
    .execute()
}

export async function openTalk(
  trx: Trx,
  call: CallId,
  { agent, at }: { agent: AgentId; at: Date },
): Promise<void> {
  await trx
    .insertInto('talk_intervals')
    .values({ call, agent, started_at: at })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** A connection may be made of a call that has ended, before anybody can say so. */
function notBeforeStart(at: Date) {
  return sql<Date>`greatest(started_at, ${at})`
}

/** Of one agent, or of all who talk. */
export async function closeTalk(
  trx: Trx,
  call: CallId,
  { agent, at }: { agent?: AgentId; at: Date },
): Promise<void> {
  await trx
    .updateTable('talk_intervals')
    .set({ ended_at: notBeforeStart(at) })
    .where('call', '=', call)
    .where('ended_at', 'is', null)
    .$if(agent !== undefined, (query) => query.where('agent', '=', agent as AgentId))
    .execute()
}

/** What an agent says of his part: the last one, unless it is wrapped up and an earlier one is not. */
export async function wrapUpLeg(
  trx: Trx,
  { call, agent, outcome, note, topics, script }: Event<'callWrappedUp'>,
  at: Date,
): Promise<void> {
  const leg = await trx
    .selectFrom('call_legs')
    .select('number')
    .where('call', '=', call)
    .where('agent', '=', agent)
    .where('role', '=', 'agent')
    .orderBy(sql`wrapped_up_at is not null`)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  // A call from before parts were kept, or one whose beginning was refused by the database.
  const number = leg?.number ?? 1
  await trx
    .updateTable('call_legs')
    .set({ outcome, note, wrapped_up_at: at, script: script ? JSON.stringify(script) : null })
    .where('call', '=', call)
    .where('number', '=', number)
    .where('agent', '=', agent)
    .execute()
  await trx.deleteFrom('call_topics').where('call', '=', call).where('leg', '=', number).execute()
  const rows = topics.map((topic, position) => {
    return { call, leg: number, topic, position, classifier: classifierOf(trx, topic, at) }
  })
  if (rows.length > 0) await trx.insertInto('call_topics').values(rows).execute()
}

/**
 * The one that held when it was said: a report of that month has that tree. A topic that had been withdrawn meanwhile was
 * still on a page that knew an earlier tree: the last that had it.
 */
function classifierOf(trx: Trx, topic: TopicCode, at: Date) {
  const hasIt = sql<boolean>`nodes @> ${JSON.stringify([{ code: topic }])}::jsonb`
  return trx
    .selectFrom('classifier_versions')
    .select('version')
    .where('published_at', '<=', at)
    .orderBy(hasIt, 'desc')
    .orderBy('published_at', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
}
