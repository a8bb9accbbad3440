/**
 * What core/routing decides, carried out: a place in the queue, an offer to an
 * agent, a connection. The engine is told what happened and answers with what to
 * do; nothing is decided here.
 */
import type { OfferEnd } from '#core/calls/call.ts'
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import {
  DEFAULT_ROUTING_SETTINGS,
  type RoutingCommand,
  type RoutingEvent,
  type UnavailableCause,
} from '#core/routing/routing-events.ts'
import type { QueuePlace } from './citizen-side.ts'
import type { Desk } from './desk.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import type { Stage, StageDeps } from './stage.ts'

type Others = {
  announcePosition(call: LiveCall): void
  join(call: LiveCall, desk: Desk): void
}

export class RoutingSide {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #others: Others

  constructor(stage: Stage, others: Others) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#others = others
  }

  enterQueue(call: LiveCall, place: QueuePlace): void {
    Object.assign(call, place, { queuedAt: this.#deps.clock.now() })
    this.waitInQueue(call)
  }

  waitInQueue(call: LiveCall): void {
    if (!call.queue) return
    const { clock } = this.#deps
    enterStage(call, 'waiting', clock.now())
    const since = call.queuedAt ?? clock.now()
    this.route({ type: 'callArrived', call: call.id, queue: call.queue, language: call.language, since })
  }

  /** Tells the routing engine what happened and does what it decides. */
  route(event: RoutingEvent): void {
    for (const command of this.#stage.engine.handle(event, this.#deps.clock.now())) this.#obey(command)
  }

  #obey(command: RoutingCommand): void {
    const { clock, log } = this.#deps
    switch (command.do) {
      case 'holdInQueue':
        return this.#holdInQueue(command.call, command.position)
      case 'offer':
        return this.#offer(command.call, command.agent, command.offer)
      case 'startTimer': {
        const ring = () => this.route({ type: 'timerRang', timer: command.timer })
        return void clock.after(command.atMs - clock.now(), ring)
      }
      case 'withdrawOffer':
        return this.#withdraw(command)
      case 'connect':
        return this.#connect(command.call, command.agent, command.offer)
      case 'makeUnavailable':
        return this.#makeUnavailable(command.agent, command.cause)
      case 'logIgnored':
        return log.info({ event: command.event, because: command.because }, 'routing ignored an event')
      default:
        return unreachable(command)
    }
  }

  #holdInQueue(id: CallId, position: number): void {
    const call = this.#stage.calls.get(id)
    if (!call?.queue) return
    const topic = call.topic ? { topic: call.topic } : {}
    const { append, log } = this.#deps
    append({ type: 'callQueued', call: id, queue: call.queue, language: call.language, ...topic, position })
    log.info({ call: id, queue: call.queue, position }, 'queued')
    // Said a turn later: a caller who is offered at once hears the ring's music first, not „you are number one".
    this.#others.announcePosition(call)
  }

  #offer(id: CallId, agent: AgentId, offer: OfferId): void {
    const desk = this.#stage.book.desks.get(agent)
    const call = this.#stage.calls.get(id)
    if (!desk || !call || !this.#stage.book.move(desk, 'offer')) {
      return this.route({ type: 'offerFailed', agent, offer, cause: 'agent or call is gone' })
    }
    const { append, clock, deskChanged, log, lookUpCaller } = this.#deps
    call.stage = 'offered'
    const ringsUntil = clock.now() + DEFAULT_ROUTING_SETTINGS.ringSeconds * 1000
    desk.offer = { id: offer, call: id, ringsUntil }
    append({ type: 'callOffered', call: id, offer, agent })
    log.info({ call: id, agent, offer }, 'offered')
    lookUpCaller(desk, call)
    deskChanged(desk)
  }

  #endOffer(desk: Desk, as: OfferEnd): void {
    if (!desk.offer) return
    const { id, call } = desk.offer
    desk.offer = undefined
    if (as !== 'answered') desk.caller = undefined
    const live = this.#stage.calls.get(call)
    if (live && live.stage === 'offered') live.stage = 'waiting'
    this.#deps.append({ type: 'offerEnded', call, offer: id, agent: desk.agent, as })
    this.#deps.log.info({ call, agent: desk.agent, offer: id, as }, 'offer ended')
  }

  #withdraw({ agent, cause }: Extract<RoutingCommand, { do: 'withdrawOffer' }>): void {
    const desk = this.#stage.book.desks.get(agent)
    if (!desk) return
    this.#endOffer(desk, cause === 'missed' ? 'missed' : 'withdrawn')
    if (cause === 'callerHungUp') this.#stage.book.move(desk, 'withdraw')
  }

  #makeUnavailable(agent: AgentId, cause: UnavailableCause): void {
    const desk = this.#stage.book.desks.get(agent)
    if (!desk || desk.status !== 'ringing') return
    const action = { missedOffer: 'miss', declinedOffer: 'decline', lineFailed: 'loseLine' } as const
    const ends = { missedOffer: 'missed', declinedOffer: 'declined', lineFailed: 'failed' } as const
    this.#endOffer(desk, ends[cause])
    this.#stage.book.move(desk, action[cause])
  }

  #connect(id: CallId, agent: AgentId, offer: OfferId): void {
    const { append, log } = this.#deps
    const desk = this.#stage.book.desks.get(agent)
    const call = this.#stage.calls.get(id)
    if (!desk || !call) return log.warn({ call: id, agent, offer }, 'nobody to connect')
    this.#endOffer(desk, 'answered')
    this.#others.join(call, desk)
    append({ type: 'callConnected', call: id, agent })
    log.info({ call: id, agent }, 'connected')
    this.#stage.book.move(desk, 'answer')
  }
}
