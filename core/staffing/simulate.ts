/**
 * A day, a month or a year of calls in seconds: the very same queue engine that
 * the server runs, in virtual time.
 *
 * People are simulated, routing is not: callers arrive, wait and give up, agents
 * pick up, talk, wrap up and sometimes let it ring. What the engine commands is
 * done at once, its timers ring when it asked for. The same scenario gives the
 * same result; its seed decides everything that is chance.
 */
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { QueueEngine } from '#core/routing/queue-engine.ts'
import type {
  LeaveQueue,
  RoutingCommand,
  RoutingEvent,
  WithdrawalCause,
} from '#core/routing/routing-events.ts'
import { Agenda } from './agenda.ts'
import { AgentHours } from './agent-hours.ts'
import { nextArrival } from './arrivals.ts'
import { type Chance, chanceOf } from './chance.ts'
import { FirstInFirstOut } from './first-in-first-out.ts'
import type { Scenario } from './scenario.ts'
import { SimulatedAgents } from './simulated-agents.ts'
import { SimulatedCalls, type SimulatedCall } from './simulated-calls.ts'
import { conservationProblems, occupancyOf, type SimulationResult } from './simulation-result.ts'
import { Tally } from './tally.ts'
import { ONE_ASKS_OF_CALLS, ToldWaitsCount } from './told-waits.ts'

/** What people do when its time has come, and what the engine wanted to be told. */
type Happening =
  | { readonly who: 'citizen'; readonly does: 'calls' }
  | { readonly who: 'caller'; readonly does: 'givesUp'; readonly call: CallId }
  | { readonly who: 'caller'; readonly does: 'asksForCallback'; readonly call: CallId }
  | { readonly who: 'agent'; readonly does: 'answers'; readonly agent: AgentId; readonly offer: OfferId }
  | { readonly who: 'agent'; readonly does: 'endsTalk'; readonly agent: AgentId; readonly call: CallId }
  | { readonly who: 'agent'; readonly does: 'isReady'; readonly agent: AgentId }
  | { readonly who: 'engine'; readonly does: 'isTold'; readonly event: RoutingEvent }

/** After the last call has arrived, those who are there still are given so long. */
const AFTERWARDS_HOURS_MAX = 168

export function simulate(scenario: Scenario): SimulationResult {
  return new Simulation(scenario).run()
}

class Simulation {
  readonly #scenario: Scenario
  readonly #chance: Chance
  readonly #engine: QueueEngine
  readonly #agenda = new Agenda<Happening>()
  readonly #calls: SimulatedCalls
  readonly #agents: SimulatedAgents
  readonly #hours = new AgentHours()
  readonly #tally: Tally
  readonly #turns = new FirstInFirstOut()
  readonly #told = new ToldWaitsCount()
  readonly #problems: string[] = []
  #now: Instant
  #nextArrivalAt: Instant
  #countedFrom: Instant
  #countedUntil: Instant
  /** Nothing happens after it. */
  #until = Number.POSITIVE_INFINITY

  constructor(scenario: Scenario) {
    this.#scenario = scenario
    this.#chance = chanceOf(scenario.seed)
    this.#engine = new QueueEngine(scenario.queues, scenario.routing)
    this.#agents = new SimulatedAgents(scenario, this.#chance)
    this.#calls = new SimulatedCalls(scenario, this.#chance)
    this.#tally = new Tally(scenario)
    this.#now = this.#nextArrivalAt = scenario.startsAt
    this.#countedFrom = this.#countedUntil = scenario.startsAt
  }

