/**
 * From the journal to the rows: what each event changes in the tables, in the
 * transaction in which it is recorded. An event already recorded changes nothing.
 */
import { type Kysely, sql, type Transaction, type UpdateObject } from 'kysely'
import { unreachable } from '#core/lib/assert.ts'
import type { CallId, CitizenId, StaffId } from '#core/lib/ids.ts'
import type { CallStatus } from '#core/calls/call.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import { recordNew } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { writeCallback } from '../callbacks/service.ts'
import { changeAgentTime, isAboutAgentTime, talksIn } from './agent-projection.ts'
import type { CallEvent, Caller, RecordedCallEvent } from './events.ts'
import { changeLegs, closeLeg, closeTalk, openLeg, openTalk, wrapUpLeg } from './leg-projection.ts'

type Trx = Transaction<Database>
type Event<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>

/** What other modules do in the same transaction, e.g. enqueue the recording's job. */
export type ProjectionHooks = {
  callEnded(trx: Trx, call: CallId): Promise<void>
  /** Somebody has to listen and call back. */
  messageLeft(trx: Trx, call: CallId): Promise<void>
  /** His call broke off by our fault, and nobody has promised to call him back. */
  citizenLostByUs(trx: Trx, call: CallId): Promise<void>
  /** The agent says that the citizen did not accept what he was told: somebody looks at it. */
  callDisputed(trx: Trx, call: CallId): Promise<void>
  /** The agent says with whom he talked. */
  citizenNamed(trx: Trx, named: { call: CallId; citizen: CitizenId }): Promise<void>
}

/** `mayWrite` rejects if another run of the server has taken over. */
export async function writeEvents(
  db: Kysely<Database>,
  events: readonly RecordedCallEvent[],
  hooks: ProjectionHooks,
  mayWrite: (trx: Trx) => Promise<void> = async () => undefined,
) {
  await db.transaction().execute(async (trx) => {
    await mayWrite(trx)
    const keyed = events.map(({ at, key, ...event }) => ({
      event: event as CallEvent,
      at: new Date(at),
      key,
    }))
    const isNew = await recordNew(
      trx,
      keyed.map((one) => ({ ...one, event: actorOf(one.event) })),
    )
    for (const { event, at, key } of keyed) if (isNew.has(key)) await change(trx, event, at, hooks)
  })
}

/** About an agent, and perhaps nobody's doing: these say themselves whose. */
const SAY_THEMSELVES = [
  'agentStatusChanged',
  'breakAsked',
  'breakDecided',
  'breakOverran',
  'breakRequestEnded',
  'signOutAsked',
] satisfies CallEvent['type'][]

/** An agent's own events carry him as their actor. */
function actorOf(event: CallEvent): CallEvent & { by?: StaffId } {
  const saysItself = SAY_THEMSELVES.some((type) => type === event.type)
  return 'agent' in event && !saysItself ? { ...event, by: event.agent } : event
}

async function change(trx: Trx, event: CallEvent, at: Date, hooks: ProjectionHooks): Promise<void> {
  if (isAboutAgentTime(event)) return await changeAgentTime(trx, event, at)
  switch (event.type) {
    case 'callArrived':
      return await callArrived(trx, event, at)
    case 'callRefused':
      return await callRefused(trx, event, at)
    case 'callAnswered':
      return await callAnswered(trx, event.call, at)
    case 'menuStepped':
      return await setCall(trx, event.call, {
        path: [...event.path],
        keys: event.keys,
        ...(event.language && { language: event.language }),
      })
    case 'callbackPromised':
    case 'callbackOffered':
    case 'callbackMoved':
      return await writeCallback(trx, event, at)
    case 'callQueued':
      return await callQueued(trx, event, at)
    case 'callOpenedToAll':
      return await callOpenedToAll(trx, event.call)
    case 'callLeftQueue':
      return await callLeftQueue(trx, event, at)
    case 'callOffered':
      return await callOffered(trx, event, at)
    case 'offerEnded':
      return await offerEnded(trx, event, at)
    case 'callConnected':
      return await callConnected(trx, event, at)
    case 'callHeld':
    case 'lineLost':
      await closeTalk(trx, event.call, { at, agent: event.agent })
      return await holdUnlessOthersTalk(trx, event.call)
    case 'callResumed':
      await openTalk(trx, event.call, { at, agent: event.agent })
      return await setStatusUnlessEnded(trx, event.call, 'talking')
    case 'consultStarted':
    case 'consultAnswered':
    case 'consultEnded':
    case 'conferenceStarted':
    case 'callTransferred':
    case 'returnedToQueue':
    case 'outsideConnected':
    case 'outsideFailed':
      return await changeLegs(trx, event, at)
    case 'callMuted':
      return
    case 'takingMessage':
      return await setCall(trx, event.call, { status: 'takingMessage' })
    case 'callEnded':
      return await callEnded(trx, event, at, hooks)
    case 'citizenLostByUs':
      return event.isCalledBack ? undefined : await hooks.citizenLostByUs(trx, event.call)
    case 'callWrappedUp':
      return await callWrappedUp(trx, event, at, hooks)
    case 'messageLeft':
      return await messageLeft(trx, event, hooks)
    default:
      return unreachable(event)
  }
}

