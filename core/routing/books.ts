/** What the engine keeps in mind: the settings, who waits, who works, what is offered, and the sums of it. */
import type { QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { mayTake } from './choose-agents.ts'
import { HandleTimes } from './expected-wait.ts'
import { OfferBook } from './offer-book.ts'
import { QueueLedger } from './queue-counts.ts'
import { defaultQueueSettings, type QueueSettings, type RoutingSettings } from './queue-settings.ts'
import type { WaitingCall } from './routing-events.ts'
import { type Agent, StaffBook } from './staff-book.ts'
import { WaitingCalls } from './waiting-calls.ts'

export class Books {
  readonly settings: RoutingSettings
  readonly waiting = new WaitingCalls()
  readonly staff = new StaffBook()
  readonly offers = new OfferBook()
  readonly ledger = new QueueLedger()
  readonly handleTimes = new HandleTimes()
  readonly #queues = new Map<QueueId, QueueSettings>()
  #lastOrdinal = 0

  constructor(queues: readonly QueueSettings[], settings: RoutingSettings) {
    this.settings = settings
    this.change(queues)
  }

  change(queues: readonly QueueSettings[]): void {
    for (const queue of queues) this.#queues.set(queue.queue, queue)
  }

  queue(queue: QueueId): QueueSettings {
    const known = this.#queues.get(queue)
    if (known) return known
    const plain = defaultQueueSettings(queue)
    this.#queues.set(queue, plain)
    return plain
  }

  nextOrdinal(): number {
    return ++this.#lastOrdinal
  }

  /** The idle agents who may take the call, longest idle first. */
  freeFor(waiting: WaitingCall, now: Instant): Agent[] {
    const settings = this.queue(waiting.queue)
    return this.staff.idle().filter((agent) => mayTake(agent, waiting, settings, now))
  }
}
