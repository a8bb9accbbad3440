/** A PostgreSQL of a benchmark's own, as a copy has it, migrated and gone with the run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { Fault, readSettings } from '../../server/config.ts'
import {
  acceptsConnections,
  type Cluster,
  clusterCommand,
  createCluster,
  ensureDatabase,
  installBinaries,
  PACKAGED_BINARIES,
  prepareStart,
} from '../../server/database/embedded.ts'
import { migrate } from '../../server/database/migrate.ts'
import { openPool } from '../../server/database/pool.ts'
import { openLog } from '../../server/log.ts'

const START_MS = 20_000
const POLL_MS = 50
const PASSWORD = 'only-behind-the-socket-of-this-run'
/** What is measured is reading; what was written for it need not survive a power cut. */
const SEEDED_FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

export async function withDatabase<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'javob-bench-pg-'))
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
  await prepareStart(cluster)
  const { command, args, cwd, env } = clusterCommand(cluster, SEEDED_FAST)
  const output = openSync(join(folder, 'postgres.log'), 'a')
  const postgres = spawn('setpriv', ['--pdeathsig', 'QUIT', command, ...args], {
    cwd,
    env,
    stdio: ['ignore', output, output],
    ...cluster.owner,
  })
  try {
    const until = performance.now() + START_MS
    while (!(await acceptsConnections(cluster))) {
      if (postgres.exitCode !== null || performance.now() > until)
        throw new Fault('PostgreSQL did not start', 'Look at ./javob doctor')
      await delay(POLL_MS)
    }
    await ensureDatabase(cluster, PASSWORD)
    const address = { host: folder, port: cluster.port, user: 'javob', password: PASSWORD, database: 'javob' }
    // Seeding takes longer than any request may.
    const pool = openPool({ ...address, statement_timeout: 0 }, openLog('silent'))
    try {
      await migrate(pool)
      return await work(pool)
    } finally {
      await pool.end()
    }
  } finally {
    postgres.kill('SIGQUIT')
    if (postgres.exitCode === null) await once(postgres, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}
