/**
 * An agent's ordinary phone, which every offer rings (per-call mode). Picking it up
 * accepts the offer, refusing it declines, and hanging up ends the call.
 */
import type { OfferId } from '#core/lib/ids.ts'
import { askPatiently } from './asked-of-engine.ts'
import type { Desk } from './desk.ts'
import type { LiveCall } from './live-call.ts'
import type { MediaEvent } from './ports.ts'
import type { ConsultSide } from './consult-side.ts'
import type { OfferSide } from './offer-side.ts'
import type { Stage, StageDeps } from './stage.ts'

/** Ten seconds: an engine that is away for longer has nobody to be rung for. */
const RING_TRIES = 20

type PhoneEvent = Extract<MediaEvent, { type: 'phoneAnswered' | 'phoneFailed' | 'phoneHungUp' }>

export class PhoneSide {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #others: { consults: ConsultSide; offers: OfferSide }

  constructor(stage: Stage, others: { consults: ConsultSide; offers: OfferSide }) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#others = others
  }

  ring(desk: Desk, call: LiveCall): void {
    const { agent, offer } = desk
    if (!offer) return
    const { clock, log, media } = this.#deps
    askPatiently(clock, {
      ask: () => media.ring(agent, offer.id, call.caller.e164 ?? call.caller.raw),
      tries: RING_TRIES,
      isWanted: () => desk.offer?.id === offer.id,
      note: (error) => log.warn({ agent, offer: offer.id, error }, 'a phone could not be rung'),
      failed: () => this.#failed(desk, offer.id, 'unreachable'),
    })
  }

  stopRinging({ agent }: Desk, offer: OfferId): void {
    this.#try(this.#deps.media.stopRinging(agent, offer), { agent, offer }, 'a phone went on ringing')
  }

  onMedia(desk: Desk, event: PhoneEvent): void {
    switch (event.type) {
      case 'phoneAnswered':
        return this.#answered(desk, event.offer)
      case 'phoneFailed':
        return this.#failed(desk, event.offer, event.cause)
      default:
        return this.#hungUp(desk)
    }
  }

  #answered(desk: Desk, offer: OfferId): void {
    const { agent } = desk
    if (desk.offer?.id === offer) return this.#others.offers.answered(desk)
    // The caller left as the phone was picked up: nobody is there to talk to.
    this.#try(this.#deps.media.release(agent), { agent, offer }, 'a phone could not be released')
  }

  #failed(desk: Desk, offer: OfferId, cause: Extract<PhoneEvent, { type: 'phoneFailed' }>['cause']): void {
    const { offers } = this.#others
    // Of an offer that was withdrawn as the phone gave up.
    if (desk.offer?.id !== offer) return
    if (cause === 'noAnswer') return offers.missed(desk)
    if (cause === 'unreachable') return offers.failed(desk, 'phoneUnreachable')
    offers.declined(desk)
  }

  #hungUp(desk: Desk): void {
    const { agent, call: atDesk } = desk
    if (desk.callingBack) return this.#stage.callbacks.stop(desk)
    const call = atDesk && this.#stage.calls.get(atDesk.id)
    if (!call || atDesk.endedAt !== undefined) return
    if (call.agent !== agent) return this.#others.consults.stoppedHelping(desk, 'helperLeft')
    call.endedBy = 'agent'
    this.#try(this.#deps.media.hangUp(call.id, 'done'), { agent, call: call.id }, 'a call could not be ended')
  }

  /** Of a talk that ended while the engine could not be told. */
  releaseIfIdle({ agent, call, callingBack, offer, phoneMode }: Desk): void {
    const isInUse =
      offer !== undefined || callingBack !== undefined || (call && this.#stage.calls.has(call.id))
    if (phoneMode !== 'perCall' || isInUse) return
    this.#try(this.#deps.media.release(agent), { agent }, 'a phone could not be released')
  }

  /** What had gone by itself is as good as done. */
  #try(request: Promise<void>, ids: object, what: string): void {
    request.catch((error: unknown) => this.#deps.log.info({ ...ids, error: String(error) }, what))
  }
}
