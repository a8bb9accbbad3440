/**
 * What core/routing decides, carried out: a place in the queue, an offer to an
 * agent, a connection. The engine is told what happened and answers with what to
 * do; nothing is decided here.
 */
import type { OfferEnd } from '#core/calls/call.ts'
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type {
  AgentSignedOn,
  CallArrived,
  LeaveQueue,
  RoutingCommand,
  OfferFailure,
  RoutingEvent,
  WithdrawalCause,
} from '#core/routing/routing-events.ts'
import type { OpenCallback } from '../callbacks/ports.ts'
import type { AgentProfile } from '../staff/service.ts'
import type { CallbackSide } from './callback-side.ts'
import type { QueuePlace } from './citizen-side.ts'
import type { Desk } from './desk.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import type { Stage, StageDeps } from './stage.ts'

/** `lastAgent`: who spoke with him a short while ago, and is asked first. `only`: nobody else, as long as he may be reached. */
type Wanted = Pick<CallArrived, 'enteredAt' | 'isBack' | 'lastAgent' | 'only'>

type Others = {
  /** He waits in a queue from now on. */
  waits(call: LiveCall): void
  join(call: LiveCall, desk: Desk): void
  ring(desk: Desk, call: LiveCall): void
  stopRinging(desk: Desk, offer: OfferId): void
  callbacks: CallbackSide
  takeMessage(call: LiveCall): void
  sayFarewell(call: LiveCall): void
  /** Available again though nobody asked for it. */
  freed(desk: Desk): void
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
    const now = this.#deps.clock.now()
    Object.assign(call, place, { queuedAt: now })
    const lastAgent = this.#stage.lastAgents.of(call.caller, now)
    this.waitInQueue(call, lastAgent ? { lastAgent } : {})
  }

  /** By no doing of the citizen's he has to wait again: at his place, whatever the queue's limits and hours say by now. */
  waitAgain(call: LiveCall, { only, ...wanted }: Pick<Wanted, 'enteredAt' | 'only'> = {}): void {
    const lastAgent = this.#stage.lastAgents.of(call.caller, this.#deps.clock.now())
    this.waitInQueue(call, { ...wanted, isBack: true, ...(only ? { only } : lastAgent && { lastAgent }) })
  }

  waitInQueue(call: LiveCall, wanted: Wanted = {}): void {
    if (!call.queue) return
    const { clock } = this.#deps
    const { id, language, queue, queuedAt: since = clock.now(), priority } = call
    enterStage(call, 'waiting', clock.now())
    this.route({ type: 'callArrived', call: id, queue, language, since, priority, ...wanted })
  }

  /** What the agent at this desk can be asked for. `since`: where he has been available for longer. */
  available({ agent, profile }: Desk, since?: Instant): void {
    const earlier = since === undefined ? {} : { since }
    this.route({ type: 'agentBecameAvailable', agent, ...earlier, ...servesOf(profile) })
  }

  /** `earlier`: what is known of him from before a restart. */
  signedOn({ agent, profile }: Desk, earlier: Pick<AgentSignedOn, 'answered' | 'isBusy'> = {}): void {
    this.route({ type: 'agentSignedOn', agent, ...earlier, ...servesOf(profile) })
  }

  /** Tells the routing engine what happened and does what it decides. */
  route(event: RoutingEvent): void {
    const commands = this.#stage.engine.handle(event, this.#deps.clock.now())
    for (const command of commands) this.#obey(command)
    for (const { agent, cause } of commands.filter((command) => command.do === 'withdrawOffer')) {
      const desk = this.#stage.book.desks.get(agent)
      if (desk && cause !== 'agentLeft') this.#settle(desk)
    }
  }

  #obey(command: RoutingCommand): void {
    const { clock, log } = this.#deps
    switch (command.do) {
      case 'holdInQueue':
        return this.#holdInQueue(command)
      case 'openToAll':
        return this.#openToAll(command.call)
      case 'offer':
        return this.#offer(command)
      case 'startTimer': {
        const ring = () => this.route({ type: 'timerRang', timer: command.timer })
        return void clock.after(command.atMs - clock.now(), ring)
      }
      case 'withdrawOffer':
        return this.#withdraw(command)
      case 'leaveQueue':
        return this.#leaveQueue(command)
      case 'connect':
        return this.#connect(command.call, command.agent, command.offer)
      case 'makeUnavailable':
        return this.#makeUnavailable(command)
      case 'logIgnored': {
        const { do: _do, ...facts } = command
        return log.info(facts, 'routing ignored an event')
      }
      default:
        return unreachable(command)
    }
  }

  #holdInQueue({ call: id, queue, position, only }: Extract<RoutingCommand, { do: 'holdInQueue' }>): void {
    const call = this.#stage.calls.get(id)
    if (!call) return
    call.queue = queue
    const { language, topic, priority, queuedAt: since } = call
    const { append, clock, log } = this.#deps
    const isEarlier = since !== undefined && since < clock.now()
    const place = { ...(priority > 0 && { priority }), ...(isEarlier && { since }), ...(only && { only }) }
    append({ type: 'callQueued', call: id, queue, language, ...(topic && { topic }), ...place, position })
    log.info({ call: id, queue, position }, 'queued')
    this.#others.waits(call)
  }

  /** A callback tells of itself for whom it is meant. */
  #openToAll(call: CallId): void {
    if (!this.#stage.calls.has(call)) return
    this.#deps.append({ type: 'callOpenedToAll', call })
    this.#deps.log.info({ call }, 'anybody may take it')
  }

  /** Waiting here is over. What comes of an agent's answer or the caller's leaving is told beside it. */
  #leaveQueue({ call: id, queue, reason, waitedMs, then }: LeaveQueue): void {
    const { append, log } = this.#deps
    append({ type: 'callLeftQueue', call: id, queue, reason, waitedMs })
    log.info({ call: id, queue, reason, then }, 'left the queue')
    const call = this.#stage.calls.get(id)
    if (!call) return
    call.queueExit = reason
    if (then === 'takeMessage') this.#others.takeMessage(call)
    if (then === 'hangUp') this.#others.sayFarewell(call)
  }

  #offer(command: Extract<RoutingCommand, { do: 'offer' }>): void {
    const { call: id, agent, offer, ringsUntil } = command
    const desk = this.#stage.book.desks.get(agent)
    const call = this.#stage.calls.get(id)
    if (desk) this.#settle(desk)
    const callback = this.#others.callbacks.find(id)
    if (callback) return this.#others.callbacks.offer(callback, command)
    if (!desk || !call || !this.#stage.book.move(desk, 'offer', { call: id })) {
      return this.route({ type: 'offerFailed', agent, offer, cause: 'gone' })
    }
    const { append, deskChanged, log, lookUpCaller } = this.#deps
    call.stage = 'offered'
    desk.offer = { id: offer, call: id, ringsUntil }
    append({ type: 'callOffered', call: id, offer, agent })
    // First of all: the rest is for who looks at a screen.
    if (desk.phoneMode === 'perCall') this.#others.ring(desk, call)
    log.info({ call: id, agent, offer }, 'offered')
    lookUpCaller(desk, call)
    deskChanged(desk)
  }

  #endOffer(desk: Desk, as: OfferEnd, because?: WithdrawalCause | OfferFailure): void {
    if (!desk.offer) return
    const { id, call, callback } = desk.offer
    desk.offer = undefined
    if (as !== 'answered') desk.caller = undefined
    if (as !== 'answered' && desk.phoneMode === 'perCall') this.#others.stopRinging(desk, id)
    const live = this.#stage.calls.get(call)
    // Where everybody is asked at once, others may still be.
    const isAskedFor = this.#stage.engine.positionOf(call) === 0
    if (live?.stage === 'offered' && !isAskedFor) live.stage = 'waiting'
    const why = { ...(because && { because }), ...(callback && { callback }) }
    this.#deps.append({ type: 'offerEnded', call, offer: id, agent: desk.agent, as, ...why })
    this.#deps.log.info({ call, agent: desk.agent, offer: id, as, ...why }, 'offer ended')
    const isTaken = as === 'answered' || because === 'takenByAnother'
    if (callback && !isTaken) this.#others.callbacks.offerEnded(callback)
  }

  #withdraw({ agent, cause }: Extract<RoutingCommand, { do: 'withdrawOffer' }>): void {
    const desk = this.#stage.book.desks.get(agent)
    if (!desk) return
    if (cause === 'missed') this.#endOffer(desk, 'missed')
    else this.#endOffer(desk, 'withdrawn', cause)
  }

  /** Whoever is asked for nothing any more, and was not made unavailable, is available. */
  #settle(desk: Desk): void {
    if (desk.status !== 'ringing' || desk.offer) return
    this.#stage.book.move(desk, 'withdraw')
    this.#others.freed(desk)
  }

  #makeUnavailable({ agent, cause, because }: Extract<RoutingCommand, { do: 'makeUnavailable' }>): void {
    const desk = this.#stage.book.desks.get(agent)
    if (!desk || desk.status !== 'ringing') return
    const action = { missedOffer: 'miss', declinedOffer: 'decline', lineFailed: 'loseLine' } as const
    const ends = { missedOffer: 'missed', declinedOffer: 'declined', lineFailed: 'failed' } as const
    this.#endOffer(desk, ends[cause], because)
    this.#stage.book.move(desk, action[cause])
  }

  #connect(id: CallId, agent: AgentId, offer: OfferId): void {
    const { append, log } = this.#deps
    const desk = this.#stage.book.desks.get(agent)
    const callback = this.#others.callbacks.find(id)
    const call = this.#stage.calls.get(id)
    if (desk && callback) return this.#takeCallback(desk, callback)
    if (!desk || !call) return log.warn({ call: id, agent, offer }, 'nobody to connect')
    this.#endOffer(desk, 'answered')
    this.#others.join(call, desk)
    append({ type: 'callConnected', call: id, agent })
    log.info({ call: id, agent }, 'connected')
    this.#stage.book.move(desk, 'answer')
    if (call.caller.e164) this.#deps.callbacks.spoke(call.caller.e164)
  }

  #takeCallback(desk: Desk, callback: OpenCallback): void {
    this.#endOffer(desk, 'answered')
    this.#stage.book.move(desk, 'answer', { call: callback.call })
    // Quiet hours may have begun while it rang.
    if (this.#deps.callbacks.mayBeOffered(callback.id)) this.#others.callbacks.dial(callback, desk)
    else this.#others.callbacks.putOff(callback, desk)
  }
}

function servesOf({ queues, skills }: AgentProfile) {
  return { queues, skills }
}
