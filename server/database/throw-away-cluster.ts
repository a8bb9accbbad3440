/**
 * A PostgreSQL for one run of tests or of a benchmark: made, migrated and gone with it. As root it runs as the
 * system user `nobody`, for PostgreSQL refuses root.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { chown, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import { readSettings } from '../config.ts'
import {
  acceptsConnections,
  type Cluster,
  clusterCommand,
  createCluster,
  ensureDatabase,
  installBinaries,
  PACKAGED_BINARIES,
  prepareStart,
} from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPool } from './pool.ts'

const START_MS = 20_000
const POLL_MS = 20
const PASSWORD = 'only-behind-the-socket-of-this-run'
const DATABASE = 'javob'
/** What is written here need not survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

export type ThrowAwayCluster = {
  folder: string
  cluster: Cluster
  address: { host: string; port: number; user: string; password: string }
  /** Migrated. */
  database: string
  stop(signal: 'SIGQUIT' | 'SIGINT'): Promise<void>
}

type Wanted = { prefix: string; settings?: Record<string, string>; rights?: 'createdb' }

export async function startThrowAwayCluster({ prefix, settings, rights }: Wanted): Promise<ThrowAwayCluster> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  const owner = process.getuid?.() === 0 ? nobody() : undefined
  if (owner) await chown(folder, owner.uid, owner.gid)
  const cluster: Cluster = {
    binaries: owner ? await installBinaries(readSettings({}).cache) : PACKAGED_BINARIES,
    directory: join(folder, 'data'),
    socketDirectory: folder,
    port: 5432,
    ...(owner && { owner }),
  }
  await createCluster(cluster)
  const postgres = await start(cluster, folder, { ...FAST, ...settings })
  await ensureDatabase(cluster, PASSWORD, rights)
  const address = { host: folder, port: cluster.port, user: 'javob', password: PASSWORD }
  const pool = openPool({ ...address, database: DATABASE }, pino({ level: 'silent' }))
  await migrate(pool)
  await pool.end()
  return { folder, cluster, address, database: DATABASE, stop: (signal) => stop(postgres, signal) }
}

async function start(
  cluster: Cluster,
  folder: string,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  await prepareStart(cluster)
  const { command, args, cwd, env } = clusterCommand(cluster, settings)
  const output = openSync(join(folder, 'postgres.log'), 'a')
  // Should the run be killed, its database goes with it.
  const postgres = spawn('setpriv', ['--pdeathsig', 'QUIT', command, ...args], {
    cwd,
    env,
    stdio: ['ignore', output, output],
    ...cluster.owner,
  })
  const deadline = performance.now() + START_MS
  while (!(await acceptsConnections(cluster))) {
    if (postgres.exitCode !== null || performance.now() > deadline) {
      await stop(postgres, 'SIGQUIT')
      throw new Error(
        `PostgreSQL did not start: ${readFileSync(join(folder, 'postgres.log'), 'utf8').slice(-1000)}`,
      )
    }
    await delay(POLL_MS)
  }
  return postgres
}

async function stop(postgres: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (postgres.exitCode !== null || postgres.signalCode !== null) return
  postgres.kill(signal)
  await once(postgres, 'exit')
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error('There is no system user nobody')
  return { uid: Number(uid), gid: Number(gid) }
}
