/**
 * The conductor: brings together what the engine reports, what agents ask for
 * and what core/routing decides, for the calls in progress.
 *
 * It lives in memory alone and never waits for the database: what happens is
 * appended to the journal. Each call is in `calls` from callArrived until
 * callerHungUp, and nothing else removes it. Events of a call that is not there
 * any more are logged and dropped: they crossed with its end.
 */
import { limitAt } from '#core/calls/agent-time.ts'
import { unreachable } from '#core/lib/assert.ts'
import type { LostReason } from '#core/calls/call.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import { QueueEngine } from '#core/routing/queue-engine.ts'
import { AgentTime } from './agent-time.ts'
import { knownCaller } from './caller.ts'
import { CallbackSide } from './callback-side.ts'
import { CitizenSide } from './citizen-side.ts'
import { ConsultSide, withParty } from './consult-side.ts'
import { type Desk, DeskBook } from './desk.ts'
import { LineSide } from './line-side.ts'
import { enterStage, type LiveCall, liveCall } from './live-call.ts'
import { LastAgents } from './last-agents.ts'
import type { CitizenLostByUs } from './events.ts'
import { tellLoss } from './lost-by-us.ts'
import type { MediaEvent } from './ports.ts'
import { OfferSide } from './offer-side.ts'
import { PhoneSide } from './phone-side.ts'
import { RoutingSide } from './routing-side.ts'
import type { Stage, StageDeps } from './stage.ts'
import { TransferSide } from './transfer-side.ts'
import { promiseTo, waitingFacts } from './waiting-facts.ts'
import { WaitingSide } from './waiting-side.ts'

type Media<Type extends MediaEvent['type']> = Extract<MediaEvent, { type: Type }>

export class Conductor implements Stage {
  readonly deps: StageDeps
  readonly calls = new Map<CallId, LiveCall>()
  readonly engine = new QueueEngine()
  readonly book: DeskBook
  readonly citizens: CitizenSide
  readonly waiting: WaitingSide
  readonly callbacks: CallbackSide
  readonly routing: RoutingSide
  readonly lastAgents = new LastAgents()
  readonly time: AgentTime
  /** What rings at desks. */
  readonly offers: OfferSide
  readonly consults: ConsultSide
  readonly transfers: TransferSide
  readonly #lines: LineSide
  readonly #phones: PhoneSide

  constructor(deps: StageDeps) {
    const { clock, log, append, deskChanged } = deps
    this.deps = deps
    this.book = new DeskBook({
      clock,
      log,
      append,
      changed: deskChanged,
      limitAt: ({ status, breakReason: reason, statusSince: since }) =>
        limitAt(deps.agentTime(), { status, reason, since }),
      moved: (desk) => this.time.moved(desk),
    })
    this.citizens = new CitizenSide({
      ...deps,
      stepWaiting: (call, event) => this.waiting.step(call, event),
      enterQueue: (call, place) => this.routing.enterQueue(call, place),
    })
    this.waiting = new WaitingSide({
      ...deps,
      citizens: this.citizens,
      facts: (call) => waitingFacts(this, call),
      leaveQueue: (call, reason) => this.routing.route({ type: 'callerLeft', call: call.id, reason }),
      promise: (call, number) => void deps.callbacks.promise(promiseTo(this, call, number)),
    })
    this.callbacks = new CallbackSide(this, {
      route: (event) => this.routing.route(event),
      available: (desk) => this.time.available(desk),
      ring: (desk, call) => this.#phones.ring(desk, call),
      join: (call, desk) => this.#lines.join(call, desk),
      waitAgain: (call) => this.routing.waitAgain(call),
    })
    this.routing = new RoutingSide(this, {
      waits: (call) => this.waiting.begin(call),
      callbacks: this.callbacks,
      join: (call, desk) => this.#lines.join(call, desk),
      ring: (desk, call) => this.#phones.ring(desk, call),
      stopRinging: (desk, offer) => this.#phones.stopRinging(desk, offer),
      takeMessage: (call) => this.citizens.takeMessage(call, call.language),
      sayFarewell: (call) => this.citizens.sayFarewell(call),
      freed: (desk) => this.time.freed(desk),
    })
    this.time = new AgentTime(this, this.routing)
    const { citizens, routing } = this
    const endAtDesk = (desk: Desk) => this.endAtDesk(desk)
    this.consults = new ConsultSide(this, {
      routing,
      citizens,
      endAtDesk,
      ring: (desk, call) => this.#phones.ring(desk, call),
      stopRinging: (desk, offer) => this.#phones.stopRinging(desk, offer),
      setAdrift: (call, desk) => this.#lines.setAdrift(call, desk),
      available: (desk) => this.time.available(desk),
    })
    this.offers = new OfferSide(routing, this.consults)
    this.transfers = new TransferSide(this, { routing, citizens, endAtDesk })
    this.#lines = new LineSide(this, { citizens, consults: this.consults, offers: this.offers, routing })
    this.#phones = new PhoneSide(this, { consults: this.consults, offers: this.offers })
  }