async function setCall(trx: Trx, call: CallId, changes: UpdateObject<Database, 'calls'>): Promise<void> {
  await trx.updateTable('calls').set(changes).where('id', '=', call).execute()
}

async function setStatusUnlessEnded(trx: Trx, call: CallId, status: CallStatus): Promise<void> {
  await trx
    .updateTable('calls')
    .set({ status })
    .where('id', '=', call)
    .where('ended_at', 'is', null)
    .execute()
}

/** Whose line is lost while three talk leaves two who go on. */
async function holdUnlessOthersTalk(trx: Trx, call: CallId): Promise<void> {
  await trx
    .updateTable('calls')
    .set({ status: 'onHold' })
    .where('id', '=', call)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`not exists (select from talk_intervals where call = ${call} and ended_at is null)`)
    .execute()
}

function callerColumns(caller: Caller) {
  return {
    caller_raw: caller.raw,
    caller_name: caller.name ?? null,
    caller_e164: caller.e164 ?? null,
    caller_confidence: caller.confidence,
    user_agent: caller.userAgent ?? null,
  }
}

async function callArrived(trx: Trx, event: Event<'callArrived'>, noticedAt: Date) {
  const at = event.arrivedAt === undefined ? noticedAt : new Date(event.arrivedAt)
  await trx
    .insertInto('calls')
    .values({
      id: event.call,
      node: event.node,
      trunk: event.trunk,
      did: event.did,
      status: 'greeting',
      arrived_at: at,
      callback: event.callback ?? null,
      previous: event.previous ?? null,
      queue: event.queue ?? null,
      topic: event.topic ?? null,
      language: event.language ?? null,
      ...callerColumns(event.caller),
    })
    .execute()
  await beginRecording(trx, event, at)
}

async function beginRecording(
  trx: Trx,
  { call, legs }: Pick<Event<'callArrived'>, 'call' | 'legs'>,
  startedAt: Date,
): Promise<void> {
  await trx
    .insertInto('recordings')
    .values({
      call,
      status: 'recording',
      citizen_leg: legs.citizen,
      agent_leg: legs.agent,
      started_at: startedAt,
    })
    // A call that ends in a message without the server may be known already.
    .onConflict((oc) => oc.doNothing())
    .execute()
}

async function callAnswered(trx: Trx, call: CallId, at: Date) {
  await setCall(trx, call, {
    answered_at: at,
    // A citizen who was called back may be talking by then.
    status: sql<CallStatus>`case when status = 'greeting' then 'menu' else status end`,
  })
}

async function callRefused(trx: Trx, event: Event<'callRefused'>, at: Date) {
  await trx
    .insertInto('calls')
    .values({
      id: event.call,
      node: event.node,
      trunk: event.trunk ?? null,
      did: event.did,
      status: 'refused',
      arrived_at: at,
      ended_at: at,
      ended_by: 'system',
      refused_reason: event.reason,
      lost_reason: 'refused',
      ...callerColumns(event.caller),
    })
    .execute()
}

async function callQueued(trx: Trx, event: Event<'callQueued'>, at: Date) {
  // Whose agent did not come back in time: the others' parts were over before.
  await closeLeg(trx, event.call, { at, as: 'lineLost' })
  const meantFor = { meant_for: event.only ?? null }
  await trx
    .insertInto('queue_visits')
    .values({ call: event.call, queue: event.queue, entered_at: at, ...meantFor })
    // Taken up after a restart, a call is told again to wait where it waits already; he for whom it waited may be gone.
    .onConflict((oc) => oc.columns(['call', 'queue']).where('left_at', 'is', null).doUpdateSet(meantFor))
    .execute()
  await setCall(trx, event.call, {
    status: 'waiting',
    queue: event.queue,
    language: event.language,
    topic: event.topic ?? null,
    priority: event.priority ?? 0,
    // A caller who is put back keeps the moment from which he has waited.
    queued_at: sql`coalesce(queued_at, ${at})`,
    waiting_since: event.since === undefined ? at : new Date(event.since),
  })
}

async function callOpenedToAll(trx: Trx, call: CallId) {
  const visit = trx.updateTable('queue_visits').set({ meant_for: null }).where('call', '=', call)
  await visit.where('left_at', 'is', null).execute()
}

async function callLeftQueue(trx: Trx, event: Event<'callLeftQueue'>, noticedAt: Date) {
  const { call, queue, reason } = event
  const at = event.leftAt === undefined ? noticedAt : new Date(event.leftAt)
  if (await closeVisit(trx, call, { at, reason })) return
  // It was not let in.
  await trx.insertInto('queue_visits').values({ call, queue, entered_at: at, left_at: at, reason }).execute()
  await setCall(trx, call, { queue, queued_at: sql`coalesce(queued_at, ${at})` })
}