  run(): SimulationResult {
    for (const agent of this.#agents.all()) this.#isReady(agent)
    this.#noteNextArrival()
    for (let due = this.#agenda.next(); due && due.at <= this.#until; due = this.#agenda.next()) {
      this.#now = due.at
      this.#happens(due.what)
    }
    return this.#result()
  }

  #happens(what: Happening): void {
    switch (what.does) {
      case 'calls':
        return this.#arrives()
      case 'givesUp':
        if (this.#isWaiting(what.call)) this.#tell({ type: 'callerHungUp', call: what.call })
        return
      case 'asksForCallback':
        return this.#asksForCallback(what.call)
      case 'answers':
        return this.#tell({ type: 'agentAnswered', agent: what.agent, offer: what.offer })
      case 'endsTalk':
        return this.#endsTalk(what)
      case 'isReady':
        return this.#isReady(what.agent)
      case 'isTold':
        return this.#tell(what.event)
      default:
        return unreachable(what)
    }
  }

  // Callers -------------------------------------------------------------------

  #noteNextArrival(): void {
    this.#nextArrivalAt = nextArrival(this.#nextArrivalAt, this.#scenario.arrivals, this.#chance.arrivals)
    this.#agenda.note(Math.round(this.#nextArrivalAt), { who: 'citizen', does: 'calls' })
  }

