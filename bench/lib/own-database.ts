/** A PostgreSQL of a benchmark's own, migrated and gone with the run. */
import { rm } from 'node:fs/promises'
import type pg from 'pg'
import { openPool } from '../../server/database/pool.ts'
import { startThrowAwayCluster } from '../../server/database/throw-away-cluster.ts'
import { openLog } from '../../server/log.ts'

/** What is written survives a power cut, as in a copy that is used: for figures that a commit is part of. */
export const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

export async function withDatabase<T>(
  work: (pool: pg.Pool) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const { address, database, folder, stop } = await startThrowAwayCluster({
    prefix: 'javob-bench-pg-',
    settings,
  })
  // Seeding takes longer than any request may.
  const pool = openPool({ ...address, database, statement_timeout: 0 }, openLog('silent'))
  try {
    return await work(pool)
  } finally {
    await pool.end()
    await stop('SIGQUIT')
    await rm(folder, { recursive: true, force: true })
  }
}
