/**
 * Which process is meant. A number alone is no proof: numbers are used again, and
 * after a restart of the machine they start over. Together with the moment of the
 * process's start and the machine's boot it means one process for ever.
 */
import { readFileSync } from 'node:fs'

export type Identity = { pid: number; startTicks: number; bootId: string }

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

/** The fields after the name, which may itself hold blanks and brackets. */
export function statOf(pid: number): string[] | undefined {
  const stat = readProc(`${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return undefined // It ended meanwhile, or is another user's.
  }
}

function startTicksOf(pid: number): number | undefined {
  const fields = statOf(pid)
  const [state, start] = [fields?.[0], fields?.[19]]
  return state === 'Z' || state === 'X' || start === undefined ? undefined : Number(start)
}

let knownBootId: string | undefined
function bootId(): string {
  knownBootId ??= readProc('sys/kernel/random/boot_id')?.trim() ?? 'unknown'
  return knownBootId
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH'
}
