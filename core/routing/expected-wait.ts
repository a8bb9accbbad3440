/**
 * How long a caller will probably wait: what he is told.
 *
 * Everybody who has his turn before him takes an agent for as long as a call
 * lasts, be it in another queue or language: wholly, if only those may take it who
 * may take his, else for the share of them among those who may. Then it is his
 * turn as soon as one of his agents becomes free. How long a call keeps an agent
 * is measured, newer calls counting more.
 */
import type { QueueId } from '#core/lib/ids.ts'
import type { WaitingCall } from './routing-events.ts'
import type { Agent } from './staff-book.ts'

/** What is expected counts as so many calls, until enough have been measured. */
const EXPECTED_COUNTS_AS_CALLS = 5
/** Of the mean handling time, what the newest call is worth at least: about the last fifty count. */
const NEWEST_CALL_SHARE_MIN = 0.02

export class HandleTimes {
  readonly #measured = new Map<QueueId, { readonly mean: number; readonly calls: number }>()

  measured(queue: QueueId, seconds: number, expected: number): void {
    const { mean, calls } = this.#measured.get(queue) ?? { mean: expected, calls: EXPECTED_COUNTS_AS_CALLS }
    const share = Math.max(NEWEST_CALL_SHARE_MIN, 1 / (calls + 1))
    this.#measured.set(queue, { mean: mean + (seconds - mean) * share, calls: calls + 1 })
  }

  of(queue: QueueId, expected: number): number {
    return this.#measured.get(queue)?.mean ?? expected
  }
}

/** Calls of one kind that have their turn before somebody. */
export type Ahead = { readonly like: WaitingCall; readonly count: number }

export type Rush = {
  readonly waiting: WaitingCall
  readonly ahead: readonly Ahead[]
  readonly mayTake: (agent: Agent, waiting: WaitingCall) => boolean
  readonly handleSeconds: (queue: QueueId) => number
}

/** Nothing where nobody is at work for him: then no number would be true. */
export function expectedWaitMs(
  agents: Iterable<Agent>,
  { waiting, ahead, ...rush }: Rush,
): number | undefined {
  const atWork = [...agents].filter(({ state }) => state !== 'away')
  const his = atWork.filter((agent) => rush.mayTake(agent, waiting))
  if (his.length === 0) return undefined
  let seconds = rush.handleSeconds(waiting.queue)
  for (const { like, count } of ahead) {
    const theirs = atWork.filter((agent) => rush.mayTake(agent, like))
    const shared = theirs.filter((agent) => his.includes(agent))
    if (shared.length > 0) seconds += (count * rush.handleSeconds(like.queue) * shared.length) / theirs.length
  }
  return (seconds * 1000) / his.length
}
