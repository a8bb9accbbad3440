/**
 * Brings the database to the newest schema: plain numbered .sql files, each in a
 * transaction of its own, under an advisory lock. A file that was applied and has
 * changed since stops the server: history is added to, never rewritten. A number is
 * taken when a change is begun: some were never used, two files may share one, and a
 * lower one may come to a copy after a higher. So no file counts on another that is
 * not older than both.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

const MIGRATION_LOCK = 7_290_001
const FOLDER = new URL('./migrations/', import.meta.url)

export type Migration = { name: string; sql: string; checksum: string }

/** The migrations of this version, in order. Read at load: the checkout may be out of reach later. */
export const MIGRATIONS: readonly Migration[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => {
    const sql = readFileSync(new URL(name, FOLDER), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })

/** Applies what is missing and returns the names of what it applied. */
export async function migrate(pool: pg.Pool, migrations = MIGRATIONS): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(`create table if not exists migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migrations',
    )
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    refuseForeignHistory(applied, migrations)

    const done: string[] = []
    for (const migration of migrations.filter(({ name }) => !applied.has(name))) {
      await applyOne(client, migration)
      done.push(migration.name)
    }
    return done
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}

function refuseForeignHistory(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  for (const [name, checksum] of applied) {
    const ours = migrations.find((migration) => migration.name === name)
    if (!ours)
      throw new Error(
        `The database is of a newer version: it holds migration ${name}. Start that version instead.`,
      )
    if (ours.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it was applied. Restore the file and add a new migration.`,
      )
    }
  }
}

async function applyOne(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed and was undone`, { cause: error })
  }
}
