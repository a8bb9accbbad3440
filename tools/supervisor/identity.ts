/** Processes of a copy: marked in their environment, and looked for in /proc. */
import { readdirSync } from 'node:fs'
import { type Identity, identityOf, readProc, statOf } from '../../server/process-identity.ts'

/** Every process of a copy carries its data directory under this name, and so do its children. */
export const COPY_MARK = 'JAVOB_COPY'

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

/** Every process of a copy leads a session of its own, and its children stay in it. */
export function sessionOf(pid: number): number | undefined {
  const session = statOf(pid)?.[3]
  return session === undefined ? undefined : Number(session)
}

function environmentOf(pid: number): string[] {
  return readProc(`${pid}/environ`)?.split('\0') ?? []
}
