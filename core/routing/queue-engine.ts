/**
 * The ACD: decides which agent is offered which call.
 *
 * The engine is deterministic and does no I/O. It is told what happened and at
 * what time, and returns what should be done; server/calls carries that out.
 * Replaying a day's events therefore reproduces the day's decisions, which is
 * how the simulator, the reports and the tests work. Time passes for it only
 * by events: it asks for a timer (startTimer) and is told when it rang.
 *
 * A call is in exactly one place: waiting in a queue, offered to one agent, or
 * none of our business any more. An agent is idle, holds one offer, or neither.
 *
 * After every event no waiting call is left that an idle agent could take. So
 * an event can make at most one new pair for the call or agent it is about,
 * and nobody else has to be looked at: a decision does not slow down with the
 * number of callers.
 *
 * An agent whose offer is withdrawn because the caller left is idle again at
 * once, at his old place. Whoever answered, missed, declined or lost an offer,
 * returns by agentBecameAvailable. How many may wait is bounded by the channel
 * limits of the trunks.
 */
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { IdleAgents } from './idle-agents.ts'
import {
  DEFAULT_ROUTING_SETTINGS,
  type IdleAgent,
  type IgnoredBecause,
  type Offer,
  type RoutingCommand,
  type RoutingEvent,
  type RoutingSettings,
  type RoutingSnapshot,
  type UnavailableCause,
  type WaitingCall,
  type WithdrawalCause,
} from './routing-events.ts'
import { WaitingCalls } from './waiting-calls.ts'

type Event<Type extends RoutingEvent['type']> = Extract<RoutingEvent, { type: Type }>

export class QueueEngine {
  readonly #settings: RoutingSettings
  readonly #waiting = new WaitingCalls()
  readonly #idle = new IdleAgents()
  readonly #offers = new Map<OfferId, Offer>()
  readonly #offerOfCall = new Map<CallId, Offer>()
  readonly #offerOfAgent = new Map<AgentId, Offer>()
  /** Offers missed since the last one answered. */
  readonly #misses = new Map<AgentId, number>()
  #ordinal = 0

  constructor(settings: RoutingSettings = DEFAULT_ROUTING_SETTINGS) {
    this.#settings = settings
  }