async function callOffered(trx: Trx, { offer, call, agent }: Event<'callOffered'>, at: Date) {
  await trx.insertInto('offers').values({ id: offer, call, agent, offered_at: at }).execute()
  await setCall(trx, call, { status: 'offered' })
}

async function offerEnded(trx: Trx, { offer, call, as, callback }: Event<'offerEnded'>, at: Date) {
  await trx.updateTable('offers').set({ ended_at: at, ended_as: as }).where('id', '=', offer).execute()
  if (as !== 'answered' && !callback) await setStatusUnlessEnded(trx, call, 'waiting')
}

async function callConnected(trx: Trx, event: Event<'callConnected'>, at: Date) {
  await setCall(trx, event.call, {
    status: 'talking',
    agent: event.agent,
    connected_at: sql`coalesce(connected_at, ${at})`,
    // What an earlier agent made of it stands with his part; the call is the new agent's to classify.
    outcome: null,
    note: null,
    wrapped_up_at: null,
  })
  await openLeg(trx, event.call, { role: 'agent', who: { agent: event.agent }, at })
  await openTalk(trx, event.call, { at, agent: event.agent })
  await talksIn(trx, event)
}

async function callEnded(trx: Trx, event: Event<'callEnded'>, noticedAt: Date, hooks: ProjectionHooks) {
  const at = event.endedAt === undefined ? noticedAt : new Date(event.endedAt)
  await closeTalk(trx, event.call, { at })
  await closeLeg(trx, event.call, { at, as: 'ended' })
  // Of a call that ended while nobody watched its queue: he gave up waiting.
  await closeVisit(trx, event.call, { at, reason: 'abandoned' })
  await setCall(trx, event.call, {
    status: 'ended',
    ended_at: at,
    ended_by: event.endedBy,
    lost_reason: event.lost ?? null,
    cause: event.cause,
    talk_seconds: event.talkSeconds,
    hold_seconds: event.holdSeconds,
  })
  await endRecording(trx, event.call, at)
  await hooks.callEnded(trx, event.call)
}

/** Whether there was one: a call waits in one queue at a time. */
async function closeVisit(
  trx: Trx,
  call: CallId,
  { at, reason }: { at: Date; reason: QueueExit },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('queue_visits')
    .set({ left_at: sql`greatest(entered_at, ${at}::timestamptz)`, reason })
    .where('call', '=', call)
    .where('left_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0
}

async function endRecording(trx: Trx, call: CallId, at: Date) {
  await trx
    .updateTable('recordings')
    .set({ ended_at: at, expected_seconds: sql<number>`extract(epoch from ${at}::timestamptz - started_at)` })
    .where('call', '=', call)
    .execute()
}

async function callWrappedUp(trx: Trx, event: Event<'callWrappedUp'>, at: Date, hooks: ProjectionHooks) {
  const { agent, call, citizen, note, outcome } = event
  await wrapUpLeg(trx, event, at)
  // Memory cannot say whether there is such a citizen, and a wrong one must not cost the rest.
  const named = sql<CitizenId>`(select id from citizens where id = ${citizen ?? null})`
  const isHis = trx
    .updateTable('calls')
    .where('id', '=', call)
    .where((eb) => eb.or([eb('agent', '=', agent), eb('agent', 'is', null)]))
  await isHis.set({ outcome, note, wrapped_up_at: at, citizen: named }).execute()
  // Whoever handed it on may know the citizen all the same.
  const isAnothers = trx.updateTable('calls').where('id', '=', call).where('agent', '<>', agent)
  if (citizen) await isAnothers.set({ citizen: sql`coalesce(citizen, ${named})` }).execute()
  if (citizen) await hooks.citizenNamed(trx, { call, citizen })
  if (outcome === 'disputed') await hooks.callDisputed(trx, call)
  await trx.deleteFrom('wrap_up_drafts').where('call', '=', call).where('agent', '=', agent).execute()
}

/** A call the engine handled alone: its row is written when it is told of, unless the server had seen it arrive. */
async function messageLeft(trx: Trx, event: Event<'messageLeft'>, hooks: ProjectionHooks) {
  const at = new Date(event.endedAt)
  const arrivedAt = new Date(event.arrivedAt)
  const lost = event.messageFromSeconds === undefined ? 'abandoned' : 'messageLeft'
  const ended = { status: 'ended' as const, ended_at: at, ended_by: 'citizen' as const, lost_reason: lost }
  await trx
    .insertInto('calls')
    .values({
      id: event.call,
      node: event.node,
      trunk: event.trunk,
      did: event.did,
      arrived_at: arrivedAt,
      ...ended,
      ...callerColumns(event.caller),
    })
    .onConflict((oc) => oc.column('id').doUpdateSet(ended))
    .execute()
  await beginRecording(trx, event, arrivedAt)
  await endRecording(trx, event.call, at)
  // He waited when the engine was left alone with him.
  await closeVisit(trx, event.call, { at, reason: lost })
  await hooks.messageLeft(trx, event.call)
  await hooks.callEnded(trx, event.call)
}