  /** What the engine reports. */
  onMedia(event: MediaEvent): void {
    switch (event.type) {
      case 'callArrived':
        return event.callback ? this.callbacks.arrived(event.callback, event) : this.#callArrived(event)
      case 'callRefused':
        return this.#callRefused(event)
      case 'callAnswered':
        return this.#withCall(event, (call) => this.#callAnswered(call))
      case 'digitPressed':
        return this.#withCall(event, (call) => this.citizens.digit(call, event.digit))
      case 'promptsPlayed':
        return this.#withCall(event, (call) => this.citizens.promptsPlayed(call, event.playback))
      case 'callerHungUp':
        return this.#withCall(event, (call) => this.#callEnded(call, event))
      case 'lineUp':
        return this.#withDesk(event.agent, (desk) => this.#lines.up(desk))
      case 'lineDown':
        return this.#withDesk(event.agent, (desk) => this.#lines.down(desk))
      case 'messageLeft':
        return this.#messageLeft(event)
      case 'callbackFailed':
        return this.callbacks.failed(event.callback, event.cause)
      case 'phoneAnswered':
      case 'phoneFailed':
      case 'phoneHungUp':
        return this.#withDesk(event.agent, (desk) => this.#phones.onMedia(desk, event))
      case 'partyAnswered':
      case 'partyFailed':
      case 'partyGone':
        return this.#outside(event)
      case 'engineBack':
        this.#endAgain()
        return this.deps.log.info({ ...event }, 'engine')
      case 'engineLost':
        return this.deps.log.info({ ...event }, 'engine')
      default:
        return unreachable(event)
    }
  }

