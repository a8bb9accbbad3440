/**
 * What the supervisor of a copy writes down for `status`, `down` and its own
 * successor: which processes it runs. Written whole and renamed into place, so a
 * reader never sees half of it, and written right after every start, so that a
 * supervisor that is killed leaves no process nobody knows.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { DataPaths, Ports } from '../../server/config.ts'
import { type Identity, isAlive } from '../../server/process-identity.ts'

export type ProcessName = 'postgres' | 'asterisk' | 'server'

export type RunningProcess = Identity & {
  name: ProcessName
  /** Changes when it must not be adopted as it is: other command, other settings. */
  fingerprint: string
  restarts: number
}

export type CopyState = {
  supervisor: Identity
  phase: 'starting' | 'ready' | 'stopping' | 'failed'
  failure?: { sentence: string; mend: string }
  ports: Ports
  processes: RunningProcess[]
}

export function readCopyState(data: DataPaths): CopyState | undefined {
  try {
    return JSON.parse(readFileSync(data.supervisor, 'utf8')) as CopyState
  } catch {
    return undefined // Never started, or stopped in good order.
  }
}

/** The process that does this in a running copy. */
export function pidOf(data: DataPaths, name: ProcessName): number {
  const found = readCopyState(data)?.processes.find((each) => each.name === name)
  if (!found) throw new Error(`No ${name} runs`)
  return found.pid
}

export function writeCopyState(data: DataPaths, state: CopyState): void {
  const draft = `${data.supervisor}.new`
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o640 })
  renameSync(draft, data.supervisor)
}

/** The state of a copy whose supervisor lives. */
export function runningCopy(data: DataPaths): CopyState | undefined {
  const state = readCopyState(data)
  return state && isAlive(state.supervisor) ? state : undefined
}

export type SignIn = { role: string; login: string; password: string }
export type Readiness = { ready: true; signIns: SignIn[] }

/** What the server wrote when it began to accept calls. */
export function readReadiness(data: DataPaths): Readiness | undefined {
  try {
    const read = JSON.parse(readFileSync(data.ready, 'utf8')) as Partial<Readiness>
    return read.ready === true ? { ready: true, signIns: read.signIns ?? [] } : undefined
  } catch {
    return undefined // Not there yet.
  }
}
