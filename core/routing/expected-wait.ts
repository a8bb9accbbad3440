/**
 * How long a caller will probably wait: what he is told.
 *
 * The callers before him leave one by one at the rate at which agents become
 * free for his queue. An agent who serves several queues gives each a share of
 * himself by how many wait there, which is what taking the longest waiting first
 * comes to. How long a call keeps an agent is measured, newer calls counting more.
 */
import type { QueueId } from '#core/lib/ids.ts'
import type { Agent } from './staff-book.ts'

/** Of the mean handling time, what the newest call is worth: about the last twenty count. */
const NEWEST_CALL_SHARE = 0.05

export class HandleTimes {
  readonly #seconds = new Map<QueueId, number>()

  measured(queue: QueueId, seconds: number, expected: number): void {
    const before = this.of(queue, expected)
    this.#seconds.set(queue, before + (seconds - before) * NEWEST_CALL_SHARE)
  }

  of(queue: QueueId, expected: number): number {
    return this.#seconds.get(queue) ?? expected
  }
}

export type Rush = {
  readonly queue: QueueId
  /** Callers before this one, and itself. */
  readonly position: number
  readonly handleSeconds: number
  readonly waitingIn: (queue: QueueId) => number
}

/** Nothing where nobody is at work for the queue: then no number would be true. */
export function expectedWaitMs(agents: Iterable<Agent>, rush: Rush): number | undefined {
  let atWork = 0
  for (const { serves, state } of agents) {
    if (state === 'away' || !serves.queues.includes(rush.queue)) continue
    const waiting = serves.queues.reduce((sum, queue) => sum + rush.waitingIn(queue), 0)
    atWork += waiting > 0 ? Math.max(1, rush.waitingIn(rush.queue)) / Math.max(1, waiting) : 1
  }
  return atWork > 0 ? (rush.position * rush.handleSeconds * 1000) / atWork : undefined
}
