import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../../server/config.ts'

const MIB = 1024 * 1024

/** What each step may need at its largest, downloads included. */
export const NEEDED_BYTES = {
  packages: 700 * MIB,
  chromium: 700 * MIB,
  engine: 700 * MIB,
  postgres: 120 * MIB,
  console: 50 * MIB,
  /** A fresh cluster, logs, and room for the first recordings. */
  data: 300 * MIB,
  /** A copy that is there starts with little; PostgreSQL needs some for its log. */
  restart: 40 * MIB,
} as const

/** Refuses before a big step what would end in half of it. */
export async function requireFree(directory: string, bytes: number, what: string): Promise<void> {
  const free = await freeBytes(directory)
  if (free >= bytes) return
  throw new Fault(
    `The disk is too full for ${what}: ${mib(free)} MiB are free in ${directory}, ${mib(bytes)} MiB are needed`,
    'Free some space, or put it elsewhere with --data DIR or JAVOB_CACHE',
  )
}

/** Of the place where the directory is or will be. */
export async function freeBytes(directory: string): Promise<number> {
  let place = directory
  while (!existsSync(place)) place = dirname(place)
  const { bavail, bsize } = await statfs(place)
  return bavail * bsize
}

function mib(bytes: number): number {
  return Math.floor(bytes / MIB)
}

/** A full disk met half-way says the same, whoever met it. */
export function asFault(error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof Fault) return error
  if (code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device/i.test(text)) {
    return new Fault(
      `The disk is full (${text.slice(0, 160)})`,
      'Free some space and run the same command again',
    )
  }
  if (code === 'EROFS')
    return new Fault(`The disk is read-only (${text.slice(0, 160)})`, 'Mount it for writing')
  return error
}
