/** The sums of each queue since the engine began: offered = all exits + waiting, at any instant. */
import type { QueueId } from '#core/lib/ids.ts'
import { QUEUE_EXITS, type QueueExit } from './routing-events.ts'

/** `offered`: callers who entered the queue, each time they did. */
export type QueueCounts = { offered: number; waiting: number } & Record<QueueExit, number>

export class QueueLedger {
  readonly #queues = new Map<QueueId, QueueCounts>()

  entered(queue: QueueId): void {
    const counts = this.#of(queue)
    counts.offered++
    counts.waiting++
  }

  left(queue: QueueId, reason: QueueExit): void {
    const counts = this.#of(queue)
    counts[reason]++
    counts.waiting--
  }

  #of(queue: QueueId): QueueCounts {
    const known = this.#queues.get(queue)
    if (known) return known
    const exits = Object.fromEntries(QUEUE_EXITS.map((reason) => [reason, 0])) as Record<QueueExit, number>
    const counts = { offered: 0, waiting: 0, ...exits }
    this.#queues.set(queue, counts)
    return counts
  }

  all(): ReadonlyMap<QueueId, Readonly<QueueCounts>> {
    return this.#queues
  }
}
