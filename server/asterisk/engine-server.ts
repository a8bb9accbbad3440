/** How a server signs its name in the engine, and what others can find out about it from that. */
import { readlinkSync } from 'node:fs'
import { type Identity, identityOf, isAlive, signal } from '../process-identity.ts'

export type ServerProcess = {
  readonly pid: number
  /** Certain: its number means the same process here as there, and that one has ended. */
  isGone(): boolean
  /** Says whether it was there to be ended. One that is not of this machine is not. */
  kill(): boolean
}

export function ownServer(id: string): string {
  const own = identityOf(process.pid)
  return [id, own?.pid ?? 0, own?.startTicks ?? 0, own?.bootId ?? '', pidSpace()].join('~')
}

export function readServer(name: string): ServerProcess | undefined {
  const [, pid, startTicks, bootId = '', space] = name.split('~')
  if (!Number(pid)) return undefined
  const identity: Identity = { pid: Number(pid), startTicks: Number(startTicks), bootId }
  const isHere = space !== '' && space === pidSpace() && bootId === identityOf(process.pid)?.bootId
  return {
    pid: identity.pid,
    isGone: () => isHere && !isAlive(identity),
    kill: () => isHere && identity.pid !== process.pid && signal(identity, 'SIGKILL'),
  }
}

/** Containers count their processes for themselves: the same number is another process there. */
function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return '' // No /proc: then nobody is certainly gone either.
  }
}
