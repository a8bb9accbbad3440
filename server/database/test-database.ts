/**
 * A real PostgreSQL database for a test file: a copy of the migrated one in the
 * cluster of this run, dropped when the file is done, kept when a test of it failed.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { afterAll, inject, type RunnerTestSuite } from 'vitest'
import { openDatabase, openPool } from './pool.ts'
import type { Database } from './schema.ts'
import { KEPT } from './test-cluster.ts'

export type TestDatabase = { db: Kysely<Database>; pool: pg.Pool; connection: pg.PoolConfig }

/** insufficient_privilege */
const NOT_ALLOWED = '42501'

/** To be awaited once at the top of a test file, or in its beforeAll. */
export async function testDatabase(): Promise<TestDatabase> {
  const { template, ...address } = inject('testCluster')
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const asOwner = async (statement: string) => {
    const client = new pg.Client({ ...address, database: 'postgres' })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await asOwner(`create database ${name} template ${template}`)

  const connection = { ...address, database: name }
  const pool = openPool(connection, pino({ level: 'silent' }))
  const db = openDatabase(pool)
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the pattern: without one it gives nothing.
  afterAll(async ({}, suite) => {
    await db.destroy()
    if (hasFailed(suite)) appendFileSync(join(address.host, KEPT), `${name}\n`)
    else await droppedSoon(() => asOwner(`drop database ${name} with (force)`))
  })
  return { db, pool, connection }
}

/** PostgreSQL's own worker that vacuums it may be ended by a superuser alone; it is soon done by itself. */
async function droppedSoon(drop: () => Promise<void>, triesLeft = 20): Promise<void> {
  try {
    await drop()
  } catch (error) {
    if (triesLeft === 0 || !(error instanceof pg.DatabaseError) || error.code !== NOT_ALLOWED) throw error
    await delay(250)
    await droppedSoon(drop, triesLeft - 1)
  }
}

function hasFailed(suite: Readonly<RunnerTestSuite>): boolean {
  return suite.tasks.some(
    (task) => task.result?.state === 'fail' || (task.type === 'suite' && hasFailed(task)),
  )
}
