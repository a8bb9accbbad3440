/**
 * The data directory of one copy: made once, checked at every start, with the
 * owners and modes the two system users need and no more.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type DataPaths, dataPaths, Fault, portsFrom, type Secrets } from '../../server/config.ts'
import { clusterVersion, POSTGRES_MAJOR, socketPathTooLong } from '../../server/database/embedded.ts'
import type { SystemUser, SystemUsers } from './system-users.ts'

export const DATA_FORMAT = 1
/** Where data goes when its own place is closed to the system users. */
export const STATE_DIRECTORY = '/var/lib/javob'

/** A file beside a directory there says which path leads to it. */
export const ORIGIN = '.origin'

export type CopyFacts = { format: number; ports: number }

/** The facts of an existing copy, or nothing when there is none. Refuses what is not ours to touch. */
export function readFacts(data: string): CopyFacts | undefined {
  const file = dataPaths(data).facts
  if (!existsSync(file)) {
    const found = existsSync(data) ? readdirSync(data) : []
    if (found.every((name) => name === `${basename(file)}.new`)) return undefined
    throw new Fault(
      `${data} is not empty and holds no data of Javob`,
      'Name an empty or a new directory with --data',
    )
  }
  const facts = parseFacts(readFileSync(file, 'utf8'))
  if (facts?.format !== DATA_FORMAT) {
    throw new Fault(
      `The data in ${data} have format ${facts?.format ?? 'unknown'}, and this Javob reads format ${DATA_FORMAT}`,
      'Start the version that wrote them, or name another --data',
    )
  }
  return facts
}

function parseFacts(text: string): CopyFacts | undefined {
  try {
    return JSON.parse(text) as CopyFacts
  } catch {
    return undefined // The caller says so.
  }
}

/** The base port of this start; a copy keeps the ports it was made with. */
export function agreedPorts(
  data: string,
  facts: CopyFacts | undefined,
  asked: number | undefined,
  fallback: number,
): number {
  if (facts && isFurnished(data) && asked !== undefined && asked !== facts.ports) {
    throw new Fault(
      `The data in ${data} belong to the copy with ports ${facts.ports}`,
      `Start it with --ports ${facts.ports}, or name another --data for ports ${asked}`,
    )
  }
  return asked ?? facts?.ports ?? fallback
}

/** A start that failed before this may be tried again with other ports. */
function isFurnished(data: string): boolean {
  return existsSync(dataPaths(data).secrets)
}

/** Marks the directory as ours before anything else is put into it, so that a start which fails can be repeated. */
export function claimData(data: string, base: number): void {
  if (isFurnished(data)) return
  writeWhole(dataPaths(data).facts, { format: DATA_FORMAT, ports: base } satisfies CopyFacts, 0o644)
}

/** What would only fail later and less clearly. */
export function checkData(data: string, base: number): void {
  const paths = dataPaths(data)
  const version = clusterVersion(paths.postgres)
  if (version !== undefined && version !== POSTGRES_MAJOR) {
    throw new Fault(
      `The database in ${data} was made by PostgreSQL ${version}, and this Javob needs ${POSTGRES_MAJOR}`,
      'Start the Javob that made it, or name another --data',
    )
  }
  if (socketPathTooLong(paths.run, portsFrom(base).database)) {
    throw new Fault(`The path ${data} is too long for the sockets in it`, 'Name a shorter one with --data')
  }
}

/**
 * The real path of the directory, which is made if it is not there. Below a directory
 * that others may not enter (a checkout in /root) it becomes a link to a place they may.
 */
export function openData(data: string, stateDirectory = STATE_DIRECTORY): string {
  const dangling = lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(data)
  if (dangling) mkdirSync(readlinkSync(data), { recursive: true })
  if (!existsSync(data)) mkdirSync(dirname(data), { recursive: true })
  const real = existsSync(data) ? realpathSync(data) : join(realpathSync(dirname(data)), basename(data))
  if (reachableByAll(dirname(real))) {
    mkdirSync(real, { recursive: true })
    return real
  }
  if (existsSync(real) && readdirSync(real).length > 0) {
    throw new Fault(
      `${dirname(real)} is closed to the system users, so the data in ${real} cannot be used`,
      'Open it with chmod o+x, or name another --data',
    )
  }
  if (existsSync(real)) rmdirSync(real)
  const open = join(stateDirectory, `${basename(real).replace(/^\.+/, '')}-${shortHash(real)}`)
  mkdirSync(open, { recursive: true, mode: 0o755 })
  symlinkSync(open, real)
  // So that whoever finds the directory knows whose it is.
  writeFileSync(`${open}${ORIGIN}`, `${real}\n`)
  return realpathSync(real)
}

export function reachableByAll(directory: string): boolean {
  const others = statSync(directory).mode & 0o001
  if (!others) return false
  return directory === '/' || reachableByAll(dirname(directory))
}

/** Makes and mends what must be there. The secrets come last: with them the directory is whole. */
export function furnishData(data: string, users: SystemUsers): DataPaths {
  const paths = dataPaths(data)
  const { server, media } = users
  own(paths.root, server, 0o750)
  for (const directory of [paths.recordings, paths.journal]) makeOwned(directory, server, 0o750)
  makeOwned(paths.files, server, 0o700)
  makeOwned(paths.keys, server, 0o700)
  for (const directory of [paths.run, paths.spool, paths.engine]) makeOwned(directory, server, 0o2770)
  makeOwned(paths.prompts, server, 0o2750)
  makeOwned(join(paths.engine, 'etc'), server, 0o2750)
  for (const name of ['lib', 'log', 'spool', 'run']) makeOwned(join(paths.engine, name), media, 0o2770)
  makeOwned(paths.log, { uid: 0, gid: server.gid }, 0o750)
  if (!existsSync(paths.secrets)) writeWhole(paths.secrets, freshSecrets(), 0o600)
  own(paths.secrets, server, 0o600)
  return paths
}

function freshSecrets(): Secrets {
  const secret = () => randomBytes(32).toString('base64url')
  return { ariPassword: secret(), databasePassword: secret(), cookieSecret: secret() }
}

function makeOwned(directory: string, owner: SystemUser, mode: number): void {
  mkdirSync(directory, { recursive: true })
  own(directory, owner, mode)
}

function own(path: string, { uid, gid }: SystemUser, mode: number): void {
  const found = statSync(path)
  if (found.uid !== uid || found.gid !== gid) chownSync(path, uid, gid)
  if ((statSync(path).mode & 0o7777) !== mode) chmodSync(path, mode)
}

function writeWhole(path: string, value: unknown, mode: number): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value)}\n`, { mode })
  renameSync(`${path}.new`, path)
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
