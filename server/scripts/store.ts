import type { Kysely } from 'kysely'
import type { Script } from '#core/scripts/script.ts'
import type { Database } from '../database/schema.ts'

export type Version = { key: string; version: number; body: Script }

/** Which version is published counts by its number. */
export async function newestVersion(db: Kysely<Database>, key: string): Promise<Version | undefined> {
  const row = await db
    .selectFrom('scripts')
    .select(['key', 'version', 'body'])
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row && { ...row, body: row.body as Script }
}

/** Somebody who was quicker with the same version keeps it. */
export async function insertVersion(db: Kysely<Database>, { key, version, body }: Version): Promise<void> {
  await db
    .insertInto('scripts')
    .values({ key, version, body: JSON.stringify(body) })
    .onConflict((oc) => oc.doNothing())
    .execute()
}
