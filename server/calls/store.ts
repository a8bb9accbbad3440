/** Calls as they are read: lists, the card, and what is known of a caller. Rows are written by projection.ts alone. */
import { type Kysely, sql } from 'kysely'
import type { CallRow } from '#contract/calls.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import { openRequests, signOutsAfterCall } from './agent-time-store.ts'

type Db = Kysely<Database>

const EARLIER_CALLS_MAX = 5
const EARLIER_CALLS_DAYS = 30
const CALL_MAX_HOURS = 12

export type CallsFilter = { before?: Date; limit: number; search?: string; agent?: AgentId }

const callColumns = [
  'calls.id',
  'calls.arrived_at',
  'calls.queued_at',
  'calls.connected_at',
  'calls.ended_at',
  'calls.caller_e164',
  'calls.caller_raw',
  'calls.status',
  'calls.language',
  'calls.queue',
  'queues.names as queue_names',
  'calls.topic',
  'calls.talk_seconds',
  'calls.outcome',
  'calls.lost_reason',
  'staff_members.name as agent_name',
  'recordings.status as recording_status',
] as const

function rowsQuery(db: Db) {
  return db
    .selectFrom('calls')
    .leftJoin('staff_members', 'staff_members.id', 'calls.agent')
    .leftJoin('recordings', 'recordings.call', 'calls.id')
    .leftJoin('queues', 'queues.id', 'calls.queue')
    .select(callColumns)
}

type RawRow = Awaited<ReturnType<ReturnType<typeof rowsQuery>['executeTakeFirstOrThrow']>>

function callRow(row: RawRow): CallRow {
  const waitedUntil = row.connected_at ?? row.ended_at
  return {
    id: row.id,
    arrivedAt: row.arrived_at.getTime(),
    number: displayNumber(row.caller_e164 ?? row.caller_raw),
    status: row.status,
    language: row.language,
    queue: row.queue,
    ...(row.queue_names && { queueNames: row.queue_names }),
    topic: row.topic,
    agentName: row.agent_name,
    waitSeconds:
      row.queued_at && waitedUntil ? (waitedUntil.getTime() - row.queued_at.getTime()) / 1000 : null,
    talkSeconds: row.talk_seconds,
    outcome: row.outcome,
    lostReason: row.lost_reason,
    recording: row.recording_status,
  }
}

/** Newest first. */
export async function listCalls(db: Db, filter: CallsFilter): Promise<CallRow[]> {
  const rows = await rowsQuery(db)
    .$if(filter.before !== undefined, (query) => query.where('calls.arrived_at', '<', filter.before as Date))
    .$if(filter.agent !== undefined, (query) => query.where(hadPart(filter.agent as AgentId)))
    .$if(Boolean(filter.search), (query) => query.where(matches(filter.search as string)))
    .orderBy('calls.arrived_at', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(callRow)
}

/** A number by any run of its digits, else an agent's name. */
function matches(search: string) {
  const digits = search.replace(/\D/g, '')
  const name = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return digits.length >= 3
    ? sql<boolean>`(calls.caller_e164 like ${`%${digits}%`} or calls.caller_raw like ${`%${digits}%`})`
    : sql<boolean>`staff_members.name ilike ${name}`
}

export async function findCallRow(db: Db, call: CallId): Promise<CallRow | undefined> {
  const row = await rowsQuery(db).where('calls.id', '=', call).executeTakeFirst()
  return row && callRow(row)
}

/** Whether the agent has, or had, a part in the call. */
function hadPart(agent: AgentId) {
  return sql<boolean>`(calls.agent = ${agent}
    or exists (select from call_legs where call_legs.call = calls.id and call_legs.agent = ${agent}))`
}

/** Who has, or had, a part in the call, for deciding who may see it; nothing if there is no such call. */
export async function findCallAgents(db: Db, call: CallId): Promise<readonly AgentId[] | undefined> {
  return (await agentsOfCalls(db, [call])).get(call)
}

/** Who has or had a part in each of them; calls that there are not are left out. */
export async function agentsOfCalls(
  db: Db,
  calls: readonly CallId[],
): Promise<ReadonlyMap<CallId, readonly AgentId[]>> {
  const { rows } = await sql<{ id: CallId; agents: AgentId[] }>`
    select id, array(select agent from call_legs where call = calls.id and agent is not null)
      || array_remove(array[agent], null) as agents
    from calls where id = any(${calls})`.execute(db)
  return new Map(rows.map(({ id, agents }) => [id, agents]))
}

export async function earlierCalls(db: Db, e164: string, before: Date) {
  const rows = await db
    .selectFrom('calls')
    .leftJoin('staff_members', 'staff_members.id', 'calls.agent')
    .select(['calls.id', 'arrived_at', 'outcome', 'topic', 'staff_members.name as agent_name'])
    .where('caller_e164', '=', e164)
    .where('arrived_at', '<', before)
    .where('arrived_at', '>', new Date(before.getTime() - EARLIER_CALLS_DAYS * 86_400_000))
    .orderBy('arrived_at', 'desc')
    .limit(EARLIER_CALLS_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    arrivedAt: row.arrived_at.getTime(),
    outcome: row.outcome,
    topic: row.topic,
    agentName: row.agent_name,
  }))
}

