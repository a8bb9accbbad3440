/**
 * Citizens who are called back. A callback waits in the queue engine under its
 * own name; an agent accepts it like a caller, and only then the citizen is
 * called and put on his line. Nobody is called without somebody to talk to.
 */
import type { CallbackId, CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { RoutingCommand, RoutingEvent } from '#core/routing/routing-events.ts'
import type { CallbackCause } from '../callbacks/events.ts'
import type { CallbackLine, OpenCallback } from '../callbacks/ports.ts'
import type { Desk } from './desk.ts'
import { type LiveCall, liveCall } from './live-call.ts'
import type { MediaEvent, Standing } from './ports.ts'
import type { Stage } from './stage.ts'

type CallArrived = Extract<MediaEvent, { type: 'callArrived' }>
type Offer = Extract<RoutingCommand, { do: 'offer' }>

type Others = {
  route(event: RoutingEvent): void
  available(desk: Desk): void
  join(call: LiveCall, desk: Desk): void
  ring(desk: Desk, call: LiveCall): void
  waitAgain(call: LiveCall): void
}

export class CallbackSide implements CallbackLine {
  readonly #stage: Stage
  readonly #others: Others

  constructor(stage: Stage, others: Others) {
    this.#stage = stage
    this.#others = others
    stage.deps.callbacks.attach(this)
  }

  // In the line ---------------------------------------------------------------

  join({ id, queue, language, since, priority, only }: OpenCallback): void {
    const call = asCall(id)
    const place = { call, queue, language, since, priority, ...(only && { only }) }
    this.#others.route({ type: 'callArrived', ...place, kind: 'callback' })
  }

  leave({ id }: OpenCallback): void {
    this.#others.route({ type: 'callerHungUp', call: asCall(id) })
  }

  positionOf(id: CallbackId): number | undefined {
    return this.#stage.engine.positionOf(asCall(id))
  }

  isStillOn(call: CallId): boolean {
    return this.#stage.calls.has(call)
  }

  /** The callback that the queue engine knows by this name, if it is one. */
  find(call: CallId): OpenCallback | undefined {
    return this.#stage.deps.callbacks.get(call as string as CallbackId)
  }

  // At a desk -----------------------------------------------------------------

  offer(callback: OpenCallback, { agent, offer, ringsUntil }: Offer): void {
    const { book, deps } = this.#stage
    const { id, call } = callback
    // In quiet hours it has left the line, and the engine has withdrawn the offer.
    if (!deps.callbacks.mayBeOffered(id)) return
    const desk = book.desks.get(agent)
    if (!desk || !book.move(desk, 'offer', { call })) return this.#offerFailed(id, { agent, offer })
    desk.offer = { id: offer, call, ringsUntil, callback: id }
    deps.callbacks.offered(id, { agent, offer })
    deps.log.info({ callback: id, call, agent, offer }, 'callback offered')
    const citizen = this.#firstCall(callback)
    deps.lookUpCaller(desk, citizen)
    deps.deskChanged(desk)
    if (desk.phoneMode === 'perCall') this.#others.ring(desk, citizen)
  }

  #offerFailed(id: CallbackId, { agent, offer }: Pick<Offer, 'agent' | 'offer'>): void {
    this.#others.route({ type: 'offerFailed', agent, offer, cause: 'gone' })
    this.offerEnded(id)
  }

  /** The offer is over, and nobody has accepted it; where everybody is asked at once, others may still be. */
  offerEnded(id: CallbackId): void {
    if (this.positionOf(id) !== 0) this.#stage.deps.callbacks.released(id)
  }

  /** The agent has accepted: he is there, so the citizen can be called. */
  dial({ id, trunk, did, number }: OpenCallback, desk: Desk): void {
    const { callbacks, clock, log, media } = this.#stage.deps
    callbacks.dialled(id, desk.agent)
    desk.callingBack = { callback: id, since: clock.now() }
    log.info({ callback: id, agent: desk.agent }, 'a citizen is called back')
    media.callBack({ callback: id, trunk, number, callerId: did }).catch((error: unknown) => {
      log.warn({ callback: id, error: String(error) }, 'a citizen could not be called back')
      this.failed(id, 'unreachable')
    })
  }

  /** The agent has accepted too late in the evening: the citizen is called in the morning. */
  putOff({ id }: OpenCallback, desk: Desk): void {
    this.#stage.deps.log.info(
      { callback: id, agent: desk.agent },
      'a citizen is not called back in quiet hours',
    )
    this.#freeAgain(desk)
  }

  /** He has answered. From here on he is a citizen in a call like any other, who has waited since he first called. */
  arrived(id: CallbackId, { call: name, trunk, did, legs, at }: CallArrived): void {
    const { calls, deps } = this.#stage
    const callback = deps.callbacks.get(id)
    if (!callback) {
      deps.log.warn({ call: name, callback: id }, 'a citizen answered a callback that nobody knows')
      return this.#hangUp(name)
    }
    const call = citizenOf(callback, { id: name, trunk, did, arrivedAt: at })
    call.callback = id
    calls.set(name, call)
    const { caller, language, queue, topic } = call
    const link = {
      callback: id,
      previous: callback.call,
      language,
      queue: callback.queue,
      ...(topic && { topic }),
    }
    deps.append({
      type: 'callArrived',
      call: name,
      node: deps.node,
      trunk,
      did,
      caller,
      legs,
      arrivedAt: at,
      ...link,
    })
    deps.log.info({ call: name, callback: id, queue }, 'a citizen who was called back has answered')
    const desk = this.#deskCalling(id)
    if (desk) this.#connect(call, desk)
    else this.#letWait(call, id)
  }

  failed(id: CallbackId, cause: CallbackCause): void {
    const desk = this.#deskCalling(id)
    this.#stage.deps.callbacks.notReached(id, cause)
    if (!desk) return
    this.#clear(desk)
    this.#freeAgain(desk)
  }

  #freeAgain(desk: Desk): void {
    if (desk.phoneMode === 'perCall') this.#release(desk)
    if (desk.isLeaving) return this.#stage.leave(desk)
    this.#stage.book.move(desk, 'notReached')
    this.#others.available(desk)
  }

  /** The agent stops it: it has rung long enough. */
  stop(desk: Desk): void {
    if (!desk.callingBack) return
    const { callback } = desk.callingBack
    this.#stopCalling(callback)
    this.failed(callback, 'noAnswer')
  }

  /** The agent's line went while the citizen's phone rang: he is spared a call with nobody in it. */
  lineLost(desk: Desk): void {
    if (!desk.callingBack) return
    const { callback } = desk.callingBack
    this.#clear(desk)
    this.#stopCalling(callback)
    this.#stage.deps.callbacks.released(callback)
    this.#stage.book.move(desk, 'loseCall')
    this.#others.route({ type: 'agentLeft', agent: desk.agent })
    if (desk.isLeaving) this.#stage.leave(desk)
  }

  /** What the engine was doing while nobody listened. `askedAt`: whatever began later is not in its answer. */
  settle({ callbacks }: Standing, askedAt: Instant): void {
    for (const id of callbacks) if (!this.#deskCalling(id)) this.#stopCalling(id)
    for (const { callingBack } of [...this.#stage.book.desks.values()]) {
      const isMissing =
        callingBack && callingBack.since < askedAt && !callbacks.includes(callingBack.callback)
      if (isMissing) this.failed(callingBack.callback, 'unreachable')
    }
    const talking = new Set([...this.#stage.calls.values()].map((call) => call.callback))
    this.#stage.deps.callbacks.settle((id) => talking.has(id))
  }

  #connect(call: LiveCall, desk: Desk): void {
    const { append, callbacks, deskChanged } = this.#stage.deps
    desk.callingBack = undefined
    if (call.callback) callbacks.reached(call.callback)
    this.#others.join(call, desk)
    append({ type: 'callConnected', call: call.id, agent: desk.agent })
    this.#stage.deps.lookUpCaller(desk, call)
    deskChanged(desk)
  }

  /** His agent was lost in the moment he answered: he waits for another one at his place, which is at the head. */
  #letWait(call: LiveCall, id: CallbackId): void {
    this.#stage.deps.callbacks.cancel(id, { cause: 'onTheLine' })
    this.#others.waitAgain(call)
  }

  /** What is known of the citizen before he answers: the call in which he was promised this one. */
  #firstCall(callback: OpenCallback): LiveCall {
    const { call: id, trunk, did, promisedAt: arrivedAt } = callback
    return citizenOf(callback, { id, trunk, did, arrivedAt })
  }

  #deskCalling(id: CallbackId): Desk | undefined {
    return [...this.#stage.book.desks.values()].find(({ callingBack }) => callingBack?.callback === id)
  }

  #clear(desk: Desk): void {
    desk.callingBack = undefined
    desk.caller = undefined
  }

  #stopCalling(id: CallbackId): void {
    const { log, media } = this.#stage.deps
    media.stopCallingBack(id).catch((error: unknown) => {
      log.info({ callback: id, error: String(error) }, 'there was no call to stop')
    })
  }

  /** A phone that was rung for it is hung up. */
  #release({ agent }: Desk): void {
    const { log, media } = this.#stage.deps
    media
      .release(agent)
      .catch((error: unknown) => log.info({ agent, error: String(error) }, 'no phone to release'))
  }

  #hangUp(call: CallId): void {
    const { log, media } = this.#stage.deps
    media.hangUp(call, 'done').catch((error: unknown) => log.info({ call, error: String(error) }, 'gone'))
  }
}

/** In the queue engine a callback stands for a call. */
function asCall(id: CallbackId): CallId {
  return id as string as CallId
}

type Arrival = Pick<LiveCall, 'id' | 'trunk' | 'did' | 'arrivedAt'>

/** The number is ours to know: we dialled it. */
function citizenOf({ number, language, queue, topic, since }: OpenCallback, arrival: Arrival): LiveCall {
  const caller = { raw: number, e164: number, confidence: 'high' as const }
  const call = liveCall({ ...arrival, caller, language })
  return Object.assign(call, { queue, topic, queuedAt: since, answered: true })
}