  handle(event: RoutingEvent, now: Instant): RoutingCommand[] {
    switch (event.type) {
      case 'callArrived':
        return this.#callArrived(event, now)
      case 'callerHungUp':
        return this.#callerHungUp(event, now)
      case 'agentBecameAvailable':
        return this.#agentBecameAvailable(event, now)
      case 'agentLeft':
        return this.#agentLeft(event, now)
      case 'agentAnswered': {
        const offer = this.#takeOffer(event)
        // The caller may have hung up while the answer was on its way.
        if (!offer) return ignored(event, 'offerIsOver')
        this.#misses.delete(event.agent)
        return [{ do: 'connect', ...names(offer) }]
      }
      case 'agentMissedOffer': {
        const offer = this.#takeOffer(event)
        return offer ? this.#missed(offer, now) : ignored(event, 'offerIsOver')
      }
      case 'agentDeclinedOffer':
      case 'offerFailed': {
        const offer = this.#takeOffer(event)
        if (!offer) return ignored(event, 'offerIsOver')
        return this.#giveBack(offer, now, event.type === 'offerFailed' ? 'lineFailed' : 'declinedOffer')
      }
      case 'timerRang': {
        const offer = this.#offers.get(event.timer)
        // Most offers are over before their timer rings: nothing worth a line in the log.
        if (!offer) return []
        this.#endOffer(offer)
        return [withdrawal(offer, 'missed'), ...this.#missed(offer, now)]
      }
      default:
        return unreachable(event)
    }
  }

  /** 1 for the next caller of its queue and language, 0 while it is being offered. */
  positionOf(call: CallId): number | undefined {
    return this.#offerOfCall.has(call) ? 0 : this.#waiting.positionOf(call)
  }

  /** The callers in a queue, in the order of their turn; those being offered are not among them. */
  waitingIn(queue: QueueId): WaitingCall[] {
    return this.#waiting.all().filter((waiting) => waiting.queue === queue)
  }

  offerTo(agent: AgentId): Offer | undefined {
    return this.#offerOfAgent.get(agent)
  }

  snapshot(): RoutingSnapshot {
    return { waiting: this.#waiting.all(), offers: [...this.#offers.values()], idle: this.#idle.all() }
  }

  #callArrived(event: Event<'callArrived'>, now: Instant): RoutingCommand[] {
    const { call, queue, language, since = now } = event
    if (this.positionOf(call) !== undefined) return ignored(event, 'callIsKnown')
    const waiting = { call, queue, language, since, ordinal: ++this.#ordinal, offers: 0 }
    const position = this.#waiting.add(waiting)
    return [{ do: 'holdInQueue', call, queue, position }, ...this.#findAgentFor(waiting, now)]
  }

  #callerHungUp(event: Event<'callerHungUp'>, now: Instant): RoutingCommand[] {
    if (this.#waiting.remove(event.call)) return []
    const offer = this.#offerOfCall.get(event.call)
    if (!offer) return ignored(event, 'callIsUnknown')
    this.#endOffer(offer)
    this.#idle.add(offer.idle)
    return [withdrawal(offer, 'callerHungUp'), ...this.#findCallFor(offer.idle, now)]
  }

  #agentBecameAvailable(event: Event<'agentBecameAvailable'>, now: Instant): RoutingCommand[] {
    const { agent, queues, languages } = event
    if (this.#offerOfAgent.has(agent)) return ignored(event, 'agentHasOffer')
    // One who is idle already and only serves other queues now keeps his place.
    const since = this.#idle.remove(agent)?.since ?? now
    const idle = { agent, queues, languages, since }
    this.#idle.add(idle)
    return this.#findCallFor(idle, now)
  }

  #agentLeft(event: Event<'agentLeft'>, now: Instant): RoutingCommand[] {
    this.#misses.delete(event.agent)
    if (this.#idle.remove(event.agent)) return []
    const offer = this.#offerOfAgent.get(event.agent)
    if (!offer) return ignored(event, 'agentIsUnknown')
    this.#endOffer(offer)
    return [withdrawal(offer, 'agentLeft'), ...this.#returnToLine(offer, now)]
  }

  #missed(offer: Offer, now: Instant): RoutingCommand[] {
    const { agent } = offer.idle
    const misses = (this.#misses.get(agent) ?? 0) + 1
    if (misses >= this.#settings.missesBeforeUnavailable) return this.#giveBack(offer, now, 'missedOffer')
    this.#misses.set(agent, misses)
    const idle = { ...offer.idle, since: now }
    // The caller looks for an agent first and the agent for a caller last, so that the one who missed is asked last.
    const commands = this.#returnToLine(offer, now)
    this.#idle.add(idle)
    return [...commands, ...this.#findCallFor(idle, now)]
  }

  /** The caller goes on waiting at his place, the agent is out until he says that he is back. */
  #giveBack(offer: Offer, now: Instant, cause: UnavailableCause): RoutingCommand[] {
    const { agent } = offer.idle
    this.#misses.delete(agent)
    return [{ do: 'makeUnavailable', agent, cause }, ...this.#returnToLine(offer, now)]
  }

  /** Back to the head, not the tail: the caller must not pay for the agent's absence. */
  #returnToLine({ waiting }: Offer, now: Instant): RoutingCommand[] {
    this.#waiting.add(waiting)
    return this.#findAgentFor(waiting, now)
  }

  #findAgentFor(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    const idle = this.#idle.firstFor(waiting.queue, waiting.language)
    return idle ? this.#offer(waiting, idle, now) : []
  }

  #findCallFor(idle: IdleAgent, now: Instant): RoutingCommand[] {
    const waiting = this.#waiting.firstFor(idle.queues, idle.languages)
    return waiting ? this.#offer(waiting, idle, now) : []
  }

  #offer(offered: WaitingCall, idle: IdleAgent, now: Instant): RoutingCommand[] {
    this.#waiting.remove(offered.call)
    this.#idle.remove(idle.agent)
    const waiting = { ...offered, offers: offered.offers + 1 }
    // Named after the call, whose name is unique, so that no offer of before a restart can be taken for this one.
    const offer: Offer = {
      offer: `${waiting.call}.${now}.${waiting.offers}` as OfferId,
      waiting,
      idle,
      at: now,
    }
    this.#offers.set(offer.offer, offer)
    this.#offerOfCall.set(waiting.call, offer)
    this.#offerOfAgent.set(idle.agent, offer)
    const atMs = now + this.#settings.ringSeconds * 1000
    return [
      { do: 'offer', ...names(offer) },
      { do: 'startTimer', timer: offer.offer, atMs },
    ]
  }

  #takeOffer({ agent, offer: id }: { agent: AgentId; offer: OfferId }): Offer | undefined {
    const offer = this.#offers.get(id)
    if (!offer || offer.idle.agent !== agent) return undefined
    this.#endOffer(offer)
    return offer
  }

  #endOffer({ offer, waiting, idle }: Offer): void {
    this.#offers.delete(offer)
    this.#offerOfCall.delete(waiting.call)
    this.#offerOfAgent.delete(idle.agent)
  }
}

function names({ offer, waiting, idle }: Offer): { call: CallId; agent: AgentId; offer: OfferId } {
  return { call: waiting.call, agent: idle.agent, offer }
}

function withdrawal(offer: Offer, cause: WithdrawalCause): RoutingCommand {
  return { do: 'withdrawOffer', ...names(offer), cause }
}

function ignored(event: RoutingEvent, because: IgnoredBecause): RoutingCommand[] {
  return [{ do: 'logIgnored', event: event.type, because }]
}