/** Rows of calls that had not ended when the server last wrote; after a restart each is adopted or closed. */
export async function unfinishedCalls(db: Db) {
  return await db
    .selectFrom('calls')
    .leftJoin('recordings', 'recordings.call', 'calls.id')
    .leftJoin('callbacks', 'callbacks.id', 'calls.callback')
    .select([
      'citizen_leg',
      // Whoever was called back has waited since his first call.
      'callbacks.since as kept_place',
      'calls.id',
      'calls.trunk',
      'calls.did',
      'calls.status',
      'calls.language',
      'calls.path',
      'calls.keys',
      'calls.callback',
      'calls.queue',
      'calls.topic',
      'calls.priority',
      'calls.agent',
      'calls.arrived_at',
      'calls.answered_at',
      'calls.queued_at',
      'calls.waiting_since',
      'calls.connected_at',
      'caller_raw',
      'caller_name',
      'caller_e164',
      'caller_confidence',
      'user_agent',
    ])
    .select([
      // Before the spell that goes on; two agents may have been heard at once.
      sql<number>`coalesce((select extract(epoch from sum(upper(spell) - lower(spell))) from unnest((
        select range_agg(tstzrange(started_at, least(ended_at, (select min(started_at) from talk_intervals
          where call = calls.id and ended_at is null)))) from talk_intervals
        where call = calls.id and ended_at is not null and started_at < coalesce((select min(started_at)
          from talk_intervals where call = calls.id and ended_at is null), 'infinity'))) as spell), 0)::float8`.as(
        'talked_seconds',
      ),
      sql<Date | null>`(select min(started_at) from talk_intervals
        where call = calls.id and ended_at is null)`.as('talking_since'),
      sql<string | null>`(select outside from call_legs
        where call = calls.id and outside is not null and ended_at is null limit 1)`.as('outside'),
      sql<Date | null>`(select entered_at from queue_visits
        where call = calls.id and left_at is null)`.as('in_queue_from'),
      sql<AgentId | null>`(select meant_for from queue_visits
        where call = calls.id and left_at is null)`.as('meant_for'),
      sql<Date | null>`(select max(ended_at) from talk_intervals where call = calls.id)`.as('talked_until'),
      sql<QueueExit | null>`(select reason from queue_visits where call = calls.id
        order by entered_at desc, left_at desc nulls first limit 1)`.as('queue_exit'),
    ])
    .where('calls.ended_at', 'is', null)
    .orderBy('arrived_at')
    .execute()
}

/** Of a server that has died: its own offers end in its memory first. */
export async function openOffers(db: Db) {
  const open = db.selectFrom('offers').select(['id', 'call', 'agent']).where('ended_at', 'is', null)
  return await open.orderBy('offered_at').execute()
}

/**
 * Agents who had not signed off, each with his part of the call of his status, or, where older rows do not name it,
 * with the last one he has or had a part in. As many questions as for one agent: a server that starts is waited for.
 */
