/** Everything kept of one call, on one card. */
import { type Kysely, sql } from 'kysely'
import type { CallCard } from '#contract/calls.ts'
import type { CallId } from '#core/lib/ids.ts'
import { choiceNames } from '#core/ivr/choice-names.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { Texts } from '#core/lib/languages.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import { callbacksOfCall } from '../callbacks/service.ts'
import type { Database } from '../database/schema.ts'
import { MAIN_FLOW } from '../ivr/service.ts'
import { sentInCall } from '../messages/service.ts'
import { readScripts } from './script-read.ts'
import { findCallRow } from './store.ts'

const TIMELINE_MAX_EVENTS = 500

/** Facts of an event that say nothing to a reader or belong to the log alone. */
const NOT_SHOWN = ['legs', 'caller', 'node', 'offer', 'number', 'script', 'message', 'ready']

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
  const topics = await findTopics(db, id)
  const walked = await findWalked(db, row.arrivedAt)
  const [call, next, legs, offers, talk, recording, appeals, messages, callbacks, timeline] =
    await Promise.all([
      findFacts(db, id),
      findNext(db, id),
      findLegs(db, id, topics),
      findOffers(db, id),
      findTalk(db, id),
      findRecording(db, id),
      db
        .selectFrom('appeals')
        .select(['id', 'number'])
        .where('call', '=', id)
        // A report of corruption is seen by nobody but those who handle it.
        .where('track', '<>', 'trust')
        .orderBy('number')
        .execute(),
      sentInCall(db, id),
      callbacksOfCall(db, id),
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
    choiceNames: walked ? choiceNames(walked, call.path) : {},
    keys: call.keys,
    answeredAt: call.answered_at?.getTime() ?? null,
    queuedAt: call.queued_at?.getTime() ?? null,
    connectedAt: call.connected_at?.getTime() ?? null,
    endedAt: call.ended_at?.getTime() ?? null,
    endedBy: call.ended_by,
    holdSeconds: call.hold_seconds,
    note: call.note,
    topics: distinctTopics(topics),
    citizen: call.citizen_id && call.citizen_name ? { id: call.citizen_id, name: call.citizen_name } : null,
    offers,
    talk,
    legs,
    recordingCard: recording,
    appeals,
    messages,
    callbacks,
    timeline,
  }
}

async function findFacts(db: Kysely<Database>, id: CallId) {
  return await db
    .selectFrom('calls')
    .leftJoin('citizens as filed', 'filed.id', 'calls.citizen')
    // His card may have been merged into another since.
    .leftJoin('citizens', 'citizens.id', 'filed.shown_as')
    .selectAll('calls')
    .select(['citizens.id as citizen_id', 'citizens.name as citizen_name'])
    .where('calls.id', '=', id)
    .executeTakeFirstOrThrow()
}

/** The menu as it was when the call came: a choice is called as the caller heard it. */
async function findWalked(db: Kysely<Database>, arrivedAt: number): Promise<Flow | undefined> {
  const row = await db
    .selectFrom('flow_versions')
    .select('body')
    .where('flow', '=', MAIN_FLOW)
    .where('published_at', '<=', new Date(arrivedAt))
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body as Flow | undefined
}

async function findNext(db: Kysely<Database>, id: CallId) {
  const following = db.selectFrom('calls').select('id').where('previous', '=', id)
  return await following.orderBy('arrived_at').executeTakeFirst()
}

async function findLegs(db: Kysely<Database>, id: CallId, topics: LegTopic[]): Promise<CallCard['legs']> {
  const rows = await db
    .selectFrom('call_legs')
    .leftJoin('staff_members', 'staff_members.id', 'call_legs.agent')
    .selectAll('call_legs')
    .select('staff_members.name')
    .select(heardSeconds.as('talk_seconds'))
    .where('call', '=', id)
    .orderBy('number')
    .execute()
  const scripts = await readScripts(
    db,
    rows.map(({ script }) => script),
  )
  return rows.map((row, place) => ({
    name: row.name ?? displayNumber(row.outside ?? ''),
    role: row.role,
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    endedAs: row.ended_as,
    talkSeconds: row.talk_seconds,
    outcome: row.outcome,
    note: row.note,
    topics: topics.filter(({ leg }) => leg === row.number).map(({ code, names }) => ({ code, names })),
    script: scripts[place] ?? null,
  }))
}

/** Of a part: how long he and the citizen heard each other. Somebody outside is heard from his first second with him. */
const heardSeconds = sql<number>`case when call_legs.role = 'outside'
  then extract(epoch from coalesce(call_legs.ended_at, now()) - call_legs.started_at)
  else coalesce((select sum(extract(epoch from least(t.ended_at, call_legs.ended_at, now())
      - greatest(t.started_at, call_legs.started_at)))
    from talk_intervals t where t.call = call_legs.call and t.agent = call_legs.agent
      and t.started_at < coalesce(call_legs.ended_at, 'infinity')
      and coalesce(t.ended_at, 'infinity') > call_legs.started_at), 0) end::float8`

type LegTopic = Awaited<ReturnType<typeof findTopics>>[number]

/** As the topic was called in the version it was chosen from. */
const namesThen = sql<Texts>`coalesce(
  (select node -> 'names' from classifier_versions v, jsonb_array_elements(v.nodes) node
    where v.version = call_topics.classifier and node ->> 'code' = call_topics.topic),
  topics.names)`

async function findTopics(db: Kysely<Database>, id: CallId) {
  return await db
    .selectFrom('call_topics')
    .innerJoin('topics', 'topics.code', 'call_topics.topic')
    .select(['topics.code', namesThen.as('names'), 'call_topics.leg'])
    .where('call', '=', id)
    .orderBy('leg')
    .orderBy('position')
    .execute()
}

/** The last agent's first: what he said of the call holds for the whole. */
function distinctTopics(topics: readonly LegTopic[]): CallCard['topics'] {
  const lastFirst = topics.toSorted((a, b) => b.leg - a.leg)
  const found = new Map<string, CallCard['topics'][number]>()
  for (const { code, names } of lastFirst) if (!found.has(code)) found.set(code, { code, names })
  return [...found.values()]
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
    .select(OTHER_NAME.as('other_name'))
    .where('call', '=', id)
    .orderBy('events.at')
    .orderBy('events.id')
    .limit(TIMELINE_MAX_EVENTS)
    .execute()
  return rows.map(({ at, type, body, name, other_name }) => ({
    at: at.getTime(),
    type,
    actorName: name,
    detail: {
      ...Object.fromEntries(Object.entries(body).filter(([key]) => !NOT_SHOWN.includes(key))),
      ...(other_name !== null && { otherName: displayNumber(other_name) }),
    },
  }))
}

/** Who was consulted, or got the call: a colleague's name, or the number outside. */
const OTHER_NAME = sql<string | null>`coalesce(
  (select name from staff_members
    where id::text = coalesce(events.body -> 'with' ->> 'agent', events.body -> 'to' ->> 'agent')),
  events.body -> 'with' ->> 'number', events.body -> 'to' ->> 'number', events.body ->> 'number')`
