/**
 * Takes away files that nothing names and what broke off half way.
 *
 * Whoever sends a file holds its row while he puts it into place, and so does whoever takes it away: the second of them
 * waits, and then sees what the first has done.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/schema.ts'

/** What a file is called until it is whole. */
export const PART = '.part'
const SWEPT_AT_ONCE_MAX = 500
/** A hundred thousand files in one night; what is over goes in the next. */
const PASSES_MAX = 200

/** Every table that names files stands here. */
const isUnnamed = sql<boolean>`not exists (select from attachments where attachments.sha256 = stored_files.sha256)
  and not exists (select from document_templates where document_templates.sha256 = stored_files.sha256)
  and not exists (select from appeal_documents
    where appeal_documents.docx = stored_files.sha256 or appeal_documents.pdf = stored_files.sha256)
  and not exists (select from portal_files where portal_files.sha256 = stored_files.sha256)`

export type Sweeping = { db: Kysely<Database>; folder: string; before: Date }

export function pathIn(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Says how many files went. */
export async function sweepFiles(sweeping: Sweeping): Promise<number> {
  let gone = 0
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const taken = await sweepUnnamed(sweeping)
    if (taken === 0) break
    gone += taken
  }
  return gone + (await sweepFolder(sweeping))
}

async function sweepUnnamed(sweeping: Sweeping): Promise<number> {
  let gone = 0
  for (const sha256 of await listUnnamed(sweeping)) gone += await takeAway(sha256, sweeping)
  return gone
}

async function listUnnamed({ db, before }: Sweeping): Promise<string[]> {
  const rows = await db
    .selectFrom('stored_files')
    .select('sha256')
    .where('seen_at', '<', before)
    .where(isUnnamed)
    .limit(SWEPT_AT_ONCE_MAX)
    .execute()
  return rows.map(({ sha256 }) => sha256)
}

async function takeAway(sha256: string, { db, folder, before }: Sweeping): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    // Sent again or named meanwhile, it is not among these any more.
    const row = await trx
      .selectFrom('stored_files')
      .select('sha256')
      .where('sha256', '=', sha256)
      .where('seen_at', '<', before)
      .where(isUnnamed)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return 0
    await trx.deleteFrom('stored_files').where('sha256', '=', sha256).execute()
    await rm(pathIn(folder, sha256), { force: true })
    return 1
  })
}

/** Parts, and files whose row never came: a server that died between the two left them. */
async function sweepFolder(sweeping: Sweeping): Promise<number> {
  const { before, folder } = sweeping
  let gone = 0
  for (const name of await namesIn(folder)) {
    const path = join(folder, name)
    if (name.endsWith(PART)) gone += await removeIfOlder(path, before)
    else for (const sha256 of await namesIn(path)) gone += await sweepRowless(sha256, sweeping)
  }
  return gone
}

async function sweepRowless(sha256: string, { db, folder, before }: Sweeping): Promise<number> {
  if (!(await isOlder(pathIn(folder, sha256), before))) return 0
  return await db.transaction().execute(async (trx) => {
    // Whoever sends the same now waits for this row, and puts his file into place after it is gone.
    const adopted = await trx
      .insertInto('stored_files')
      .values({ sha256, bytes: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .returning('sha256')
      .executeTakeFirst()
    if (!adopted) return 0
    await rm(pathIn(folder, sha256), { force: true })
    await trx.deleteFrom('stored_files').where('sha256', '=', sha256).execute()
    return 1
  })
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

async function isOlder(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.mtime < before
}

async function removeIfOlder(path: string, before: Date): Promise<number> {
  if (!(await isOlder(path, before))) return 0
  await rm(path, { force: true })
  return 1
}
