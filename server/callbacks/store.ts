/** The rows of callbacks. They are written with the calls' journal; memory (book.ts) is what decides. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { CallbackRow } from '#contract/callbacks.ts'
import type { CallId } from '#core/lib/ids.ts'
import { unreachable } from '#core/lib/assert.ts'
import { isOpenCallback } from '#core/calls/callback-status.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import type { CallbackEvent } from './events.ts'
import type { OpenCallback } from './ports.ts'

type Db = Kysely<Database>

/** More were never promised in one call. */
const OF_A_CALL_MAX = 20
type Event<Type extends CallbackEvent['type']> = Extract<CallbackEvent, { type: Type }>

/** Carries out what an event says, in the transaction in which it is recorded. */
export async function writeCallback(
  trx: Transaction<Database>,
  event: CallbackEvent,
  at: Date,
): Promise<void> {
  switch (event.type) {
    case 'callbackPromised':
      return await promised(trx, event, at)
    case 'callbackOffered': {
      const { offer: id, call, agent } = event
      return void (await trx.insertInto('offers').values({ id, call, agent, offered_at: at }).execute())
    }
    case 'callbackMoved':
      return await moved(trx, event, at)
    default:
      return unreachable(event)
  }
}

async function promised(trx: Transaction<Database>, event: Event<'callbackPromised'>, at: Date) {
  const { callback: id, call, trunk, did, number, queue, topic, language, priority, reason, by, only } = event
  await trx
    .insertInto('callbacks')
    .values({
      id,
      call,
      trunk,
      did,
      number,
      queue,
      topic: topic ?? null,
      language,
      priority,
      reason,
      promised_by: by ?? null,
      meant_for: only ?? null,
      status: 'waiting',
      since: new Date(event.since),
      promised_at: at,
      due_at: new Date(event.dueAt),
      expires_at: new Date(event.expiresAt),
    })
    .execute()
}

async function moved(trx: Transaction<Database>, event: Event<'callbackMoved'>, at: Date) {
  const { callback, to, attempts, dueAt, agent, cause, by } = event
  await trx
    .updateTable('callbacks')
    .set({
      status: to,
      attempts,
      due_at: new Date(dueAt),
      ended_at: isOpenCallback(to) ? null : at,
      ...(agent && { agent }),
      ...(cause && { cause }),
      ...(by && { cancelled_by: by }),
    })
    .where('id', '=', callback)
    .execute()
}

/** All that are owed, oldest promise first. */
export async function owedCallbacks(db: Db): Promise<OpenCallback[]> {
  const rows = await db
    .selectFrom('callbacks')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('promised_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    call: row.call,
    trunk: row.trunk,
    did: row.did,
    number: row.number,
    queue: row.queue,
    ...(row.topic && { topic: row.topic }),
    ...(row.promised_by && { by: row.promised_by }),
    ...(row.meant_for && { only: row.meant_for }),
    language: row.language,
    since: row.since.getTime(),
    priority: row.priority,
    reason: row.reason,
    promisedAt: row.promised_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    status: row.status,
    attempts: row.attempts,
    dueAt: row.due_at.getTime(),
    agent: row.agent ?? undefined,
  }))
}

/** How often each number was promised a call since then. */
export async function promisesSince(db: Db, since: Date): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('callbacks')
    .select(['number', sql<number>`count(*)::integer`.as('promises')])
    .where('promised_at', '>=', since)
    .groupBy('number')
    .execute()
  return new Map(rows.map(({ number, promises }) => [number, promises]))
}

/** Those that are owed, by their place; then the latest of the others. */
export async function listCallbacks(db: Db, limit: number): Promise<CallbackRow[]> {
  const rows = await selectRows(db)
    .orderBy((eb) => eb('ended_at', 'is', null), 'desc')
    .orderBy('ended_at', 'desc')
    .orderBy('since')
    .limit(limit)
    .execute()
  return rows.map(rowOf)
}

/** What whoever called was promised in one call, the latest first. */
export async function callbacksOfCall(db: Db, call: CallId): Promise<CallbackRow[]> {
  const rows = await selectRows(db)
    .where('call', '=', call)
    .orderBy('promised_at', 'desc')
    .limit(OF_A_CALL_MAX)
    .execute()
  return rows.map(rowOf)
}

function selectRows(db: Db) {
  return db
    .selectFrom('callbacks')
    .leftJoin('queues', 'queues.id', 'callbacks.queue')
    .leftJoin('staff_members as agents', 'agents.id', 'callbacks.agent')
    .leftJoin('staff_members as cancellers', 'cancellers.id', 'cancelled_by')
    .leftJoin('staff_members as promisers', 'promisers.id', 'promised_by')
    .leftJoin('staff_members as meant', 'meant.id', 'meant_for')
    .selectAll('callbacks')
    .select([
      'queues.names as queue_names',
      'agents.name as agent_name',
      'cancellers.name as cancelled_by_name',
      'promisers.name as promised_by_name',
      'meant.name as meant_for_name',
    ])
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

function rowOf(row: Selected): CallbackRow {
  return {
    id: row.id,
    call: row.call,
    number: displayNumber(row.number),
    queue: row.queue,
    ...(row.queue_names && { queueNames: row.queue_names }),
    language: row.language,
    reason: row.reason,
    status: row.status,
    attempts: row.attempts,
    since: row.since.getTime(),
    promisedAt: row.promised_at.getTime(),
    dueAt: row.due_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    cause: row.cause,
    promisedByName: row.promised_by_name,
    meantForName: row.meant_for_name,
    agentName: row.agent_name,
    cancelledByName: row.cancelled_by_name,
    place: null,
  }
}

/** Also those that are retired: what was set for them does no harm. */
export async function listQueues(db: Db): Promise<QueueId[]> {
  const rows = await db.selectFrom('queues').select('id').execute()
  return rows.map(({ id }) => id)
}