  #arrives(): void {
    const { calls, warmUpCalls } = this.#scenario
    const arrived = this.#calls.arrive(this.#now)
    if (arrived.ordinal === warmUpCalls + 1) this.#countFromNow()
    if (arrived.ordinal < warmUpCalls + calls) this.#noteNextArrival()
    else this.#lastHasArrived()
    this.#tally.arrived(arrived)
    const { call, callbackAfterMs, group, patienceMs } = arrived
    if (patienceMs !== undefined)
      this.#agenda.note(this.#now + patienceMs, { who: 'caller', does: 'givesUp', call })
    if (callbackAfterMs !== undefined)
      this.#agenda.note(this.#now + callbackAfterMs, { who: 'caller', does: 'asksForCallback', call })
    const { language, priority, queue } = group
    this.#tell({ type: 'callArrived', call, queue, language, priority })
    this.#asksHowLong(arrived)
  }

  #asksHowLong({ call, isCounted, offers, ordinal, queue }: SimulatedCall): void {
    const hasToWait = queue !== undefined && offers === 0
    if (!hasToWait || !isCounted || ordinal % ONE_ASKS_OF_CALLS !== 0) return
    const expectedMs = this.#engine.expectedWaitMs(call, this.#now)
    if (expectedMs !== undefined) this.#told.isTold(call, expectedMs)
  }

  /** He may have been answered, or sent away, in time. */
  #isWaiting(call: CallId): boolean {
    return this.#calls.has(call) && this.#calls.get(call).queue !== undefined
  }

  #asksForCallback(id: CallId): void {
    if (!this.#isWaiting(id)) return
    const call = this.#calls.get(id)
    const { queue = call.group.queue } = call
    this.#tell({ type: 'callerLeft', call: id, reason: 'calledBack' })
    const { arrivedAt: since, call: callback, group } = this.#calls.callBack(call)
    const { language, priority } = group
    this.#tell({ type: 'callArrived', kind: 'callback', call: callback, queue, language, priority, since })
  }

  #countFromNow(): void {
    this.#countedFrom = this.#now
    this.#hours.open(this.#now)
  }

  #lastHasArrived(): void {
    this.#countedUntil = this.#now
    this.#hours.close(this.#now)
    this.#until = this.#now + AFTERWARDS_HOURS_MAX * 3_600_000
  }

  // Agents --------------------------------------------------------------------

  #isReady(agent: AgentId): void {
    this.#hours.begins(agent, 'free', this.#now)
    this.#tell({ type: 'agentBecameAvailable', ...this.#agents.serves(agent) })
  }

  #endsTalk({ agent, call }: { agent: AgentId; call: CallId }): void {
    const { wrapUpMs } = this.#calls.get(call)
    this.#calls.isOver(call)
    if (wrapUpMs === 0) return this.#isReady(agent)
    this.#hours.begins(agent, 'wrapUp', this.#now)
    this.#agenda.note(this.#now + wrapUpMs, { who: 'agent', does: 'isReady', agent })
  }

  // The engine ----------------------------------------------------------------

  #tell(event: RoutingEvent): void {
    for (const command of this.#engine.handle(event, this.#now)) this.#follow(command, event)
  }

  #follow(command: RoutingCommand, event: RoutingEvent): void {
    switch (command.do) {
      case 'holdInQueue':
        return this.#enters(command.call, command.queue)
      case 'offer':
        return this.#isAsked(command)
      case 'startTimer': {
        const told: RoutingEvent = { type: 'timerRang', timer: command.timer }
        return this.#agenda.note(command.atMs, { who: 'engine', does: 'isTold', event: told })
      }
      case 'withdrawOffer':
        return this.#isAskedNoMore(command)
      case 'connect':
        return this.#talks(command)
      case 'leaveQueue':
        return this.#leaves(command)
      case 'makeUnavailable':
        return this.#goesAway(command.agent)
      case 'openToAll':
        // Nobody is transferred here; it would change nothing that is counted.
        return
      case 'logIgnored':
        // An answer crosses the caller's hanging up; nothing else is said too late here.
        if (event.type !== 'agentAnswered')
          this.#problems.push(`${command.event} ignored: ${command.because}`)
        return
      default:
        return unreachable(command)
    }
  }

  #enters(id: CallId, queue: QueueId): void {
    const call = this.#calls.get(id)
    call.queue = queue
    // A callback was counted when its caller asked for it.
    if (!call.isCallback) this.#tally.entered(call, queue)
    this.#waits(call)
  }

  #isAsked({ agent, call, offer }: { agent: AgentId; call: CallId; offer: OfferId }): void {
    this.#calls.get(call).offers++
    this.#turns.isOffered(call)
    this.#hours.begins(agent, 'ringing', this.#now)
    const pickUpMs = this.#agents.drawPickUpMs(agent)
    if (pickUpMs !== undefined)
      this.#agenda.note(this.#now + pickUpMs, { who: 'agent', does: 'answers', agent, offer })
  }

  #isAskedNoMore({ agent, call: id, cause }: { agent: AgentId; call: CallId; cause: WithdrawalCause }): void {
    this.#hours.begins(agent, 'free', this.#now)
    const call = this.#calls.get(id)
    call.offers--
    if (cause === 'missed' && call.offers === 0) this.#waits(call)
  }

  #talks({ agent, call: id }: { agent: AgentId; call: CallId }): void {
    this.#hours.begins(agent, 'talking', this.#now)
    const call = this.#calls.get(id)
    call.queue = undefined
    if (call.isCallback) this.#tally.callbackAccepted(call, this.#now - call.arrivedAt)
    this.#agenda.note(this.#now + call.talkMs, { who: 'agent', does: 'endsTalk', agent, call: id })
  }

  #goesAway(agent: AgentId): void {
    this.#hours.begins(agent, 'away', this.#now)
    this.#agenda.note(this.#now + this.#agents.drawAwayMs(agent), { who: 'agent', does: 'isReady', agent })
  }

  #waits({ call, group, arrivedAt, ordinal, queue }: SimulatedCall): void {
    const line = `${queue} ${group.language} ${group.priority}`
    this.#turns.waits(call, { line, since: arrivedAt, ordinal })
  }

  #leaves({ call: id, queue, reason: how, waitedMs }: LeaveQueue): void {
    const call = this.#calls.get(id)
    // Refused on arrival: he has entered and left in one step.
    if (call.queue !== queue) this.#tally.entered(call, queue)
    this.#turns.leaves(id)
    this.#tally.left(call, { queue, how, waitedMs })
    call.queue = undefined
    call.offers = 0
    if (how === 'overflowed') return
    this.#tally.ended(call, how, this.#now - call.arrivedAt)
    if (how === 'answered') this.#told.isAnswered(id, this.#now - call.arrivedAt)
    else this.#calls.isOver(id)
  }

  #result(): SimulationResult {
    const times = this.#hours.times()
    return {
      seed: this.#scenario.seed,
      seconds: (this.#countedUntil - this.#countedFrom) / 1000,
      serviceLevelSeconds: this.#scenario.serviceLevelSeconds,
      ...this.#tally.figures(),
      agents: this.#agents.figures(times),
      occupancy: occupancyOf(times),
      toldWaits: this.#told.figures(),
      passedOver: this.#turns.violations,
      problems: [
        ...this.#problems,
        ...conservationProblems(this.#engine.counts(), this.#tally.allInQueues()),
      ],
    }
  }
}
