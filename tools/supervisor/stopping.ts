/**
 * Ends a copy's processes: asks each in turn, waits a bounded time, then kills
 * exactly those that did not listen. Used by the supervisor for an orderly end and
 * by `down` and `up` for what a killed supervisor left behind.
 */
import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { DataPaths } from '../../server/config.ts'
import { clusterPids } from '../../server/database/embedded.ts'
import type { ProcessName, RunningProcess } from './copy-state.ts'
import { type Identity, identityOf, isAlive, signal } from '../../server/process-identity.ts'
import { markedProcesses, sessionOf } from './identity.ts'

/** Server first: it writes down what it holds. PostgreSQL last: everyone else needs it. */
const ORDER: readonly ProcessName[] = ['server', 'asterisk', 'postgres']

/** PostgreSQL's "fast": open transactions are undone, the checkpoint is written. */
const SIGNAL: Readonly<Record<ProcessName, NodeJS.Signals>> = {
  server: 'SIGTERM',
  asterisk: 'SIGTERM',
  postgres: 'SIGINT',
}

export const STOP_SECONDS: Readonly<Record<ProcessName, number>> = { server: 12, asterisk: 8, postgres: 20 }
export const STOP_ALL_SECONDS = Object.values(STOP_SECONDS).reduce((sum, seconds) => sum + seconds, 0)

/** After SIGKILL only the kernel's own work is left. */
const KILLED_SECONDS = 5
const LOOK_EVERY_MS = 25

export async function stopProcesses(processes: readonly RunningProcess[]): Promise<void> {
  for (const name of ORDER) {
    for (const running of processes.filter((each) => each.name === name)) await stopProcess(running)
  }
}

export async function stopProcess(running: RunningProcess): Promise<void> {
  if (!signal(running, SIGNAL[running.name])) return
  if (await gone([running], STOP_SECONDS[running.name])) return
  await kill([running])
}

/**
 * Whatever else carries the copy's mark: orphans nobody wrote down, and children of
 * killed processes. What a kept process started is in its session and stays.
 */
export async function stopLeftovers(data: DataPaths, kept: readonly number[] = []): Promise<void> {
  // PostgreSQL writes over its environment, so its processes are known by where they work.
  const clusterIds = clusterPids(data.postgres)
  const cluster = clusterIds.some((pid) => kept.includes(pid))
    ? []
    : clusterIds.flatMap((pid) => identityOf(pid) ?? [])
  const others = markedProcesses(data.root).filter(
    ({ pid }) => !clusterIds.includes(pid) && !kept.includes(sessionOf(pid) ?? 0),
  )
  for (const each of others) signal(each, 'SIGTERM')
  for (const each of cluster) signal(each, 'SIGINT')
  if (!(await gone(others, STOP_SECONDS.server))) await kill(others)
  if (!(await gone(cluster, STOP_SECONDS.postgres))) await kill(cluster)
}

export function forgetCopy(data: DataPaths): void {
  for (const path of [data.ready, data.supervisor, data.supervisorPid]) rmSync(path, { force: true })
}

export async function kill(identities: readonly Identity[]): Promise<void> {
  for (const identity of identities) signal(identity, 'SIGKILL')
  await gone(identities, KILLED_SECONDS)
}

/** Waits until none of them is left, at most so long; says whether that is so. */
export async function gone(identities: readonly Identity[], seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1000
  while (identities.some(isAlive)) {
    if (performance.now() > until) return false
    await delay(LOOK_EVERY_MS)
  }
  return true
}
