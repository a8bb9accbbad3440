import { makeWorkerUtils } from 'graphile-worker'
import type pg from 'pg'

/** What a killed worker had taken is let go, for whoever works next: it would stay locked for hours. */
export async function letGoOfLeftWork(pool: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool })
  const { rows } = await pool.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker._private_jobs where locked_by is not null',
  )
  if (rows.length > 0) await utils.forceUnlockWorkers(rows.map((row) => row.locked_by))
  await utils.release()
}
