/**
 * Which running copy a tool talks to: its ports, its database and its sign-ins,
 * read from the data directory. Only the owner of the machine can: the secrets
 * are readable by root alone.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { CHECKOUT, type DataPaths, dataPaths, Fault, type Ports, portsFrom } from '../../server/config.ts'

const LOOPBACK = '127.0.0.1'
const QUERY_TIMEOUT_MS = 5_000

const Facts = z.object({ format: z.literal(1), ports: z.int() })
const Secrets = z.object({ databasePassword: z.string() })

export type RunningCopy = { data: DataPaths; ports: Ports; host: string; web: string }

export function readRunningCopy(directory: string | undefined): RunningCopy {
  const root = resolve(directory ?? process.env['JAVOB_DATA'] ?? join(CHECKOUT, '.data'))
  const data = dataPaths(root)
  const facts = Facts.safeParse(readJson(data.facts))
  if (!facts.success) throw new Fault(`There is no running copy in ${root}`, 'Start one with ./javob up, or name another with --data')
  const ports = portsFrom(facts.data.ports)
  return { data, ports, host: LOOPBACK, web: `http://${LOOPBACK}:${ports.web}` }
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Absent or half written: the caller's schema says what is missing.
    return undefined
  }
}

/** A connection to the copy's own database, for reading what became of simulated calls. */
export async function openDatabase(copy: RunningCopy): Promise<pg.Pool> {
  const address = process.env['DATABASE_URL'] || undefined
  const secrets = Secrets.safeParse(readJson(copy.data.secrets))
  if (!address && !secrets.success) throw new Fault(`${copy.data.secrets} cannot be read`, 'Run this as root, like ./javob up')
  const database = address
    ? { connectionString: address }
    : { host: copy.data.run, port: copy.ports.database, user: 'javob', database: 'javob', password: secrets.data?.databasePassword }
  const pool = new pg.Pool({ ...database, max: 2, query_timeout: QUERY_TIMEOUT_MS, connectionTimeoutMillis: QUERY_TIMEOUT_MS })
  // A lost idle connection is replaced at the next query; only that one may fail.
  pool.on('error', () => undefined)
  return pool
}
