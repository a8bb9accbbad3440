/**
 * The conductor: brings together what the engine reports, what agents ask for
 * and what core/routing decides, for the calls in progress.
 *
 * It lives in memory alone and never waits for the database: what happens is
 * appended to the journal. Each call is in `calls` from callArrived until
 * callerHungUp, and nothing else removes it. Events of a call that is not there
 * any more are logged and dropped: they crossed with its end.
 */
import type { Logger } from 'pino'
import { unreachable } from '#core/lib/assert.ts'
import type { LostReason, OfferEnd } from '#core/calls/call.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import { QueueEngine } from '#core/routing/queue-engine.ts'
import { DEFAULT_ROUTING_SETTINGS, type RoutingCommand, type RoutingEvent, type UnavailableCause } from '#core/routing/routing-events.ts'
import { knownCaller } from './caller.ts'
import { citizenSide, type Prompts } from './citizen-side.ts'
import type { Clock } from './clock.ts'
import { type Desk, deskBook } from './desk.ts'
import type { CallEvent } from './events.ts'
import { enterStage, type LiveCall, liveCall } from './live-call.ts'
import type { MediaEngine, MediaEvent } from './ports.ts'

/** How long a citizen hears music after the agent's line was lost before another agent is found for him. */
export const LINE_GRACE_MS = 10_000

export type ConductorDeps = {
  node: string
  media: MediaEngine
  prompts: Prompts
  clock: Clock
  log: Logger
  flow(): Flow
  append(event: CallEvent): void
  deskChanged(desk: Desk): void
  /** A desk has a caller now: fills in his card from the database, whenever that answers. */
  lookUpCaller(desk: Desk, call: LiveCall): void
  /** The agent signed off and nothing holds him any more. */
  agentLeft(agent: AgentId): void
}

export type Conductor = ReturnType<typeof conductor>
type Media<Type extends MediaEvent['type']> = Extract<MediaEvent, { type: Type }>

