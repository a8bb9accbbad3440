/** The calls of a simulation: who they are, which is drawn as they arrive, and where they are now. */
import { assert } from '#core/lib/assert.ts'
import type { CallId, QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Chance } from './chance.ts'
import { drawSeconds } from './distributions.ts'
import type { CallerGroup, Scenario } from './scenario.ts'

export type SimulatedCall = {
  readonly call: CallId
  /** 1 for the first that arrived. */
  readonly ordinal: number
  /** Not one of the warm-up. */
  readonly isCounted: boolean
  readonly group: CallerGroup
  readonly arrivedAt: Instant
  readonly patienceMs: number | undefined
  readonly talkMs: number
  readonly wrapUpMs: number
  /** Of one who waits or is offered. */
  queue: QueueId | undefined
  /** Offers that stand. */
  offers: number
}

export class SimulatedCalls {
  readonly #scenario: Scenario
  readonly #chance: Chance
  readonly #shares: number
  /** Those who wait or talk. */
  readonly #present = new Map<CallId, SimulatedCall>()
  arrived = 0

  constructor(scenario: Scenario, chance: Chance) {
    this.#scenario = scenario
    this.#chance = chance
    this.#shares = scenario.callers.reduce((sum, { share }) => sum + share, 0)
  }

  /** Everything about a caller is drawn now, so that he is the same one whatever the agents do. */
  arrive(now: Instant): SimulatedCall {
    const chance = this.#chance
    const group = this.#groupAt(chance.callers() * this.#shares)
    const ordinal = ++this.arrived
    const call: SimulatedCall = {
      call: `c${ordinal}` as CallId,
      ordinal,
      isCounted: ordinal > this.#scenario.warmUpCalls,
      group,
      arrivedAt: now,
      patienceMs: group.patience && inMs(drawSeconds(group.patience, chance.patience)),
      talkMs: inMs(drawSeconds(group.talk, chance.talks)),
      wrapUpMs: inMs(drawSeconds(group.wrapUp, chance.wrapUps)),
      queue: undefined,
      offers: 0,
    }
    this.#present.set(call.call, call)
    return call
  }

  get(call: CallId): SimulatedCall {
    const present = this.#present.get(call)
    assert(present, 'the engine speaks of calls that are there')
    return present
  }

  has(call: CallId): boolean {
    return this.#present.has(call)
  }

  isOver(call: CallId): void {
    this.#present.delete(call)
  }

  #groupAt(share: number): CallerGroup {
    let from = 0
    for (const group of this.#scenario.callers) {
      from += group.share
      if (share < from) return group
    }
    return this.#scenario.callers.at(-1) as CallerGroup
  }
}

export function inMs(seconds: number): number {
  return Math.round(seconds * 1000)
}
