/** The SQL of scripts: version 0 is the draft, everything else was published and is never written over. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { StaffId } from '#core/lib/ids.ts'
import type { Script } from '#core/scripts/script.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const SCRIPTS_LOCK = 7_290_022
const LISTED_MAX_VERSIONS = 100
export const DRAFT = 0

/** One change at a time. */
export async function lockScripts(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SCRIPTS_LOCK})`.execute(trx)
}

export type Version = { key: string; version: number; body: Script }

export async function newestVersion(db: Db, key: string): Promise<Version | undefined> {
  const row = await db
    .selectFrom('scripts')
    .select(['key', 'version', 'body'])
    .where('key', '=', key)
    .where('version', '>', DRAFT)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, body: row.body as Script }
}

/** The draft first, then the newest. */
export async function listVersions(db: Db, key: string) {
  const rows = await withNames(db)
    .where('key', '=', key)
    .orderBy(sql`scripts.version = ${DRAFT}`, 'desc')
    .orderBy('scripts.version', 'desc')
    .limit(LISTED_MAX_VERSIONS)
    .execute()
  return rows.map(rowOf)
}

export async function findVersion(db: Db, key: string, version: number) {
  const row = await withNames(db)
    .where('key', '=', key)
    .where('scripts.version', '=', version)
    .executeTakeFirst()
  return row && rowOf(row)
}

function withNames(db: Db) {
  return db
    .selectFrom('scripts')
    .leftJoin('staff_members as savers', 'savers.id', 'scripts.saved_by')
    .leftJoin('staff_members as publishers', 'publishers.id', 'scripts.published_by')
    .select(['version', 'body', 'saved_at', 'published_at', 'restored'])
    .select(['savers.name as savedByName', 'publishers.name as publishedByName'])
}

function rowOf({
  body,
  saved_at,
  published_at,
  ...row
}: Awaited<ReturnType<ReturnType<typeof withNames>['execute']>>[number]) {
  const script = body as Script
  return {
    ...row,
    savedAt: saved_at.getTime(),
    publishedAt: published_at?.getTime() ?? null,
    steps: script.steps.length,
    body: script,
  }
}

/** Somebody who was quicker with the same version keeps it. */
export async function insertVersion(db: Db, { key, version, body }: Version): Promise<void> {
  await db
    .insertInto('scripts')
    .values({ key, version, body: JSON.stringify(body), published_at: new Date() })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function putDraft(
  trx: Trx,
  { key, body, by, at }: { key: string; body: Script; by: StaffId; at: Date },
): Promise<void> {
  const written = { body: JSON.stringify(body), saved_at: at, saved_by: by }
  await trx
    .insertInto('scripts')
    .values({ key, version: DRAFT, ...written })
    .onConflict((oc) => oc.columns(['key', 'version']).doUpdateSet(written))
    .execute()
}

export async function deleteDraft(trx: Trx, key: string): Promise<void> {
  await trx.deleteFrom('scripts').where('key', '=', key).where('version', '=', DRAFT).execute()
}

type Published = Version & {
  savedAt: Date
  savedBy: StaffId | null
  publishedAt: Date
  publishedBy: StaffId
  restored: number | null
}

export async function insertPublished(trx: Trx, row: Published): Promise<void> {
  await trx
    .insertInto('scripts')
    .values({
      key: row.key,
      version: row.version,
      body: JSON.stringify(row.body),
      saved_at: row.savedAt,
      saved_by: row.savedBy,
      published_at: row.publishedAt,
      published_by: row.publishedBy,
      restored: row.restored,
    })
    .execute()
}
