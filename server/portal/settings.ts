/** What an organisation says of its portal. Until somebody does, there is no announcement and no name is shown. */
import type { Kysely } from 'kysely'
import { PortalSettings } from '#contract/portal.ts'
import type { Database } from '../database/schema.ts'

const SETTING = 'portal'

export async function readPortalSettings(db: Kysely<Database>): Promise<PortalSettings> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst()
  return PortalSettings.parse(row?.value ?? {})
}

export async function writePortalSettings(db: Kysely<Database>, settings: PortalSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await db
    .insertInto('settings')
    .values({ name: SETTING, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, changed_at: new Date() }))
    .execute()
}