export function conductor(deps: ConductorDeps) {
  const { media, clock, log, append } = deps
  const calls = new Map<CallId, LiveCall>()
  const engine = new QueueEngine()
  const book = deskBook({ clock, log, append, changed: deps.deskChanged })

  const citizens = citizenSide({
    ...deps,
    positionOf: (call) => engine.positionOf(call.id),
    enterQueue(call, queue, language, topic) {
      Object.assign(call, { queue, language, topic, queuedAt: clock.now() })
      waitInQueue(call)
    },
  })

  function waitInQueue(call: LiveCall): void {
    if (!call.queue) return
    enterStage(call, 'waiting', clock.now())
    const since = call.queuedAt ?? clock.now()
    route({ type: 'callArrived', call: call.id, queue: call.queue, language: call.language, since })
  }

  /** Tells the routing engine what happened and does what it decides. */
  function route(event: RoutingEvent): void {
    for (const command of engine.handle(event, clock.now())) obey(command)
  }

  function obey(command: RoutingCommand): void {
    switch (command.do) {
      case 'holdInQueue':
        return holdInQueue(command.call, command.position)
      case 'offer':
        return offer(command.call, command.agent, command.offer)
      case 'startTimer':
        return void clock.after(command.atMs - clock.now(), () => route({ type: 'timerRang', timer: command.timer }))
      case 'withdrawOffer':
        return withdraw(command)
      case 'connect':
        return connect(command.call, command.agent, command.offer)
      case 'makeUnavailable':
        return makeUnavailable(command.agent, command.cause)
      case 'logIgnored':
        return log.info({ event: command.event, because: command.because }, 'routing ignored an event')
      default:
        return unreachable(command)
    }
  }

  function holdInQueue(id: CallId, position: number): void {
    const call = calls.get(id)
    if (!call?.queue) return
    const topic = call.topic ? { topic: call.topic } : {}
    append({ type: 'callQueued', call: id, queue: call.queue, language: call.language, ...topic, position })
    log.info({ call: id, queue: call.queue, position }, 'queued')
    // Said a turn later: a caller who is offered at once hears the ring's music first, not „you are number one".
    citizens.announcePosition(call)
  }

  function offer(id: CallId, agent: AgentId, offerId: OfferId): void {
    const desk = book.desks.get(agent)
    const call = calls.get(id)
    if (!desk || !call || !book.move(desk, 'offer')) {
      return route({ type: 'offerFailed', agent, offer: offerId, cause: 'agent or call is gone' })
    }
    call.stage = 'offered'
    const ringsUntil = clock.now() + DEFAULT_ROUTING_SETTINGS.ringSeconds * 1000
    desk.offer = { id: offerId, call: id, ringsUntil }
    append({ type: 'callOffered', call: id, offer: offerId, agent })
    log.info({ call: id, agent, offer: offerId }, 'offered')
    deps.lookUpCaller(desk, call)
    deps.deskChanged(desk)
  }

  function endOffer(desk: Desk, as: OfferEnd): void {
    if (!desk.offer) return
    const { id, call } = desk.offer
    desk.offer = undefined
    if (as !== 'answered') desk.caller = undefined
    const live = calls.get(call)
    if (live && live.stage === 'offered') live.stage = 'waiting'
    append({ type: 'offerEnded', call, offer: id, agent: desk.agent, as })
    log.info({ call, agent: desk.agent, offer: id, as }, 'offer ended')
  }

  function withdraw({ agent, cause }: Extract<RoutingCommand, { do: 'withdrawOffer' }>): void {
    const desk = book.desks.get(agent)
    if (!desk) return
    endOffer(desk, cause === 'missed' ? 'missed' : 'withdrawn')
    if (cause === 'callerHungUp') book.move(desk, 'withdraw')
  }

  function makeUnavailable(agent: AgentId, cause: UnavailableCause): void {
    const desk = book.desks.get(agent)
    if (!desk || desk.status !== 'ringing') return
    const action = { missedOffer: 'miss', declinedOffer: 'decline', lineFailed: 'loseLine' } as const
    const ends = { missedOffer: 'missed', declinedOffer: 'declined', lineFailed: 'failed' } as const
    endOffer(desk, ends[cause])
    book.move(desk, action[cause])
  }

  function connect(id: CallId, agent: AgentId, offerId: OfferId): void {
    const desk = book.desks.get(agent)
    const call = calls.get(id)
    if (!desk || !call) return log.warn({ call: id, agent, offer: offerId }, 'nobody to connect')
    endOffer(desk, 'answered')
    join(call, desk)
    append({ type: 'callConnected', call: id, agent })
    log.info({ call: id, agent }, 'connected')
    book.move(desk, 'answer')
  }

  /** Puts citizen and agent together and keeps both sides' books. A line that is gone by now gives the caller back. */
  function join(call: LiveCall, desk: Desk): void {
    const now = clock.now()
    enterStage(call, 'talking', now)
    call.agent = desk.agent
    call.connectedAt ??= now
    desk.call = { id: call.id, connectedAt: call.connectedAt, onHold: false, muted: false, endedAt: undefined }
    media.connect(call.id, desk.agent).catch((error: unknown) => {
      log.warn({ call: call.id, agent: desk.agent, error: String(error) }, 'citizen and agent could not be connected')
      if (calls.get(call.id) === call && call.stage === 'talking') lineDown(desk)
    })
  }

  // What the engine reports ---------------------------------------------------

  function onMedia(event: MediaEvent): void {
    switch (event.type) {
      case 'callArrived':
        return callArrived(event)
      case 'callRefused':
        return callRefused(event)
      case 'callAnswered':
        return withCall(event, (call) => {
          call.answered = true
          append({ type: 'callAnswered', call: call.id })
        })
      case 'digitPressed':
        return withCall(event, (call) => citizens.digit(call, event.digit))
      case 'promptsPlayed':
        return withCall(event, (call) => citizens.promptsPlayed(call, event.playback))
      case 'callerHungUp':
        return withCall(event, (call) => callEnded(call, event.cause))
      case 'lineUp':
        return withDesk(event.agent, lineUp)
      case 'lineDown':
        return withDesk(event.agent, lineDown)
      case 'messageLeft':
        return messageLeft(event)
      case 'phoneAnswered':
      case 'phoneFailed':
      case 'phoneHungUp':
      case 'engineLost':
      case 'engineBack':
        return log.info({ ...event }, 'engine')
      default:
        return unreachable(event)
    }
  }

  function withCall(event: { type: string; call: CallId }, what: (call: LiveCall) => void): void {
    const call = calls.get(event.call)
    if (call) what(call)
    else log.info({ call: event.call, event: event.type }, 'an event of a call that had ended')
  }

  function withDesk(agent: AgentId, what: (desk: Desk) => void): void {
    const desk = book.desks.get(agent)
    if (desk) what(desk)
    else log.info({ agent }, 'an event of an agent who had left')
  }

  function callArrived(event: Media<'callArrived'>): void {
    if (calls.has(event.call)) return log.warn({ call: event.call }, 'a call arrived twice')
    const { call: id, trunk, did, legs, at } = event
    const caller = knownCaller(event.caller)
    const [language = 'uz'] = deps.flow().languages
    const call = liveCall({ id, trunk, did, caller, arrivedAt: at, language })
    calls.set(id, call)
    append({ type: 'callArrived', call: id, node: deps.node, trunk, did, caller, legs })
    log.info({ call: id, trunk, did }, 'call arrived')
    citizens.begin(call)
  }

  function callRefused(event: Media<'callRefused'>): void {
    const { call, did, reason } = event
    const trunk = event.trunk ? { trunk: event.trunk } : {}
    append({ type: 'callRefused', call, node: deps.node, ...trunk, did, caller: knownCaller(event.caller), reason })
    log.info({ call, did, reason }, 'call refused')
  }

  function messageLeft({ message }: Media<'messageLeft'>): void {
    const call = calls.get(message.call)
    calls.delete(message.call)
    if (call) enterStage(call, 'takingMessage', clock.now())
    append({ ...message, type: 'messageLeft', node: deps.node, caller: knownCaller(message.caller) })
    log.info({ call: message.call }, 'a message was left')
  }

  function callEnded(call: LiveCall, cause: number): void {
    const { stage } = call
    const lost = call.connectedAt === undefined ? lostReason(call) : undefined
    enterStage(call, stage, clock.now())
    calls.delete(call.id)
    append({
      type: 'callEnded',
      call: call.id,
      endedBy: call.endedBy ?? 'citizen',
      ...(lost && { lost }),
      talkSeconds: call.talkMs / 1000,
      holdSeconds: call.holdMs / 1000,
      cause,
    })
    log.info({ call: call.id, stage, endedBy: call.endedBy ?? 'citizen', lost, cause }, 'call ended')
    if (stage === 'waiting' || stage === 'offered') route({ type: 'callerHungUp', call: call.id })
    const desk = call.agent ? book.desks.get(call.agent) : undefined
    if (desk?.call?.id === call.id) endAtDesk(desk)
  }

  function endAtDesk(desk: Desk): void {
    if (!desk.call || desk.call.endedAt !== undefined) return
    desk.call = { ...desk.call, onHold: false, muted: false, endedAt: clock.now() }
    media.release(desk.agent).catch((error: unknown) => log.info({ agent: desk.agent, error: String(error) }, 'no line to release'))
    book.move(desk, 'endCall')
  }

  // The agent's line ------------------------------------------------------------

  function lineUp(desk: Desk): void {
    desk.line = 'up'
    const call = desk.call && calls.get(desk.call.id)
    if (call?.stage === 'adrift' && call.agent === desk.agent) {
      join(call, desk)
      append({ type: 'callResumed', call: call.id, agent: desk.agent })
    }
    deps.deskChanged(desk)
  }

  /** The line went without our command. The citizen keeps his call: music now, the agent again or another one soon. */
  function lineDown(desk: Desk): void {
    desk.line = 'down'
    if (desk.status === 'ringing' && desk.offer) {
      route({ type: 'offerFailed', agent: desk.agent, offer: desk.offer.id, cause: 'line lost' })
    } else if (desk.status === 'available') {
      route({ type: 'agentLeft', agent: desk.agent })
      book.move(desk, 'loseLine')
    }
    const call = desk.call && calls.get(desk.call.id)
    if (call && (call.stage === 'talking' || call.stage === 'onHold')) setAdrift(call, desk)
    deps.deskChanged(desk)
  }

  function setAdrift(call: LiveCall, desk: Desk): void {
    append({ type: 'lineLost', call: call.id, agent: desk.agent })
    log.warn({ call: call.id, agent: desk.agent }, 'the line was lost in mid-call')
    enterStage(call, 'adrift', clock.now())
    citizens.tell(call, 'hold', () => media.hold(call.id))
    call.cancelTimer = clock.after(LINE_GRACE_MS, () => giveUpAgent(call, desk))
  }

  /** Back to the head of the queue: the citizen keeps the moment from which he has waited. */
  function giveUpAgent(call: LiveCall, desk: Desk): void {
    desk.call = undefined
    desk.caller = undefined
    call.agent = undefined
    book.move(desk, 'loseCall')
    deps.deskChanged(desk)
    waitInQueue(call)
  }

  return { calls, engine, book, citizens, onMedia, route, endAtDesk, waitInQueue, join, deps }
}

function lostReason(call: LiveCall): LostReason {
  if (call.stage === 'takingMessage') return 'messageLeft'
  if (call.stage !== 'flow') return 'abandoned'
  if (call.run?.ended) return 'flowEnded'
  return call.answered ? 'leftInMenu' : 'leftInGreeting'
}
