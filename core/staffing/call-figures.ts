/** Counting calls: how they ended and how long they waited. */
import { QUEUE_EXITS, type QueueExit } from '#core/routing/routing-events.ts'

/** How calls ended, as `QUEUE_EXITS` has it, and those who waited still when the simulation was over. */
export type CallEnds = Readonly<Record<QueueExit | 'waiting', number>>

/** In seconds. Half of the waits are not above `p50`, and so on (nearest rank). All nothing where nobody waited. */
export type Waits = {
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly max: number
}

export type CallFigures = {
  readonly offered: number
  readonly ends: CallEnds
  /** Share of the offered calls that were answered in time. */
  readonly serviceLevel: number
  /** Of those who were answered; its mean is the ASA. */
  readonly answerWaits: Waits
  /** Of everybody, however it ended. */
  readonly allWaits: Waits
}

/** Callbacks that an agent took on; those asked for are among the ends of the calls. */
export type CallbackFigures = {
  readonly accepted: number
  /** From the first call until an agent took it on. */
  readonly waits: Waits
}

export class CallCount {
  readonly #inTimeMs: number
  readonly #exits = Object.fromEntries(QUEUE_EXITS.map((exit) => [exit, 0])) as Record<QueueExit, number>
  readonly #answerWaitsMs: number[] = []
  readonly #otherWaitsMs: number[] = []
  #offered = 0
  #inTime = 0

  constructor(serviceLevelSeconds: number) {
    this.#inTimeMs = serviceLevelSeconds * 1000
  }

  offered(): void {
    this.#offered++
  }

  ended(how: QueueExit, waitedMs: number): void {
    this.#exits[how]++
    const waits = how === 'answered' ? this.#answerWaitsMs : this.#otherWaitsMs
    waits.push(waitedMs)
    if (how === 'answered' && waitedMs <= this.#inTimeMs) this.#inTime++
  }

  figures(): CallFigures {
    const ended = this.#answerWaitsMs.length + this.#otherWaitsMs.length
    return {
      offered: this.#offered,
      ends: { ...this.#exits, waiting: this.#offered - ended },
      serviceLevel: this.#offered > 0 ? this.#inTime / this.#offered : 0,
      answerWaits: waitsOf(this.#answerWaitsMs),
      allWaits: waitsOf([...this.#answerWaitsMs, ...this.#otherWaitsMs]),
    }
  }
}

export function waitsOf(waitsMs: readonly number[]): Waits {
  const sorted = Float64Array.from(waitsMs).sort()
  const seconds = (share: number) => (sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0) / 1000
  const sum = sorted.reduce((all, one) => all + one, 0)
  return {
    mean: sorted.length > 0 ? sum / sorted.length / 1000 : 0,
    p50: seconds(0.5),
    p90: seconds(0.9),
    p95: seconds(0.95),
    max: seconds(1),
  }
}
