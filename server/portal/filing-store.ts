import { type Kysely, sql, type Transaction } from 'kysely'
import type { AttachmentType } from '#core/attachments/attachment-types.ts'
import { assert } from '#core/lib/assert.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Filing } from '#core/portal/filing.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

export type NewFiling = { key: string; visitor: Buffer; language: WrittenLanguage; filing: Filing }

function columnsOf({ isConfidential, ...filing }: Filing) {
  return { ...filing, is_confidential: isConfidential }
}

/** As `lockFiling`; made if there is none. */
export async function lockOrAddFiling(trx: Trx, { key, visitor, language, filing }: NewFiling) {
  await trx
    .insertInto('portal_filings')
    .values({ key, visitor, language, ...columnsOf(filing) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const form = await lockFiling(trx, key)
  assert(form, 'a form that was just added is there')
  return form
}

/** The row of the form, which nobody else changes until the transaction ends; nothing if there is none. */
export async function lockFiling(trx: Trx, key: string) {
  return await trx
    .selectFrom('portal_filings')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst()
}

/** What was changed since it was first sent. Says which code is left: one that went to another telephone is not. */
export async function putFiling(
  trx: Trx,
  key: string,
  { language, filing }: Pick<NewFiling, 'language' | 'filing'>,
): Promise<string | null> {
  const { code } = await trx
    .updateTable('portal_filings')
    .set({ language, ...columnsOf(filing), code: sql`case when e164 = ${filing.e164} then code end` })
    .where('key', '=', key)
    .returning('code')
    .executeTakeFirstOrThrow()
  return code
}

export async function putFilingCode(trx: Trx, key: string, code: string): Promise<void> {
  await trx.updateTable('portal_filings').set({ code }).where('key', '=', key).execute()
}

export async function findFiling(db: Db, key: string) {
  return await db.selectFrom('portal_filings').selectAll().where('key', '=', key).executeTakeFirst()
}

/** Of a person without a telephone there is no code. */
type Proof = { e164: string | null; code: string | null; at: Date }

/**
 * Whoever files is proven; from here on the appeal is registered even if nobody waits for it any more. False, and
 * nothing is done, if the form names another telephone or waits for another code by now.
 */
export async function putProven(trx: Trx, key: string, { e164, code, at }: Proof): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('portal_filings')
    .set({ proven_at: at })
    .where('key', '=', key)
    .where('e164', 'is not distinct from', e164)
    .where('code', 'is not distinct from', code)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  await sql`select graphile_worker.add_job('registerFiling', json_build_object('form', ${key}::text),
    job_key => ${`filing:${key}`})`.execute(trx)
  return true
}

/** Its words stand in the appeal now. Whose telephone it was, if there was one, and of which card. */
export async function putFiledAppeal(trx: Trx, appeal: AppealId) {
  return await trx
    .updateTable('portal_filings')
    .from('appeals')
    .innerJoin('citizens', 'citizens.id', 'appeals.citizen')
    .set({ appeal, name: null, text: null })
    .whereRef('portal_filings.key', '=', 'appeals.request_key')
    .where('appeals.id', '=', appeal)
    .returning(['portal_filings.key', 'portal_filings.e164', 'citizens.shown_as'])
    .executeTakeFirst()
}

export async function findFiledAppeal(db: Db, appeal: AppealId) {
  return await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['number', 'registered_on', 'due_on', 'follow_series'])
    .where('id', '=', appeal)
    .executeTakeFirstOrThrow()
}

/** Given up before that moment: what was written down goes. */
export async function deleteAbandoned(db: Db, before: Date): Promise<bigint> {
  const { numDeletedRows } = await db
    .deleteFrom('portal_filings')
    .where('proven_at', 'is', null)
    .where('filed_at', '<', before)
    .executeTakeFirstOrThrow()
  return numDeletedRows
}

type FormFile = { form: string; sha256: string; name: string; type: AttachmentType; bytes: number }

export async function addFormFile(trx: Trx, { form, sha256, name, type, bytes }: FormFile): Promise<void> {
  await trx
    .insertInto('portal_files')
    .values({ form, sha256, name, type, bytes })
    .onConflict((conflict) => conflict.columns(['form', 'sha256']).doNothing())
    .execute()
}

export async function listFormFiles(db: Db, form: string) {
  return await db
    .selectFrom('portal_files')
    .select(['id', 'name', 'bytes'])
    .where('form', '=', form)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
}

export async function deleteFormFile(db: Db, form: string, id: string): Promise<void> {
  await db.deleteFrom('portal_files').where('form', '=', form).where('id', '=', id).execute()
}

/** They are the appeal's from now on. */
export async function takeFormFiles(trx: Trx, form: string) {
  const files = await trx
    .deleteFrom('portal_files')
    .where('form', '=', form)
    .returning(['id', 'sha256', 'name', 'type', 'bytes', 'added_at'])
    .execute()
  return files.toSorted((one, other) => one.added_at.getTime() - other.added_at.getTime())
}
