/**
 * Which process is meant. A number alone is no proof: numbers are used again, and
 * after a restart of the machine they start over. Together with the moment of the
 * process's start and the machine's boot it means one process for ever.
 */
import { readdirSync, readFileSync } from 'node:fs'

export type Identity = { pid: number; startTicks: number; bootId: string }

/** Every process of a copy carries its data directory under this name, and so do its children. */
export const COPY_MARK = 'JAVOB_COPY'

export function identityOf(pid: number): Identity | undefined {
  const startTicks = startTicksOf(pid)
  return startTicks === undefined ? undefined : { pid, startTicks, bootId: bootId() }
}

/** A zombie has done all it ever will; it counts as gone. */
export function isAlive(identity: Identity): boolean {
  return identity.bootId === bootId() && startTicksOf(identity.pid) === identity.startTicks
}

/** Signals exactly this process, or nobody. Says whether it was there. */
export function signal(identity: Identity, name: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false
  try {
    process.kill(identity.pid, name)
    return true
  } catch (error) {
    if (isGone(error)) return false
    throw error
  }
}

/** Processes that carry this copy's mark in their environment, ourselves excepted. */
export function markedProcesses(data: string): Identity[] {
  const mark = `${COPY_MARK}=${data}`
  return allPids()
    .filter((pid) => pid !== process.pid && environmentOf(pid).includes(mark))
    .flatMap((pid) => identityOf(pid) ?? [])
}

export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
}

export function nameOf(pid: number): string | undefined {
  return readProc(`${pid}/comm`)?.trim()
}

/** Seconds since it started. */
export function ageSeconds(identity: Identity): number {
  const uptime = Number(readProc('uptime')?.split(' ')[0] ?? 0)
  return Math.max(0, Math.round(uptime - identity.startTicks / TICKS_PER_SECOND))
}

/** USER_HZ: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

function startTicksOf(pid: number): number | undefined {
  const fields = statOf(pid)
  const [state, start] = [fields?.[0], fields?.[19]]
  return state === 'Z' || state === 'X' || start === undefined ? undefined : Number(start)
}

/** Every process of a copy leads a session of its own, and its children stay in it. */
export function sessionOf(pid: number): number | undefined {
  const session = statOf(pid)?.[3]
  return session === undefined ? undefined : Number(session)
}

/** The fields after the name, which may itself hold blanks and brackets. */
function statOf(pid: number): string[] | undefined {
  const stat = readProc(`${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

let knownBootId: string | undefined
function bootId(): string {
  knownBootId ??= readProc('sys/kernel/random/boot_id')?.trim() ?? 'unknown'
  return knownBootId
}

function environmentOf(pid: number): string[] {
  return readProc(`${pid}/environ`)?.split('\0') ?? []
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return undefined // It ended meanwhile, or is another user's.
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH'
}
