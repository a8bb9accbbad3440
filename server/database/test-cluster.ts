/**
 * One real PostgreSQL for a whole run of the tests, with a migrated database in it
 * that every test file gets a copy of. Vitest starts it before the server's tests and
 * stops it after them; what a failed file leaves is kept to be looked at.
 *
 * As root it runs as the system user `nobody`, for PostgreSQL refuses root.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
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

/** What a test file needs to make its copy. */
export type TestCluster = { host: string; port: number; user: string; password: string; template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    testCluster: TestCluster
  }
}

/** A file of this name in the cluster's folder names the databases of failed tests. */
export const KEPT = 'kept'

const PREFIX = 'javob-pg-'
const START_MS = 20_000
const POLL_MS = 20
const KEPT_HOURS = 24
const PASSWORD = 'only-behind-the-socket-of-this-test'
/** What a test writes need not survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' }

let running: { postgres: ChildProcess; cluster: Cluster; folder: string } | undefined

/** Also for a benchmark that needs nothing but a database. */
export async function setup(project: Pick<TestProject, 'provide'>): Promise<void> {
  await removeLongKept()
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
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
  const postgres = await start(cluster, folder)
  running = { postgres, cluster, folder }
  await ensureDatabase(cluster, PASSWORD, 'createdb')

  const address = { host: folder, port: cluster.port, user: 'javob', password: PASSWORD }
  const pool = openPool({ ...address, database: 'javob' }, pino({ level: 'silent' }))
  await migrate(pool)
  await pool.end()
  project.provide('testCluster', { ...address, template: 'javob' })
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
      await stop(postgres, 'SIGQUIT')
      throw new Error(
        `PostgreSQL did not start: ${readFileSync(join(folder, 'postgres.log'), 'utf8').slice(-1000)}`,
      )
    }
    await delay(POLL_MS)
  }
  return postgres
}

/** Vitest calls it when the run is over. */
export async function teardown(): Promise<void> {
  if (!running) return
  const { postgres, folder } = running
  const { binaries, directory } = running.cluster
  const kept = join(folder, KEPT)
  if (!existsSync(kept)) {
    await stop(postgres, 'SIGQUIT')
    return rm(folder, { recursive: true, force: true })
  }
  await stop(postgres, 'SIGINT')
  const databases = readFileSync(kept, 'utf8').trim().split('\n').join(', ')
  const command = `${join(binaries, 'bin/postgres')} -D ${directory} -k ${folder} -c listen_addresses=`
  process.stderr.write(
    `Kept for a day, databases of failed tests: ${databases}\n  setpriv --reuid=nobody ${command}\n`,
  )
}

async function stop(postgres: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (postgres.exitCode !== null || postgres.signalCode !== null) return
  postgres.kill(signal)
  await once(postgres, 'exit')
}

/** Also what a killed run left: its PostgreSQL went with it. */
async function removeLongKept(): Promise<void> {
  const oldest = Date.now() - KEPT_HOURS * 3_600_000
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const at = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? oldest
    if (at < oldest) await rm(folder, { recursive: true, force: true })
  }
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error('There is no system user nobody')
  return { uid: Number(uid), gid: Number(gid) }
}
