/**
 * A server that has loaded all its text and waits to be needed. Loading is most of what a start costs, and a machine full of
 * calls has little time for it; so the supervisor keeps one beside the server that serves, and lets it go on when that has died.
 */
import { once } from 'node:events'

/** On the command line of a spare. */
export const SPARE = 'spare'
/** What the supervisor says to it. */
export const GO = 'go\n'

/** One whose supervisor has gone ends. */
export async function untilNeeded(): Promise<void> {
  const over = once(process.stdin, 'end').then(() => undefined)
  const word: unknown = await Promise.race([once(process.stdin, 'data'), over])
  if (word === undefined) process.exit(0)
  process.stdin.destroy()
}
