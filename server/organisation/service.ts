/** What the organisation is called, and what its numbers begin with. One organisation per running copy. */
import type { Kysely, Transaction } from 'kysely'
import type { Texts } from '#core/lib/languages.ts'
import type { Database } from '../database/schema.ts'

export type Organisation = {
  /** A short word that stays when the name changes; part of the key of each appeal. */
  code: string
  names: Texts
  /** Before the year in the number of an appeal. */
  appealPrefix: string
  /** The number people call. */
  shortNumber: string
}

const SETTING = 'organisation'

export async function readOrganisation(db: Kysely<Database>): Promise<Organisation | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst()
  return row?.value as Organisation | undefined
}

/** The organisation of a copy that has been set up. */
export async function theOrganisation(db: Kysely<Database>): Promise<Organisation> {
  const organisation = await readOrganisation(db)
  if (!organisation) throw new Error('The organisation has not been set up')
  return organisation
}

export async function writeOrganisation(
  trx: Transaction<Database>,
  organisation: Organisation,
): Promise<void> {
  const value = JSON.stringify(organisation)
  await trx
    .insertInto('settings')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: new Date() }))
    .execute()
}
