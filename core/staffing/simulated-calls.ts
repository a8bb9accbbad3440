/** The calls of a simulation: who they are, which is drawn as they arrive, and where they are now. */
import { assert } from '#core/lib/assert.ts'
import type { CallId, QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Chance } from './chance.ts'
import { drawSeconds, inMs } from './distributions.ts'
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
  /** Of a callback: until somebody answers or nobody does, and the talk if there is one. */
  readonly talkMs: number
  readonly wrapUpMs: number
  /** When he asks to be called back, if he is still waiting then. */
  readonly callbackAfterMs: number | undefined
  /** Nobody is on the line: he has asked before. */
  readonly isCallback: boolean
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
      callbackAfterMs: this.#wantsCallback(group) ? inMs(group.callback?.afterSeconds ?? 0) : undefined,
      isCallback: false,
      queue: undefined,
      offers: 0,
    }
    this.#present.set(call.call, call)
    return call
  }

  /** The call is over, and his wish takes its place. */
  callBack({ call, ...rest }: SimulatedCall): SimulatedCall {
    this.isOver(call)
    const wish = rest.group.callback
    const dialMs = wish ? inMs(drawSeconds(wish.dial, this.#chance.dials)) : 0
    const isReached = this.#chance.reached() < (wish?.reachedShare ?? 1)
    const callback: SimulatedCall = {
      ...rest,
      call: `b${rest.ordinal}` as CallId,
      talkMs: dialMs + (isReached ? rest.talkMs : 0),
      wrapUpMs: isReached ? rest.wrapUpMs : 0,
      patienceMs: undefined,
      callbackAfterMs: undefined,
      isCallback: true,
    }
    this.#present.set(callback.call, callback)
    return callback
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

  #wantsCallback({ callback }: CallerGroup): boolean {
    return callback !== undefined && this.#chance.callbacks() < callback.share
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
