import type { Kysely, Transaction } from 'kysely'
import { DocumentSettings } from '#contract/documents.ts'
import type { Database } from '../database/schema.ts'

const SETTING = 'documents'

export async function readDocumentSettings(db: Kysely<Database>): Promise<DocumentSettings> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst()
  return DocumentSettings.parse(row?.value ?? { language: 'uz' })
}

export async function writeDocumentSettings(
  trx: Transaction<Database>,
  settings: DocumentSettings,
): Promise<void> {
  const value = JSON.stringify(settings)
  await trx
    .insertInto('settings')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: new Date() }))
    .execute()
}
