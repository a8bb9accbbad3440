/**
 * The ACD: decides which agent is offered which call.
 *
 * The engine is deterministic and does no I/O. It is told what happened and at
 * what time, and returns what should be done; server/calls carries that out.
 * Replaying a day's events therefore reproduces the day's decisions, which is
 * how the simulator, the reports and the tests work. Time passes for it only
 * by events: it asks for timers (startTimer) and is told when they rang.
 *
 * A call is in exactly one place: waiting in a queue, offered, or none of our
 * business any more; and it leaves each queue it entered for exactly one reason.
 * An agent is away, idle, asked for one call, or busy with one.
 *
 * After every event no waiting call is left that an idle agent may take. So an
 * event can make new pairs only for the call, agent or line it is about, and
 * nobody else has to be looked at: a decision does not slow down with the number
 * of callers.
 *
 * A caller whose offer fails keeps his turn. An agent whose offer is withdrawn
 * for no reason of his own is idle again at once, at his old place; whoever
 * answered, declined, missed too many or lost an offer returns by
 * agentBecameAvailable. How many may wait is bounded by the channel limits of the
 * trunks.
 */
import { unreachable } from '#core/lib/assert.ts'
import type { CallId, QueueId, TimerId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { Books } from './books.ts'
import { Entering } from './entering.ts'
import { mayTake } from './choose-agents.ts'
import { expectedWaitMs } from './expected-wait.ts'
import { names, Offering } from './offering.ts'
import type { QueueCounts } from './queue-counts.ts'
import { DEFAULT_ROUTING_SETTINGS, type QueueSettings, type RoutingSettings } from './queue-settings.ts'
import type {
  AgentServes,
  IgnoredBecause,
  LogIgnored,
  Offer,
  OfferFailure,
  RoutingCommand,
  RoutingEvent,
  RoutingSnapshot,
  UnavailableCause,
  WaitingCall,
} from './routing-events.ts'
import { matterOf, timersOf } from './routing-timers.ts'
import { type Agent, asIdle } from './staff-book.ts'

type Event<Type extends RoutingEvent['type']> = Extract<RoutingEvent, { type: Type }>

export class QueueEngine {
  readonly #books: Books
  readonly #offering: Offering
  readonly #entering: Entering

  constructor(queues: readonly QueueSettings[] = [], settings: RoutingSettings = DEFAULT_ROUTING_SETTINGS) {
    this.#books = new Books(queues, settings)
    this.#offering = new Offering(this.#books)
    this.#entering = new Entering(this.#books, this.#offering)
  }

  handle(event: RoutingEvent, now: Instant): RoutingCommand[] {
    switch (event.type) {
      case 'callArrived':
        if (this.positionOf(event.call) !== undefined) return this.#ignored(event, 'callIsKnown')
        return this.#entering.arrive(event, now)
      case 'callerHungUp':
      case 'callerLeft':
        return this.#callGone(event, now)
      case 'agentSignedOn':
        return this.#signedOn(event, now)
      case 'agentBecameAvailable':
        return this.#becameAvailable(event, now)
      case 'agentLeft':
      case 'agentSignedOff':
        return this.#left(event, now)
      case 'agentAnswered':
      case 'agentMissedOffer':
      case 'agentDeclinedOffer':
      case 'offerFailed':
        return this.#offerEnded(event, now)
      case 'queuesChanged':
        return this.#queuesChanged(event.queues, now)
      case 'timerRang':
        return this.#timerRang(event.timer, now)
      default:
        return unreachable(event)
    }
  }

  /** 1 for the next caller of its queue and language, 0 while it is being offered. */
  positionOf(call: CallId): number | undefined {
    const { offers, waiting: line } = this.#books
    if (offers.of(call).length > 0) return 0
    const waiting = line.get(call)
    return waiting && line.positionOf(waiting)
  }

  /** How long this call will probably still wait; nothing where nobody is at work for its queue. */
  expectedWaitMs(call: CallId, now: Instant): number | undefined {
    const { handleTimes, offers, staff, waiting: line } = this.#books
    if (offers.of(call).length > 0) return 0
    const waiting = line.get(call)
    if (!waiting) return undefined
    return expectedWaitMs(staff.all(), {
      waiting,
      ahead: line.aheadOf(waiting),
      mayTake: (agent, other) => mayTake(agent, other, this.#books.queue(other.queue), now),
      handleSeconds: (queue) => handleTimes.of(queue, this.#books.queue(queue).expectedHandleSeconds),
    })
  }

  /** How a caller left this queue who gave up after so long. */
  givenUpAs(queue: QueueId, waitedMs: number): 'abandoned' | 'shortAbandoned' {
    const { shortAbandonSeconds } = this.#books.queue(queue)
    return waitedMs < shortAbandonSeconds * 1000 ? 'shortAbandoned' : 'abandoned'
  }

  /** The callers in a queue, in the order of their turn; those being offered are not among them. */
  waitingIn(queue: QueueId): WaitingCall[] {
    return this.#books.waiting.all().filter((waiting) => waiting.queue === queue)
  }

  snapshot(): RoutingSnapshot {
    const { offers, staff, waiting } = this.#books
    return { waiting: waiting.all(), offers: offers.all(), idle: staff.idle().map(asIdle) }
  }

  /** What became of the callers of each queue since the engine began. */
  counts(): ReadonlyMap<QueueId, Readonly<QueueCounts>> {
    return this.#books.ledger.all()
  }

  #callGone(event: Event<'callerHungUp' | 'callerLeft'>, now: Instant): RoutingCommand[] {
    const offers = this.#books.offers.of(event.call)
    const waiting = this.#books.waiting.remove(event.call) ?? offers[0]?.waiting
    if (!waiting) return this.#ignored(event, 'callIsUnknown')
    const reason =
      event.type === 'callerLeft' ? event.reason : this.givenUpAs(waiting.queue, now - waiting.since)
    return [
      ...this.#offering.withdraw(offers, event.type),
      ...this.#entering.exit(waiting, { reason }, now),
      ...this.#offering.freeAgain(offers, now),
    ]
  }

  // What became of an offer ---------------------------------------------------

  #offerEnded(
    event: Event<'agentAnswered' | 'agentMissedOffer' | 'agentDeclinedOffer' | 'offerFailed'>,
    now: Instant,
  ): RoutingCommand[] {
    const offer = this.#offering.take(event)
    // The caller may have hung up while the answer was on its way.
    if (!offer) return this.#ignored(event, 'offerIsOver')
    switch (event.type) {
      case 'agentAnswered':
        return this.#answered(offer, now)
      case 'agentMissedOffer':
        return [{ do: 'withdrawOffer', ...names(offer), cause: 'missed' }, ...this.#missed(offer, now)]
      case 'agentDeclinedOffer':
        return this.#giveBack(offer, { cause: 'declinedOffer' }, now)
      case 'offerFailed':
        return this.#giveBack(offer, { cause: 'lineFailed', because: event.cause }, now)
      default:
        return unreachable(event)
    }
  }

  #answered(offer: Offer, now: Instant): RoutingCommand[] {
    const { offers, staff } = this.#books
    const { waiting, idle } = offer
    const others = offers.of(waiting.call)
    const withdrawn = this.#offering.withdraw(others, 'takenByAnother')
    const agent = staff.get(idle.agent)
    if (agent) {
      staff.move(agent, 'busy')
      agent.misses = 0
      agent.answered++
      agent.handling = { queue: waiting.queue, since: now }
    }
    const left = this.#entering.exit(waiting, { reason: 'answered' }, now)
    const connect: RoutingCommand = { do: 'connect', ...names(offer) }
    return [...withdrawn, ...left, connect, ...this.#offering.freeAgain(others, now)]
  }

  #missed(offer: Offer, now: Instant): RoutingCommand[] {
    const { missesBeforeUnavailable } = this.#books.queue(offer.waiting.queue)
    const agent = this.#books.staff.get(offer.idle.agent)
    if (!agent || agent.misses + 1 >= missesBeforeUnavailable)
      return this.#giveBack(offer, { cause: 'missedOffer' }, now)
    agent.misses++
    agent.idleSince = now
    this.#books.offers.noteMissed(offer)
    // The caller looks for an agent first and the agent for a caller last, so that the one who missed is asked last.
    const commands = this.#returnToLine(offer, now)
    this.#books.staff.move(agent, 'idle')
    return [...commands, ...this.#offering.findCallFor(agent, now)]
  }

  /** The caller goes on waiting at his place, the agent is out until he says that he is back. */
  #giveBack(
    offer: Offer,
    why: { cause: UnavailableCause; because?: OfferFailure },
    now: Instant,
  ): RoutingCommand[] {
    const agent = this.#books.staff.get(offer.idle.agent)
    if (agent) {
      this.#books.staff.move(agent, 'away')
      agent.misses = 0
    }
    const out: RoutingCommand = { do: 'makeUnavailable', agent: offer.idle.agent, ...why }
    return [out, ...this.#returnToLine(offer, now)]
  }

  /** Back to the head, not the tail: the caller must not pay for the agent's absence. Whoever was wanted alone has had his chance. */
  #returnToLine({ waiting: offered }: Offer, now: Instant): RoutingCommand[] {
    // Others are still being asked for him.
    if (this.#books.offers.of(offered.call).length > 0) return []
    return this.#entering.waitForAnybody(offered, now)
  }

  // Agents --------------------------------------------------------------------

  #signedOn(event: Event<'agentSignedOn'>, now: Instant): RoutingCommand[] {
    const { staff } = this.#books
    const before = staff.get(event.agent)?.serves.queues
    const agent = staff.note(servesOf(event))
    agent.answered = event.answered ?? agent.answered
    if (event.isBusy && agent.state === 'away') staff.move(agent, 'busy')
    return this.#servesNow(agent, before, now)
  }

  #becameAvailable(event: Event<'agentBecameAvailable'>, now: Instant): RoutingCommand[] {
    const { offers, staff } = this.#books
    if (offers.to(event.agent)) return this.#ignored(event, 'agentHasOffer')
    const before = staff.get(event.agent)?.serves.queues
    const agent = staff.note(servesOf(event))
    this.#measure(agent, now)
    // One who is idle already and only serves something else now keeps his place.
    if (agent.state !== 'idle') {
      agent.idleSince = event.since ?? now
      staff.move(agent, 'idle')
    }
    return this.#servesNow(agent, before, now)
  }

  /**
   * `before`: the queues of one who was signed on already, and may have been the last on duty for some of them. Callers
   * whom he leaves there may be passed on to where he serves now: all of them first, or a later one would be before them.
   */
  #servesNow(agent: Agent, before: readonly QueueId[] | undefined, now: Instant): RoutingCommand[] {
    const { staff } = this.#books
    const left = (before ?? []).filter((queue) => !agent.serves.queues.includes(queue))
    const isIdle = agent.state === 'idle'
    if (isIdle) staff.move(agent, 'away')
    const sentOn = left.flatMap((queue) => this.#nobodyLeft(queue, now))
    if (isIdle) staff.move(agent, 'idle')
    return [...sentOn, ...this.#offering.findCallFor(agent, now)]
  }

  #left(event: Event<'agentLeft' | 'agentSignedOff'>, now: Instant): RoutingCommand[] {
    const { offers, staff } = this.#books
    const agent = staff.get(event.agent)
    const isOff = event.type === 'agentSignedOff'
    if (!agent || (agent.state === 'away' && !isOff)) return this.#ignored(event, 'agentIsUnknown')
    const offer = offers.to(event.agent)
    const withdrawn = this.#offering.withdraw(offer ? [offer] : [], 'agentLeft')
    this.#measure(agent, now)
    agent.misses = 0
    if (isOff) staff.remove(agent)
    else staff.move(agent, 'away')
    const returned = offer ? this.#returnToLine(offer, now) : []
    return [...withdrawn, ...returned, ...(isOff ? this.#missing(agent, now) : [])]
  }

  /** What waited for him alone is anybody's now; where he was the last, the queue's rule for that holds. */
  #missing({ agent, serves }: Agent, now: Instant): RoutingCommand[] {
    const wanted = this.#books.waiting.all().filter(({ only }) => only === agent)
    return [
      ...wanted.flatMap((waiting) => this.#entering.openToAll(waiting, now)),
      ...serves.queues.flatMap((queue) => this.#nobodyLeft(queue, now)),
    ]
  }

  #nobodyLeft(queue: QueueId, now: Instant): RoutingCommand[] {
    if (this.#books.staff.onDutyFor(queue) > 0) return []
    return this.waitingIn(queue).flatMap((waiting) => this.#entering.sendAwayIfNobodyServes(waiting, now))
  }

  #measure(agent: Agent, now: Instant): void {
    const { handling } = agent
    if (!handling) return
    agent.handling = undefined
    const { expectedHandleSeconds } = this.#books.queue(handling.queue)
    const seconds = (now - handling.since) / 1000
    this.#books.handleTimes.measured(handling.queue, seconds, expectedHandleSeconds)
  }

  // Time and settings ---------------------------------------------------------

  #timerRang(timer: TimerId, now: Instant): RoutingCommand[] {
    const matter = matterOf(timer)
    if (matter?.about === 'ring') {
      const offer = this.#books.offers.get(matter.offer)
      // Most offers are over before their timer rings: nothing worth a line in the log.
      return offer ? [...this.#offering.withdraw([offer], 'missed'), ...this.#missed(offer, now)] : []
    }
    const waiting = matter && this.#books.waiting.get(matter.call)
    if (!waiting || waiting.visit !== matter.visit) return []
    // The clock that rings is not the one that tells the time: a rule would not have relaxed yet, and nobody look again.
    if (now < matter.at) return [{ do: 'startTimer', timer, atMs: matter.at }]
    switch (matter.about) {
      case 'look':
        return this.#offering.serve(waiting, now)
      case 'direct':
        return this.#entering.openToAll(waiting, now)
      case 'unserved':
        return this.#entering.sendAwayIfNobodyServes(waiting, now)
      case 'tooLong':
      case 'closing':
        return this.#entering.sendAwayIfDue(waiting, now)
      default:
        return unreachable(matter)
    }
  }

  #queuesChanged(queues: readonly QueueSettings[], now: Instant): RoutingCommand[] {
    const changes = queues.map((after) => ({ after, before: this.#books.queue(after.queue) }))
    this.#books.change(queues)
    return [...this.#offering.serveAll(now), ...changes.flatMap((change) => this.#queueChanged(change, now))]
  }

  /** Those who are being offered may wait again, and need the new timers as well. */
  #queueChanged(
    { after, before }: { after: QueueSettings; before: QueueSettings },
    now: Instant,
  ): RoutingCommand[] {
    const { offers, settings } = this.#books
    const offered = offers.all().flatMap(({ waiting }) => (waiting.queue === after.queue ? waiting : []))
    const inQueue = [...this.waitingIn(after.queue), ...offered]
    return [
      ...inQueue.flatMap((waiting) => timersOf(waiting, after, settings, now)),
      ...this.waitingIn(after.queue).flatMap((each) => this.#entering.sendAwayIfDue(each, now, before)),
      ...this.#nobodyLeft(after.queue, now),
    ]
  }

  /** With what it was about and how that stands, so that the log says why it made no sense. */
  #ignored(event: RoutingEvent, because: IgnoredBecause): RoutingCommand[] {
    const position = 'call' in event ? this.positionOf(event.call) : undefined
    const callIs = position === undefined ? 'notHere' : position > 0 ? 'waiting' : 'offered'
    const agentIs = ('agent' in event && this.#books.staff.get(event.agent)?.state) || 'notHere'
    const command: LogIgnored = {
      do: 'logIgnored',
      event: event.type,
      because,
      ...('call' in event && { call: event.call, callIs }),
      ...('agent' in event && { agent: event.agent, agentIs }),
      ...('offer' in event && { offer: event.offer }),
    }
    return [command]
  }
}

function servesOf({ agent, queues, skills }: AgentServes): AgentServes {
  return { agent, queues, skills }
}
