/** Everything kept of one call, on one card. */
import type { Kysely } from 'kysely'
import type { CallCard } from '#contract/calls.ts'
import type { CallId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import { findCallRow } from './store.ts'

const TIMELINE_MAX_EVENTS = 500

/** Facts of an event that say nothing to a reader or belong to the log alone. */
const NOT_SHOWN = ['legs', 'caller', 'node', 'offer', 'number']

/** Of one moment: a call that ends while its card is put together is on it as going on, or as ended, never half of each. */
export async function callCard(db: Kysely<Database>, id: CallId): Promise<CallCard | undefined> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => readCard(trx, id))
}

async function readCard(db: Kysely<Database>, id: CallId): Promise<CallCard | undefined> {
  const row = await findCallRow(db, id)
  if (!row) return undefined
  const [call, next, topics, offers, talk, recording, appeals, timeline] = await Promise.all([
    findFacts(db, id),
    findNext(db, id),
    findTopics(db, id),
    findOffers(db, id),
    findTalk(db, id),
    findRecording(db, id),
    db.selectFrom('appeals').select(['id', 'number']).where('call', '=', id).orderBy('number').execute(),
    findTimeline(db, id),
  ])
  return {
    ...row,
    previous: call.previous,
    next: next?.id ?? null,
    callerRaw: call.caller_raw,
    callerName: call.caller_name ?? '',
    did: call.did,
    trunk: call.trunk,
    path: call.path,
    keys: call.keys,
    answeredAt: call.answered_at?.getTime() ?? null,
    queuedAt: call.queued_at?.getTime() ?? null,
    connectedAt: call.connected_at?.getTime() ?? null,
    endedAt: call.ended_at?.getTime() ?? null,
    endedBy: call.ended_by,
    holdSeconds: call.hold_seconds,
    note: call.note,
    topics,
    citizen: call.citizen && call.citizen_name ? { id: call.citizen, name: call.citizen_name } : null,
    offers,
    talk,
    recordingCard: recording,
    appeals,
    timeline,
  }
}

async function findFacts(db: Kysely<Database>, id: CallId) {
  return await db
    .selectFrom('calls')
    .leftJoin('citizens', 'citizens.id', 'calls.citizen')
    .selectAll('calls')
    .select('citizens.name as citizen_name')
    .where('calls.id', '=', id)
    .executeTakeFirstOrThrow()
}

async function findNext(db: Kysely<Database>, id: CallId) {
  const following = db.selectFrom('calls').select('id').where('previous', '=', id)
  return await following.orderBy('arrived_at').executeTakeFirst()
}

async function findTopics(db: Kysely<Database>, id: CallId) {
  return await db
    .selectFrom('call_topics')
    .innerJoin('topics', 'topics.code', 'call_topics.topic')
    .select(['topics.code', 'topics.names'])
    .where('call', '=', id)
    .orderBy('position')
    .execute()
}

async function findOffers(db: Kysely<Database>, id: CallId) {
  const rows = await db
    .selectFrom('offers')
    .innerJoin('staff_members', 'staff_members.id', 'offers.agent')
    .select(['staff_members.name', 'offered_at', 'ended_at', 'ended_as'])
    .where('call', '=', id)
    .orderBy('offered_at')
    .execute()
  return rows.map((row) => ({
    agentName: row.name,
    offeredAt: row.offered_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    endedAs: row.ended_as,
  }))
}

async function findTalk(db: Kysely<Database>, id: CallId) {
  const rows = await db
    .selectFrom('talk_intervals')
    .innerJoin('staff_members', 'staff_members.id', 'talk_intervals.agent')
    .select(['staff_members.name', 'started_at', 'ended_at'])
    .where('call', '=', id)
    .orderBy('started_at')
    .execute()
  return rows.map((row) => ({
    agentName: row.name,
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
  }))
}

async function findRecording(db: Kysely<Database>, id: CallId): Promise<CallCard['recordingCard']> {
  const row = await db
    .selectFrom('recordings')
    .select(['status', 'started_at', 'citizen_seconds', 'agent_seconds', 'gap_seconds', 'peaks', 'problem'])
    .where('call', '=', id)
    .executeTakeFirst()
  if (!row) return null
  return {
    status: row.status,
    startedAt: row.started_at.getTime(),
    seconds: row.citizen_seconds === null ? null : Math.max(row.citizen_seconds, row.agent_seconds ?? 0),
    gapSeconds: row.gap_seconds,
    peaks: row.peaks,
    problem: row.problem,
  }
}

async function findTimeline(db: Kysely<Database>, id: CallId): Promise<CallCard['timeline']> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('staff_members', 'staff_members.id', 'events.actor')
    .select(['events.at', 'events.type', 'events.body', 'staff_members.name'])
    .where('call', '=', id)
    .orderBy('events.at')
    .orderBy('events.id')
    .limit(TIMELINE_MAX_EVENTS)
    .execute()
  return rows.map(({ at, type, body, name }) => ({
    at: at.getTime(),
    type,
    actorName: name,
    detail: Object.fromEntries(Object.entries(body).filter(([key]) => !NOT_SHOWN.includes(key))),
  }))
}
