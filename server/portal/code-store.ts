import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** Until the end of the transaction nobody else asks for a code to this number: a hundred at once count as a hundred. */
export async function lockCodesOf(trx: Trx, e164: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`code ${e164}`}, 0))`.execute(trx)
}

export async function listCodesSince(
  trx: Trx,
  e164: string,
  since: Date,
): Promise<{ id: string; sentAt: number }[]> {
  const rows = await trx
    .selectFrom('phone_codes')
    .select(['id', 'sent_at'])
    .where('e164', '=', e164)
    .where('sent_at', '>', since)
    .execute()
  return rows.map(({ id, sent_at }) => ({ id, sentAt: sent_at.getTime() }))
}

export type NewCode = { id: string; e164: string; visitor: Buffer; hash: Buffer; sent_at: Date }

export async function insertCode(trx: Trx, code: NewCode): Promise<void> {
  await trx.insertInto('phone_codes').values(code).execute()
}

export async function findCode(db: Db, id: string, visitor: Buffer) {
  return await db
    .selectFrom('phone_codes')
    .selectAll()
    .where('id', '=', id)
    .where('visitor', '=', visitor)
    .executeTakeFirst()
}

export async function lockCode(trx: Trx, id: string, visitor: Buffer) {
  return await trx
    .selectFrom('phone_codes')
    .selectAll()
    .where('id', '=', id)
    .where('visitor', '=', visitor)
    .forUpdate()
    .executeTakeFirst()
}

export async function countTry(trx: Trx, id: string, usedAt: Date | null): Promise<void> {
  await trx
    .updateTable('phone_codes')
    .set({ tries: sql`tries + 1`, used_at: usedAt })
    .where('id', '=', id)
    .execute()
}
