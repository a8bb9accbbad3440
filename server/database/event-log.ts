import { type Insertable, type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import type { Database } from './schema.ts'

/** What every event has; the rest of it is its own. */
export type LoggedEvent = { type: string; call?: CallId; appeal?: AppealId; by?: StaffId }

type Row = Insertable<Database['events']>

/** Appends many at once: what one change did to a great number of rows. */
export async function recordAll<Event extends LoggedEvent>(
  trx: Transaction<Database>,
  events: readonly Event[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(rowOf)
  // By columns: a statement with a parameter for each value would be longer than all of them.
  await sql`insert into ${sql.table('events')} (type, call, appeal, actor, body)
    select type, call, appeal, actor, body from unnest(${rows.map(({ type }) => type)}::text[],
      ${rows.map(({ call }) => call)}::uuid[], ${rows.map(({ appeal }) => appeal)}::uuid[],
      ${rows.map(({ actor }) => actor)}::uuid[], ${rows.map(({ body }) => body)}::jsonb[])
      with ordinality as one (type, call, appeal, actor, body, place) order by place`.execute(trx)
}

/**
 * The same for what one statement did to more rows than should travel here and back: a part of that statement, which
 * appends one of these events for each row of `from`, in the order of its appeals. `from` has the columns `appeal` and `body`.
 */
export function recordEach<Event extends LoggedEvent>(
  { type, by }: Pick<Event, 'type' | 'by'>,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`insert into events (type, appeal, actor, body)
    select ${type}, appeal, ${by ?? null}::uuid, body from ${from} order by appeal`
}

function rowOf({ type, call, appeal, by, ...body }: LoggedEvent): Row {
  return {
    type,
    call: call ?? null,
    appeal: appeal ?? null,
    actor: by ?? null,
    body: JSON.stringify(body),
  }
}

/**
 * Appends to the log of everything that happened.
 *
 * It takes a transaction, so an event is recorded if and only if the change it
 * tells of is. The log is the audit trail, what the live screens follow, and
 * what the reports are computed from.
 *
 * With a `key`, an event that is already there is not written again; the answer
 * says whether it was new.
 */
export async function record<Event extends LoggedEvent>(
  trx: Transaction<Database>,
  event: Event,
  replayed?: { at: Date; key: string },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('events')
    .values({ ...rowOf(event), key: replayed?.key ?? null, ...(replayed && { at: replayed.at }) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export type Keyed<Event extends LoggedEvent> = { event: Event; at: Date; key: string }

/** Appends those that are not there already, in their order and by one statement. Returns the keys of the new ones. */
export async function recordNew<Event extends LoggedEvent>(
  trx: Transaction<Database>,
  events: readonly Keyed<Event>[],
): Promise<ReadonlySet<string>> {
  const rows = events.map(({ event }) => rowOf(event))
  const { rows: inserted } = await sql<{ key: string }>`
    insert into events (type, call, appeal, actor, body, at, key)
    select type, call, appeal, actor, body, at, key from unnest(${rows.map(({ type }) => type)}::text[],
      ${rows.map(({ call }) => call)}::uuid[], ${rows.map(({ appeal }) => appeal)}::uuid[],
      ${rows.map(({ actor }) => actor)}::uuid[], ${rows.map(({ body }) => body)}::jsonb[],
      ${events.map(({ at }) => at)}::timestamptz[], ${events.map(({ key }) => key)}::text[])
      with ordinality as one (type, call, appeal, actor, body, at, key, place) order by place
    on conflict (key) do nothing returning key`.execute(trx)
  return new Set(inserted.map(({ key }) => key))
}

/** Which of these keys are in the log. */
export async function writtenKeys(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`select key from events where key = any(${keys})`.execute(db)
  return new Set(rows.map(({ key }) => key))
}

/** Who looked at what, once a day for each person: a page that is open is read again with every change. */
export async function recordOncePerDay<Event extends LoggedEvent>(
  db: Kysely<Database>,
  event: Event & { by: StaffId },
  { about, at }: { about: string; at: Instant },
): Promise<void> {
  const key = `${event.type} ${about} ${event.by} ${tashkentDay(at)}`
  await db.transaction().execute((trx) => record<Event>(trx, event, { at: new Date(at), key }))
}
