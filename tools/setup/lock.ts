/**
 * One at a time, across processes. The kernel keeps the lock through flock(1), held
 * by a child that ends with us, so a killed holder leaves nothing behind to be
 * taken for a living one.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { type Identity, identityOf, isAlive } from '../../server/process-identity.ts'

const LONGEST_WAIT_SECONDS = 15 * 60

/** Runs the work while holding the lock; `onWait` is told that somebody else holds it. */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true })
  const holder = spawn(
    'flock',
    ['--timeout', String(LONGEST_WAIT_SECONDS), path, 'sh', '-c', 'echo held; exec cat'],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      // A Ctrl-C on the terminal is ours to handle, and the lock must outlast that.
      detached: true,
    },
  )
  const waiting = setTimeout(onWait, 300)
  try {
    await held(holder)
    clearTimeout(waiting)
    writeFileSync(path, JSON.stringify(identityOf(process.pid)))
    return await work()
  } finally {
    clearTimeout(waiting)
    holder.stdin.end()
  }
}

function held(holder: ReturnType<typeof spawn>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  if (holder.stdout) createInterface({ input: holder.stdout }).once('line', () => resolve())
  holder.once('error', reject)
  holder.once('exit', () => reject(new Error('The lock was not given in time')))
  return promise
}

/** Who took the lock last, if that process still lives. */
export function lockHolder(path: string): Identity | undefined {
  try {
    const identity = JSON.parse(readFileSync(path, 'utf8')) as Identity
    return isAlive(identity) ? identity : undefined
  } catch {
    return undefined // Nobody ever took it.
  }
}
