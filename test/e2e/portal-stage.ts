/** The portal as it runs, with a database of its own and messages that can be read, for a browser to visit. */
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { MONDAY_MORNING, testOffice } from '../../server/appeals/test-office.ts'
import { openDatabase, openPool } from '../../server/database/pool.ts'
import { startThrowAwayCluster } from '../../server/database/throw-away-cluster.ts'
import { testPortal } from '../../server/portal/test-portal.ts'

export async function startPortal() {
  const cluster = await startThrowAwayCluster({ prefix: 'javob-portal-' })
  const pool = openPool({ ...cluster.address, database: cluster.database }, pino({ level: 'silent' }))
  const db = openDatabase(pool)
  const office = await testOffice(db)
  const portal = await testPortal({ db, pool }, MONDAY_MORNING)
  await portal.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = portal.app.server.address() as AddressInfo
  return {
    ...portal,
    office,
    db,
    address: `http://127.0.0.1:${port}/portal/`,
    async close(): Promise<void> {
      await portal.app.close()
      await db.destroy()
      await cluster.stop('SIGQUIT')
      await rm(cluster.folder, { recursive: true, force: true })
    },
  }
}
