/** A PostgreSQL of a benchmark's own, migrated and gone with the run. */
import { rm } from 'node:fs/promises'
import type pg from 'pg'
import { openPool } from '../../server/database/pool.ts'
import { startThrowAwayCluster } from '../../server/database/throw-away-cluster.ts'
import { openLog } from '../../server/log.ts'

export async function withDatabase<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const { address, database, folder, stop } = await startThrowAwayCluster({ prefix: 'javob-bench-pg-' })
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
