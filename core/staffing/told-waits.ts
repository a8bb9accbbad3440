/**
 * Whether the waits that callers are told come true. Some of those who have to
 * wait ask the engine as they begin, as the announcement in the queue does, and
 * what they were told is compared with how long it was until somebody answered.
 *
 * Who gives up is not among them, and makes it shorter for the others.
 */
import type { CallId } from '#core/lib/ids.ts'

/** One of so many asks: asking costs more than all other decisions about a call. */
export const ONE_ASKS_OF_CALLS = 10

/** From so many minutes on, up to those of the next; as wide as what is said is coarse. */
const FROM_MINUTES = [0, 1, 2, 3, 5, 10] as const
const MINUTE_MS = 60_000

export type ToldWaits = {
  readonly toldFromMinutes: number
  readonly calls: number
  readonly meanToldSeconds: number
  readonly meanWaitedSeconds: number
}

export class ToldWaitsCount {
  readonly #told = new Map<CallId, number>()
  readonly #sums = FROM_MINUTES.map((fromMinutes) => ({ fromMinutes, calls: 0, toldMs: 0, waitedMs: 0 }))

  isTold(call: CallId, ms: number): void {
    this.#told.set(call, ms)
  }

  isAnswered(call: CallId, waitedMs: number): void {
    const toldMs = this.#told.get(call)
    const sum = this.#sums.findLast(({ fromMinutes }) => (toldMs ?? -1) >= fromMinutes * MINUTE_MS)
    this.#told.delete(call)
    if (!sum || toldMs === undefined) return
    sum.calls++
    sum.toldMs += toldMs
    sum.waitedMs += waitedMs
  }

  figures(): ToldWaits[] {
    return this.#sums
      .filter(({ calls }) => calls > 0)
      .map(({ fromMinutes, calls, toldMs, waitedMs }) => ({
        toldFromMinutes: fromMinutes,
        calls,
        meanToldSeconds: toldMs / calls / 1000,
        meanWaitedSeconds: waitedMs / calls / 1000,
      }))
  }
}
