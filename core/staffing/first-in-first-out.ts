/**
 * Watches whether anybody is passed over: an offer is for the first of its class,
 * or it is a violation. Classes are those within which nothing but time may
 * decide: same queue, language and priority.
 */
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { Heap } from './heap.ts'

type Place = {
  readonly call: CallId
  readonly line: Heap<Place>
  readonly since: Instant
  readonly ordinal: number
}

export class FirstInFirstOut {
  violations = 0
  readonly #lines = new Map<string, Heap<Place>>()
  /** The places of those who wait now. One who left stays in his line until he is its first. */
  readonly #places = new Map<CallId, Place>()

  /** `ordinal` tells apart those who began to wait in the same millisecond. */
  waits(
    call: CallId,
    { line: name, since, ordinal }: { line: string; since: Instant; ordinal: number },
  ): void {
    const line = this.#lines.get(name) ?? new Heap<Place>(isBefore)
    this.#lines.set(name, line)
    const place = { call, line, since, ordinal }
    line.add(place)
    this.#places.set(call, place)
  }

  leaves(call: CallId): void {
    this.#places.delete(call)
  }

  /** Where several agents are asked for a call, the first offer takes it off its line. */
  isOffered(call: CallId): void {
    const place = this.#places.get(call)
    if (!place) return
    const { line } = place
    for (let first = line.first(); first && this.#places.get(first.call) !== first; first = line.first())
      line.take()
    if (line.first() !== place) this.violations++
    this.#places.delete(call)
  }
}

function isBefore(a: Place, b: Place): boolean {
  return a.since < b.since || (a.since === b.since && a.ordinal < b.ordinal)
}
