/**
 * A real PostgreSQL for a test file: a cluster of its own in a temporary folder,
 * reached by a unix socket, migrated to the newest schema, gone when the file is
 * done. As root it runs as the system user `nobody`, for PostgreSQL refuses root.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import pino from 'pino'
import { afterAll } from 'vitest'
import { readSettings } from '../config.ts'
import {
  acceptsConnections,
  type Cluster,
  clusterCommand,
  createCluster,
  ensureDatabase,
  installBinaries,
  type Owner,
  prepareStart,
} from './embedded.ts'
import { migrate } from './migrate.ts'
import { openDatabase, openPool } from './pool.ts'
import type { Database } from './schema.ts'

const START_MS = 20_000
const POLL_MS = 20
const PASSWORD = 'only-behind-the-socket-of-this-test'
/** What a test writes need not survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '32MB' }

export type TestDatabase = { db: Kysely<Database>; pool: pg.Pool; connection: pg.PoolConfig }

/** To be awaited once at the top of a test file, or in its beforeAll; it is taken down after the file's last test. */
export async function testDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'javob-pg-'))
  const owner = process.getuid?.() === 0 ? systemUser('nobody') : undefined
  if (owner) await chown(folder, owner.uid, owner.gid)
  const cluster: Cluster = {
    binaries: await installBinaries(readSettings({}).cache),
    directory: join(folder, 'data'),
    socketDirectory: folder,
    port: 5432,
    ...(owner && { owner }),
  }
  await createCluster(cluster)
  const postgres = await start(cluster, folder)
  await ensureDatabase(cluster, PASSWORD)

  const connection = {
    host: folder,
    port: cluster.port,
    user: 'javob',
    password: PASSWORD,
    database: 'javob',
  }
  const pool = openPool(connection, pino({ level: 'silent' }))
  const db = openDatabase(pool)
  afterAll(async () => {
    await db.destroy()
    await stop(postgres)
    await rm(folder, { recursive: true, force: true })
  })
  await migrate(pool)
  return { db, pool, connection }
}

async function start(cluster: Cluster, folder: string): Promise<ChildProcess> {
  await prepareStart(cluster)
  const { command, args, cwd, env } = clusterCommand(cluster, FAST)
  const output = openSync(join(folder, 'postgres.log'), 'a')
  // Should the test runner be killed, its database goes with it.
  const postgres = spawn('setpriv', ['--pdeathsig', 'QUIT', command, ...args], {
    cwd,
    env,
    stdio: ['ignore', output, output],
    ...cluster.owner,
  })
  const deadline = performance.now() + START_MS
  while (!(await acceptsConnections(cluster))) {
    if (postgres.exitCode !== null || performance.now() > deadline) {
      await stop(postgres)
      throw new Error(
        `PostgreSQL did not start: ${readFileSync(join(folder, 'postgres.log'), 'utf8').slice(-1000)}`,
      )
    }
    await delay(POLL_MS)
  }
  return postgres
}

async function stop(postgres: ChildProcess): Promise<void> {
  if (postgres.exitCode !== null || postgres.signalCode !== null) return
  postgres.kill('SIGQUIT')
  await once(postgres, 'exit')
}

function systemUser(name: string): Owner {
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find((entry) => entry[0] === name) ?? []
  if (uid === undefined || gid === undefined) throw new Error(`There is no system user ${name}`)
  return { uid: Number(uid), gid: Number(gid) }
}
