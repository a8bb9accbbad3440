/** What becomes of an offer that rings at a desk: a call of the queue engine's, or a colleague who asks for help. */
import type { OfferFailure } from '#core/routing/routing-events.ts'
import type { ConsultSide } from './consult-side.ts'
import type { Desk } from './desk.ts'
import type { RoutingSide } from './routing-side.ts'

export class OfferSide {
  readonly #routing: RoutingSide
  readonly #consults: ConsultSide

  constructor(routing: RoutingSide, consults: ConsultSide) {
    this.#routing = routing
    this.#consults = consults
  }

  answered(desk: Desk): void {
    const { agent, offer } = desk
    if (!offer) return
    if (offer.askedBy !== undefined) this.#consults.accepted(desk)
    else this.#routing.route({ type: 'agentAnswered', agent, offer: offer.id })
  }

  declined(desk: Desk): void {
    const { agent, offer } = desk
    if (!offer) return
    if (offer.askedBy !== undefined) this.#consults.refused(desk, 'declined')
    else this.#routing.route({ type: 'agentDeclinedOffer', agent, offer: offer.id })
  }

  missed(desk: Desk): void {
    const { agent, offer } = desk
    if (!offer) return
    if (offer.askedBy !== undefined) this.#consults.refused(desk, 'missed')
    else this.#routing.route({ type: 'agentMissedOffer', agent, offer: offer.id })
  }

  /** His line or phone is broken: no doing of his. */
  failed(desk: Desk, cause: OfferFailure): void {
    const { agent, offer } = desk
    if (!offer) return
    if (offer.askedBy !== undefined) this.#consults.refused(desk, 'unreachable')
    else this.#routing.route({ type: 'offerFailed', agent, offer: offer.id, cause })
  }
}
