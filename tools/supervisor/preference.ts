/** Which process goes before others when there is more to do than processors. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'

/**
 * Sound is made every 20 ms. An engine that waits longer for a processor is late in the citizen's ear, and what comes too
 * late there is lost. Beside four busy loops on two processors, and with ticks that are not made up for, calls of 45 s
 * lacked 1.0 to 2.1 s without this, and 0.04 s at most with it.
 */
export const ENGINE_NICENESS = -15

/**
 * Before encoders and whatever else the machine does: with 300 calls on two processors the server fell so far behind that
 * it could not prove its lease, and 21 of 40 agents talked; with this, 38.
 */
export const SERVER_NICENESS = -10

type Command = { command: string; args: readonly string[] }

/** Only root may put a process before others, so it does that first and takes the user on afterwards. */
export function preferred(
  { command, args }: Command,
  user: { uid: number; gid: number } | undefined,
  niceness: number,
) {
  const identity = user
    ? ['setpriv', '--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups']
    : []
  return { command: 'nice', args: ['-n', String(niceness), ...identity, command, ...args] }
}

/**
 * Linux shares processors between terminal groups first (sched_autogroup), and niceness counts only inside one. The
 * engine leads a group of its own, so the group is preferred as well. A kernel without groups has no such file.
 */
export function preferGroup(pid: number, niceness: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
  } catch (error) {
    if (!['ENOENT', 'EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** What Asterisk itself takes with its option `highpriority`, which an ordinary user may not. */
const REAL_TIME_PRIORITY = 10

/**
 * Real time, before every ordinary process however many there are: in a demo on two processors with a load of 12, calls
 * lacked 0.43 s at most and 0.17 s each with niceness alone. Given when the engine is up, since it takes the ordinary
 * policy at its start; threads that come later inherit it. The kernel keeps a twentieth of the time for all others, so
 * nobody is locked out. Says whether it was allowed: in many containers it is not, and niceness has to do.
 */
export async function keepTime(pid: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const words = ['--all-tasks', '--rr', '--pid', String(REAL_TIME_PRIORITY), String(pid)]
  const child = spawn('chrt', words, { stdio: 'ignore' })
  child.once('error', () => resolve(false))
  child.once('close', (code) => resolve(code === 0))
  return await promise
}
