/** The offers that stand. A call has one, or several where everybody is asked at once; an agent has at most one. */
import { assert } from '#core/lib/assert.ts'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import type { Offer } from './routing-events.ts'

export class OfferBook {
  readonly #byId = new Map<OfferId, Offer>()
  readonly #byCall = new Map<CallId, Offer[]>()
  readonly #byAgent = new Map<AgentId, Offer>()
  /** Who has let a call ring that rings for others still; forgotten with its last offer. */
  readonly #missed = new Map<CallId, Set<AgentId>>()

  get(offer: OfferId): Offer | undefined {
    return this.#byId.get(offer)
  }

  of(call: CallId): readonly Offer[] {
    return this.#byCall.get(call) ?? []
  }

  to(agent: AgentId): Offer | undefined {
    return this.#byAgent.get(agent)
  }

  add(offer: Offer): void {
    const { call } = offer.waiting
    assert(!this.#byAgent.has(offer.idle.agent), 'an agent is asked for one call at a time')
    this.#byId.set(offer.offer, offer)
    this.#byAgent.set(offer.idle.agent, offer)
    this.#byCall.set(call, [...this.of(call), offer])
  }

  hasMissed(agent: AgentId, call: CallId): boolean {
    return this.#missed.get(call)?.has(agent) ?? false
  }

  /** Of an offer that is off the book already. */
  noteMissed({ waiting: { call }, idle: { agent } }: Offer): void {
    if (this.of(call).length === 0) return
    this.#missed.set(call, (this.#missed.get(call) ?? new Set()).add(agent))
  }

  remove({ offer, waiting, idle }: Offer): void {
    this.#byId.delete(offer)
    this.#byAgent.delete(idle.agent)
    const others = this.of(waiting.call).filter((other) => other.offer !== offer)
    if (others.length > 0) this.#byCall.set(waiting.call, others)
    else {
      this.#byCall.delete(waiting.call)
      this.#missed.delete(waiting.call)
    }
  }

  all(): Offer[] {
    return [...this.#byId.values()]
  }
}