export async function unfinishedDesks(db: Db) {
  const [rows, parts, requests, leaving] = await Promise.all([
    openIntervals(db),
    lastParts(db),
    openRequests(db),
    signOutsAfterCall(db),
  ])
  const partOf = new Map(parts.map(({ agent, ...part }) => [agent, part]))
  return rows.map((row) => ({
    ...row,
    request: requests.get(row.agent),
    leaving: leaving.get(row.agent),
    lastCall: partOf.get(row.agent),
  }))
}

async function openIntervals(db: Db) {
  return await db
    .selectFrom('agent_status_intervals as now')
    .select([
      'agent',
      'status',
      'reason',
      'started_at',
      'cause',
      'call',
      'limit_at',
      'extensions',
      'is_over_limit',
      sql<number>`(select count(*) from offers where agent = now.agent and ended_as = 'answered'
        and offered_at >= ${SIGNED_ON_AT})::integer`.as('answered'),
    ])
    .where('ended_at', 'is', null)
    .execute()
}

/** His newest interval before which he was signed out: between two others there is no gap. */
const SIGNED_ON_AT = sql`(select started_at from agent_status_intervals as first where agent = now.agent
  and started_at is distinct from (select ended_at from agent_status_intervals as earlier
    where agent = now.agent and earlier.started_at < first.started_at order by started_at desc limit 1)
  order by started_at desc limit 1)`

async function lastParts(db: Db) {
  return await db
    .selectFrom('agent_status_intervals as now')
    .innerJoin('call_legs as leg', (join) =>
      join
        .onRef('leg.agent', '=', 'now.agent')
        .on((eb) => eb.or([eb('now.cause', 'is', null), eb('leg.call', '=', eb.ref('now.call'))])),
    )
    .distinctOn('now.agent')
    .select(['now.agent', 'leg.call as id', 'leg.role', 'leg.started_at', 'leg.ended_at'])
    .where('now.ended_at', 'is', null)
    .where('leg.wrapped_up_at', 'is', null)
    // Who helped has nothing to wrap up.
    .where((eb) => eb.or([eb('leg.role', '=', 'agent'), eb('leg.ended_at', 'is', null)]))
    .orderBy('now.agent')
    .orderBy(sql`leg.ended_at is not null`)
    .orderBy('leg.started_at', 'desc')
    .execute()
}

/** Who spoke with whom since then, in the order in which the talks ended. */
export async function talksSince(db: Db, since: Date) {
  const rows = await db
    .selectFrom('calls')
    .select(['caller_raw', 'caller_e164', 'caller_confidence', 'agent', 'ended_at'])
    .where('ended_at', '>=', since)
    // An index of arrivals is all there is; no call lasts so long.
    .where('arrived_at', '>=', new Date(since.getTime() - CALL_MAX_HOURS * 3_600_000))
    .where('agent', 'is not', null)
    .where('caller_e164', 'is not', null)
    .orderBy('ended_at')
    .execute()
  return rows.flatMap((row) =>
    row.agent && row.caller_e164 && row.ended_at
      ? {
          caller: { raw: row.caller_raw, e164: row.caller_e164, confidence: row.caller_confidence },
          agent: row.agent,
          endedAt: row.ended_at.getTime(),
        }
      : [],
  )
}

/** Of those in use, and of all there ever were: calls keep the name of their queue. */
export async function listQueueNames(db: Db) {
  const rows = await db.selectFrom('queues').select(['id', 'names', 'retired_at']).execute()
  const named = (row: (typeof rows)[number]) => [row.id, row.names] as [string, Texts]
  const inUse = rows.filter(({ retired_at: retiredAt }) => retiredAt === null)
  return { all: new Map(rows.map(named)), inUse: new Map(inUse.map(named)) }
}

/** The trunks in use, as the engine is told of them. */
export async function listTrunks(db: Db) {
  const rows = await db.selectFrom('trunks').selectAll().where('active', '=', true).orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    peerAddresses: row.peer_addresses,
    ...(row.registration && { registration: row.registration }),
    didPatterns: row.did_patterns,
    codecs: row.codecs,
    maxCalls: row.max_calls,
    numberFormat: row.number_format,
    ...(row.outbound_uri && { outboundUri: row.outbound_uri }),
  }))
}
