/** The rows of what agents send to whoever calls. */
import { type Kysely, sql } from 'kysely'
import type { CallMessage } from '#contract/messages.ts'
import type { CallId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

export async function findReadyCall(db: Db, call: CallId) {
  return await db
    .selectFrom('calls')
    .select(['caller_e164', 'caller_raw', 'caller_confidence', 'language', 'ended_at'])
    .where('id', '=', call)
    .executeTakeFirst()
}

/** One after the other for each number, so that two windows do not both send the last one that is allowed. */
export async function lockNumber(trx: Db, e164: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('readyMessages'), hashtext(${e164}))`.execute(trx)
}

export async function countSentTo(db: Db, e164: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('e164', '=', e164)
    .where('kind', '=', 'ready')
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow()
  return count
}

/** What was sent in a call, or is on its way; the first one first. */
export async function sentInCall(db: Db, call: CallId): Promise<CallMessage[]> {
  const rows = await db
    .selectFrom('messages')
    .innerJoin('staff_members', 'staff_members.id', 'messages.sent_by')
    .select([
      'messages.id',
      'ready',
      'text',
      'status',
      'segments',
      'messages.created_at',
      'staff_members.name',
    ])
    .where('call', '=', call)
    .orderBy('messages.created_at')
    .orderBy('messages.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    ready: row.ready ?? '',
    text: row.text ?? '',
    status: row.status,
    parts: row.segments,
    sentAt: row.created_at.getTime(),
    byName: row.name,
  }))
}
