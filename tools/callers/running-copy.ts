/**
 * The running copy that simulated people call and sign in to: its addresses, its
 * sign-ins and its database. Only root can read them, as only root can start one.
 */
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { z } from 'zod'
import { type DataPaths, Fault, type Ports, readSettings } from '../../server/config.ts'
import { existingCopy, namedData } from '../setup/copy.ts'
import { readReadiness, type SignIn } from '../supervisor/copy-state.ts'

const LOOPBACK = '127.0.0.1'
const QUERY_TIMEOUT_MS = 5_000

export type RunningCopy = { data: DataPaths; ports: Ports; host: string; web: string; signIns: SignIn[] }

export function readRunningCopy(directory: string | undefined): RunningCopy {
  const copy = existingCopy(directory)
  const readiness = copy && readReadiness(copy.data)
  if (!copy || !readiness) {
    throw new Fault(
      `No copy in ${namedData(directory)} accepts calls`,
      'Start one with ./javob up, or name another with --data',
    )
  }
  return { ...copy, host: LOOPBACK, web: `http://${LOOPBACK}:${copy.ports.web}`, signIns: readiness.signIns }
}

/** The first `count` sign-ins of a role. */
export function signInsOf(copy: RunningCopy, role: string, count: number): SignIn[] {
  const found = copy.signIns.filter((signIn) => signIn.role === role).slice(0, count)
  if (found.length === count) return found
  throw new Fault(`The copy has ${found.length} sign-ins for the role ${role}, not ${count}`, 'Ask for fewer')
}

const Secrets = z.object({ databasePassword: z.string() })

type DatabaseLimits = { connections?: number; queryTimeoutMs?: number }

/** The copy's own database, for reading what became of simulated calls. Filling one takes longer than any question: a time of 0 is no limit. */
export function openDatabase(
  copy: RunningCopy,
  { connections = 2, queryTimeoutMs = QUERY_TIMEOUT_MS }: DatabaseLimits = {},
): pg.Pool {
  const { databaseUrl } = readSettings()
  const own = { host: copy.data.run, port: copy.ports.database, user: 'javob', database: 'javob' }
  const address = databaseUrl ? { connectionString: databaseUrl } : { ...own, password: readPassword(copy) }
  const limits = {
    max: connections,
    query_timeout: queryTimeoutMs,
    connectionTimeoutMillis: QUERY_TIMEOUT_MS,
  }
  const pool = new pg.Pool({ ...address, ...limits })
  // A lost idle connection is replaced at the next query; only that one may fail.
  pool.on('error', () => undefined)
  return pool
}

function readPassword(copy: RunningCopy): string {
  try {
    return Secrets.parse(JSON.parse(readFileSync(copy.data.secrets, 'utf8'))).databasePassword
  } catch {
    throw new Fault(`${copy.data.secrets} cannot be read`, 'Run this as root, like ./javob up')
  }
}
