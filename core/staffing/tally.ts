/** Counts a simulation as an onlooker would: from what callers and agents see. */
import type { QueueId } from '#core/lib/ids.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import { type CallbackFigures, CallCount, type CallFigures, waitsOf } from './call-figures.ts'
import type { Scenario } from './scenario.ts'
import type { SimulatedCall } from './simulated-calls.ts'

export class Tally {
  readonly #scenario: Scenario
  readonly #calls: CallCount
  readonly #callers: ReadonlyMap<string, CallCount>
  readonly #queues = new Map<QueueId, CallCount>()
  readonly #callbackWaitsMs: number[] = []
  /** With those of the warm-up, to be compared with the engine's own books. */
  readonly #allInQueues = new Map<QueueId, CallCount>()

  constructor(scenario: Scenario) {
    this.#scenario = scenario
    this.#calls = this.#newCount()
    this.#callers = new Map(scenario.callers.map(({ name }) => [name, this.#newCount()]))
  }

  arrived({ isCounted, group }: SimulatedCall): void {
    if (!isCounted) return
    this.#calls.offered()
    this.#callers.get(group.name)?.offered()
  }

  entered({ isCounted }: SimulatedCall, queue: QueueId): void {
    this.#countOf(this.#allInQueues, queue).offered()
    if (isCounted) this.#countOf(this.#queues, queue).offered()
  }

  left(
    { isCounted }: SimulatedCall,
    { queue, how, waitedMs }: { queue: QueueId; how: QueueExit; waitedMs: number },
  ): void {
    this.#countOf(this.#allInQueues, queue).ended(how, waitedMs)
    if (isCounted) this.#countOf(this.#queues, queue).ended(how, waitedMs)
  }

  /** The last of his waits is over. */
  ended({ isCounted, group }: SimulatedCall, how: QueueExit, waitedMs: number): void {
    if (!isCounted) return
    this.#calls.ended(how, waitedMs)
    this.#callers.get(group.name)?.ended(how, waitedMs)
  }

  /** An agent has accepted the callback; the wait is counted from the first call on. */
  callbackAccepted({ isCounted }: SimulatedCall, waitedMs: number): void {
    if (isCounted) this.#callbackWaitsMs.push(waitedMs)
  }

  figures(): {
    callbacks: CallbackFigures
    calls: CallFigures
    callers: ({ name: string } & CallFigures)[]
    queues: ({ queue: QueueId } & CallFigures)[]
  } {
    return {
      callbacks: { accepted: this.#callbackWaitsMs.length, waits: waitsOf(this.#callbackWaitsMs) },
      calls: this.#calls.figures(),
      callers: [...this.#callers].map(([name, count]) => ({ name, ...count.figures() })),
      queues: [...this.#queues].map(([queue, count]) => ({ queue, ...count.figures() })),
    }
  }

  allInQueues(): Map<QueueId, CallFigures> {
    return new Map([...this.#allInQueues].map(([queue, count]) => [queue, count.figures()]))
  }

  #countOf(counts: Map<QueueId, CallCount>, queue: QueueId): CallCount {
    const known = counts.get(queue) ?? this.#newCount()
    counts.set(queue, known)
    return known
  }

  #newCount(): CallCount {
    return new CallCount(this.#scenario.serviceLevelSeconds)
  }
}