  /** What should have ended while the engine was out of reach does so now, and whoever should have been asked for a message is. */
  #endAgain(): void {
    for (const call of this.calls.values()) {
      if (call.endedBy) this.citizens.hangUp(call, call.endedBy)
      else this.citizens.askForMessage(call)
    }
    for (const desk of this.book.desks.values()) this.#phones.releaseIfIdle(desk)
  }

  endAtDesk(desk: Desk): void {
    if (!desk.call || desk.call.endedAt !== undefined) return
    const { clock, log, media } = this.deps
    desk.call = { ...desk.call, state: 'over', other: undefined, muted: false, endedAt: clock.now() }
    media
      .release(desk.agent)
      .catch((error: unknown) => log.info({ agent: desk.agent, error: String(error) }, 'no line to release'))
    this.book.move(desk, 'endCall')
  }

  leave(desk: Desk): void {
    const { log, media } = this.deps
    desk.isLeaving = false
    this.consults.left(desk)
    this.routing.route({ type: 'agentSignedOff', agent: desk.agent })
    this.book.move(desk, 'signOff', desk.leaving)
    desk.leaving = undefined
    desk.line = 'down'
    media.forbidPhone(desk.agent).catch((error: unknown) => {
      log.warn({ agent: desk.agent, error: String(error) }, 'the line could not be closed')
    })
  }

  #withCall(event: { type: string; call: CallId }, what: (call: LiveCall) => void): void {
    const call = this.calls.get(event.call)
    if (call) what(call)
    else
      this.deps.log.info(
        { call: event.call, event: event.type, stage: 'ended' },
        'an event of a call that had ended',
      )
  }

  #withDesk(agent: AgentId, what: (desk: Desk) => void): void {
    const desk = this.book.desks.get(agent)
    if (desk) what(desk)
    else this.deps.log.info({ agent }, 'an event of an agent who had left')
  }

  /** He was asked in beside an agent, or the citizen was sent to him. */
  #outside(event: Media<'partyAnswered' | 'partyFailed' | 'partyGone'>): void {
    const { party } = event
    const stage = withParty(this.calls, party)?.stage
    const { consults, transfers } = this
    const isSentTo = stage === 'dialling' || stage === 'outside'
    if (event.type === 'partyAnswered')
      return isSentTo ? transfers.answered(party) : consults.partyAnswered(party)
    if (event.type === 'partyGone') return isSentTo ? transfers.gone(party) : consults.partyGone(party)
    return isSentTo ? transfers.failed(party, event.cause) : consults.partyFailed(party, event.cause)
  }

  #callArrived(event: Media<'callArrived'>): void {
    const { append, flow, log, node, numberFormat } = this.deps
    if (this.calls.has(event.call)) return log.warn({ call: event.call }, 'a call arrived twice')
    const { call: id, trunk, did, legs, at } = event
    const caller = knownCaller(event.caller, numberFormat(trunk))
    const [language = 'uz'] = flow().languages
    const call = liveCall({ id, trunk, did, caller, arrivedAt: at, language })
    this.calls.set(id, call)
    append({ type: 'callArrived', call: id, node, trunk, did, caller, legs, arrivedAt: at })
    log.info({ call: id, trunk, did }, 'call arrived')
    this.citizens.begin(call)
  }

  #callRefused(event: Media<'callRefused'>): void {
    const { append, log, node, numberFormat } = this.deps
    const { call, did, reason } = event
    const trunk = event.trunk ? { trunk: event.trunk } : {}
    const caller = knownCaller(event.caller, numberFormat(event.trunk))
    append({ type: 'callRefused', call, node, ...trunk, did, caller, reason })
    log.info({ call, did, reason }, 'call refused')
  }

  /** Told again by an engine that was away: answered once. */
  #callAnswered(call: LiveCall): void {
    if (call.answered) return
    call.answered = true
    this.deps.append({ type: 'callAnswered', call: call.id })
  }

  #messageLeft({ message }: Media<'messageLeft'>): void {
    const { append, clock, log, node, numberFormat } = this.deps
    const call = this.calls.get(message.call)
    this.calls.delete(message.call)
    if (call) {
      this.#letHelpersGo(call)
      this.#leaveLine(call, { forMessage: message.messageFromSeconds !== undefined })
      this.#leaveDesk(call)
      enterStage(call, 'takingMessage', clock.now())
    }
    const caller = knownCaller(message.caller, numberFormat(message.trunk))
    append({ ...message, type: 'messageLeft', node, caller })
    log.info({ call: message.call }, 'a message was left')
  }

  #callEnded(call: LiveCall, { at, because, cause }: Media<'callerHungUp'>): void {
    const { append, clock, log } = this.deps
    const { stage } = call
    const endedBy = because ? 'engine' : (call.endedBy ?? 'citizen')
    const lost = call.connectedAt === undefined ? (because ?? lostReason(call)) : undefined
    // We may be told late, or listen late: the call ended when the engine says, and its recording with it.
    const endedAt = Math.min(clock.now(), at)
    this.#letHelpersGo(call)
    enterStage(call, stage, Math.max(call.spellSince, endedAt))
    this.calls.delete(call.id)
    // First, for the rows: a stay in a queue ends for its own reason.
    this.#leaveLine(call)
    append({
      type: 'callEnded',
      call: call.id,
      endedBy,
      ...(lost && { lost }),
      talkSeconds: call.talkMs / 1000,
      holdSeconds: call.holdMs / 1000,
      cause,
      endedAt,
    })
    log.info({ call: call.id, stage, endedBy, lost, cause }, 'call ended')
    if (call.callback) this.deps.callbacks.finished(call.callback)
    if (because) tellLoss(this.deps, lostCitizen(call, because), call)
    if (call.agent) this.lastAgents.talked(call.caller, { agent: call.agent, endedAt })
    this.#leaveDesk(call)
  }

  #letHelpersGo(call: LiveCall): void {
    if (call.agent) this.consults.callEnded(call)
    else this.transfers.callEnded(call)
  }

  /** A call that is over, or not ours any more, holds no place in a queue. */
  #leaveLine({ id: call, stage }: LiveCall, { forMessage = false } = {}): void {
    if (stage !== 'waiting' && stage !== 'offered') return
    this.routing.route(
      forMessage ? { type: 'callerLeft', call, reason: 'messageLeft' } : { type: 'callerHungUp', call },
    )
  }

  /** Nor a desk. */
  #leaveDesk({ id, agent }: LiveCall): void {
    const desk = agent ? this.book.desks.get(agent) : undefined
    if (desk?.call?.id === id) this.endAtDesk(desk)
  }
}

function lostCitizen(call: LiveCall, why: CitizenLostByUs['why']): CitizenLostByUs {
  const { arrivedAt, caller, id, language, queue, queuedAt = arrivedAt } = call
  const number = caller.e164 ? { number: caller.e164 } : {}
  return { call: id, ...number, ...(queue && { queue }), language, since: queuedAt, why }
}

function lostReason(call: LiveCall): LostReason {
  const { queueExit: exit } = call
  if (call.stage === 'takingMessage') return 'messageLeft'
  if (exit === 'calledBack' || exit === 'timedOut' || exit === 'saturated' || exit === 'closed') return exit
  if (call.stage !== 'flow') return 'abandoned'
  if (call.run?.ended) return 'flowEnded'
  return call.answered ? 'leftInMenu' : 'leftInGreeting'
}
