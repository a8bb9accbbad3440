import type { Insertable, Transaction } from 'kysely'
import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'
import type { Database } from './schema.ts'

/** What every event has; the rest of it is its own. */
export type LoggedEvent = { type: string; call?: CallId; appeal?: AppealId; by?: StaffId }

type Row = Insertable<Database['events']>

/** As PostgreSQL bounds the parameters of a statement. */
const ROWS_AT_ONCE = 5_000

/** Appends many at once: what one change did to a great number of rows. */
export async function recordAll<Event extends LoggedEvent>(
  trx: Transaction<Database>,
  events: readonly Event[],
): Promise<void> {
  for (let first = 0; first < events.length; first += ROWS_AT_ONCE) {
    const rows = events.slice(first, first + ROWS_AT_ONCE).map(rowOf)
    await trx.insertInto('events').values(rows).execute()
  }
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
