/** What must hold of the queue engine in any order of events, shown by chance with printed seeds. */
import { expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, QueueId, SkillId, TimerId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type CallLanguage } from '#core/lib/languages.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { mayTake } from './choose-agents.ts'
import { QueueEngine } from './queue-engine.ts'
import {
  AGENT_ORDERS,
  DEFAULT_ROUTING_SETTINGS,
  defaultQueueSettings,
  type Otherwise,
  type QueueSettings,
} from './queue-settings.ts'
import {
  type AgentServes,
  QUEUE_EXITS,
  type QueueExit,
  type RoutingCommand,
  type RoutingEvent,
  type WaitingCall,
} from './routing-events.ts'
import { CALLERS_LANGUAGE } from './skill-rules.ts'

const QUEUES = ['admission', 'tech', 'trust'] as QueueId[]
const AGENTS = Array.from({ length: 6 }, (_, n) => `a${n}` as AgentId)
const GRACE_MS = DEFAULT_ROUTING_SETTINGS.directWaitSeconds * 1000
const SEEDS = 150
const SECONDS = 250
/** Many thousand events; the runner's own bound is for tests of milliseconds. */
const BUSY_MACHINE_MS = 60_000

test(
  'in any order of events and under any settings, nobody is lost, doubled, passed over or kept beside a free agent',
  () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = seededRandom(seed)
      const settings = anySettings(random)
      const engine = new QueueEngine(settings)
      const world = new World(settings)
      for (let second = 0; second < SECONDS; second++) {
        const now = second * 1000
        for (let due = world.timersDue(now); due.length > 0; due = world.timersDue(now)) {
          for (const event of due) {
            const isLast = event === due.at(-1)
            const commands = engine.handle(event, now)
            world.follow(event, commands, now)
            const problem = problemOf(engine, world, { commands, now, isSettled: isLast })
            expect(problem, `seed ${seed}, second ${second}, ${event.type}`).toBeUndefined()
          }
        }
        const event = anyEvent(random, second, world)
        const commands = engine.handle(event, now)
        world.follow(event, commands, now)
        const problem = problemOf(engine, world, { commands, now, isSettled: true })
        expect(problem, `seed ${seed}, second ${second}, ${event.type}`).toBeUndefined()
      }
    }
  },
  BUSY_MACHINE_MS,
)

test('the same events give the same decisions', () => {
  const random = seededRandom(11)
  const settings = anySettings(random)
  const [first, again] = [new QueueEngine(settings), new QueueEngine(settings)]
  const world = new World(settings)
  for (let second = 0; second < 500; second++) {
    const event = anyEvent(random, second, world)
    const commands = first.handle(event, second * 1000)
    world.follow(event, commands, second * 1000)
    expect(again.handle(event, second * 1000)).toEqual(commands)
  }
})

/** What an onlooker knows from events and commands alone. */
class World {
  readonly queues: Map<QueueId, QueueSettings>
  /** Where each call is that waits or is offered. */
  readonly present = new Map<CallId, QueueId>()
  readonly callbacks = new Set<CallId>()
  /** For whom alone a call waits or is offered. */
  readonly meantFor = new Map<CallId, AgentId | undefined>()
  /** Who is idle or being asked. */
  readonly ready = new Set<AgentId>()
  readonly busy = new Set<AgentId>()
  /** What each serves who is signed on. */
  readonly duty = new Map<AgentId, readonly QueueId[]>()
  /** Of those who were back: until when each may wait for somebody to come on duty. */
  readonly graceUntil = new Map<CallId, number>()
  /** Who has let a call ring that rings for others still. */
  readonly missed = new Map<CallId, Set<AgentId>>()
  /** A call that was offered again to one of these. */
  askedAgain: CallId | undefined
  readonly offers = new Map<OfferId, { call: CallId; agent: AgentId }>()
  readonly overOffers: { offer: OfferId; call: CallId; agent: AgentId }[] = []
  /** Whom an agent has had: he may be transferred, returned to his queue, or lost by a line. */
  readonly answered = new Map<CallId, QueueId>()
  /** A call that was given to an agent when it was with one already, or gone. */
  doubled: CallId | undefined
  readonly exits = new Map<string, number>()
  #timers: { timer: TimerId; atMs: number }[] = []

  constructor(settings: readonly QueueSettings[]) {
    this.queues = new Map(settings.map((queue) => [queue.queue, queue]))
  }

  timersDue(now: number): RoutingEvent[] {
    const due = this.#timers.filter(({ atMs }) => atMs <= now).sort((a, b) => a.atMs - b.atMs)
    this.#timers = this.#timers.filter(({ atMs }) => atMs > now)
    return due.map(({ timer }) => ({ type: 'timerRang', timer }))
  }

  follow(event: RoutingEvent, commands: readonly RoutingCommand[], now: number): void {
    if (commands.some((command) => command.do === 'logIgnored')) return
    if (event.type === 'queuesChanged') for (const queue of event.queues) this.queues.set(queue.queue, queue)
    if (event.type === 'callArrived') {
      this.answered.delete(event.call)
      this.graceUntil.set(event.call, event.isBack ? now + GRACE_MS : now)
      // A name may come again, as something else.
      this.callbacks.delete(event.call)
      if (event.kind === 'callback') this.callbacks.add(event.call)
    }
    if (event.type === 'callerHungUp' || event.type === 'callerLeft') this.present.delete(event.call)
    if (event.type === 'agentBecameAvailable') {
      this.ready.add(event.agent)
      // Whoever says that he is back may be asked again.
      for (const agents of this.missed.values()) agents.delete(event.agent)
      this.busy.delete(event.agent)
    }
    if (event.type === 'agentLeft' || event.type === 'agentSignedOff') {
      this.ready.delete(event.agent)
      this.busy.delete(event.agent)
    }
    if (event.type === 'agentBecameAvailable' || event.type === 'agentSignedOn')
      this.duty.set(event.agent, event.queues)
    if (event.type === 'agentSignedOff') this.duty.delete(event.agent)
    if ('offer' in event) this.#over(event.offer)
    for (const command of commands) this.#see(command)
  }

  #see(command: RoutingCommand): void {
    if (command.do === 'startTimer') this.#timers.push(command)
    if (command.do === 'holdInQueue') {
      this.present.set(command.call, command.queue)
      this.meantFor.set(command.call, command.only)
    }
    if (command.do === 'openToAll') this.meantFor.delete(command.call)
    if (command.do === 'leaveQueue') {
      // Who was answered is in the hands of the connection that follows.
      if (command.reason !== 'answered') this.present.delete(command.call)
      count(this.exits, `${command.queue} ${command.reason}`)
    }
    if (command.do === 'withdrawOffer') this.#over(command.offer)
    if (command.do === 'withdrawOffer' && command.cause === 'missed' && this.#rings(command.call))
      this.missed.set(command.call, (this.missed.get(command.call) ?? new Set()).add(command.agent))
    if (command.do === 'connect') {
      const queue = this.present.get(command.call)
      if (queue === undefined) this.doubled = command.call
      else if (!this.callbacks.has(command.call)) this.answered.set(command.call, queue)
      this.present.delete(command.call)
      this.busy.add(command.agent)
    }
    if (command.do === 'connect' || command.do === 'makeUnavailable') this.ready.delete(command.agent)
    if (command.do === 'offer') {
      if (this.missed.get(command.call)?.has(command.agent)) this.askedAgain = command.call
      this.offers.set(command.offer, command)
    }
  }

  #over(offer: OfferId): void {
    const over = this.offers.get(offer)
    if (over) this.overOffers.push({ offer, ...over })
    this.offers.delete(offer)
    if (over && !this.#rings(over.call)) this.missed.delete(over.call)
  }

  #rings(call: CallId): boolean {
    return [...this.offers.values()].some((offer) => offer.call === call)
  }
}

function count<Key>(sums: Map<Key, number>, key: Key): void {
  sums.set(key, (sums.get(key) ?? 0) + 1)
}

/** `isSettled`: every timer of this moment has rung, so that no rule is still to relax in it. */
type Moment = { commands: readonly RoutingCommand[]; now: number; isSettled: boolean }

function problemOf(engine: QueueEngine, world: World, moment: Moment): string | undefined {
  return (
    placeProblem(engine, world) ??
    agentProblem(engine, world) ??
    unfairness(engine, world, moment) ??
    overdueProblem(engine, world, moment) ??
    unservedProblem(engine, world, moment) ??
    ringsOnProblem(world) ??
    sumProblem(engine, world) ??
    positionProblem(engine)
  )
}

function placeProblem(engine: QueueEngine, world: World): string | undefined {
  if (world.doubled) return `${world.doubled} was given to two agents`
  const { waiting, offers } = engine.snapshot()
  const offered = new Set(offers.map((offer) => offer.waiting.call))
  if (waiting.some(({ call }) => offered.has(call))) return 'a call waits and is offered'
  const places = [...waiting.map(({ call }) => call), ...offered]
  if (new Set(places).size !== places.length) return 'a call is in two places'
  if (places.length !== world.present.size || places.some((call) => !world.present.has(call)))
    return `a call is lost or left over`
  const here = [...waiting, ...offers.map((offer) => offer.waiting)]
  const other = here.find(({ call, only }) => world.meantFor.get(call) !== only)
  if (other) return `${other.call} waits for ${other.only ?? 'all'}, which was not announced`
  const known = [...world.offers].map(([offer, { call, agent }]) => `${offer} ${call} ${agent}`).sort()
  const standing = offers.map(({ offer, waiting, idle }) => `${offer} ${waiting.call} ${idle.agent}`).sort()
  return known.join() === standing.join() ? undefined : 'the offers announced are not those that stand'
}

function agentProblem(engine: QueueEngine, world: World): string | undefined {
  const { offers, idle } = engine.snapshot()
  const agents = [...idle.map(({ agent }) => agent), ...offers.map((offer) => offer.idle.agent)]
  if (new Set(agents).size !== agents.length) return 'an agent is in two places'
  if (agents.some((agent) => world.busy.has(agent))) return 'an agent with a call is asked for another'
  if (agents.length !== world.ready.size || agents.some((agent) => !world.ready.has(agent)))
    return 'an agent is lost or left over'
  return undefined
}

function unfairness(
  engine: QueueEngine,
  world: World,
  { commands, now, isSettled }: Moment,
): string | undefined {
  const { waiting, offers, idle } = engine.snapshot()
  const settingsOf = (call: WaitingCall) => world.queues.get(call.queue) as QueueSettings
  const kept = waiting.find((call) =>
    idle.some((serves) => mayTake({ agent: serves.agent, serves }, call, settingsOf(call), now)),
  )
  if (kept && isSettled) return `${kept.call} waits although an agent is free`
  for (const command of commands) {
    const offer = command.do === 'offer' && offers.find((each) => each.offer === command.offer)
    if (!offer) continue
    const { idle: agent, waiting: offered } = offer
    const his = waiting.filter((other) =>
      mayTake({ agent: agent.agent, serves: agent }, other, settingsOf(other), now),
    )
    const passed =
      waiting.find((other) => isPassed(other, offered)) ??
      (isSettled ? his.find((other) => isBefore(other, offered)) : undefined)
    if (passed) return `${passed.call} was passed over by ${offered.call}`
  }
  return undefined
}

/** Whoever has waited as long as he may is not there any more, be the rule older or younger than his wait. */
function overdueProblem(engine: QueueEngine, world: World, { now, isSettled }: Moment): string | undefined {
  const overdue = engine.snapshot().waiting.find((waiting) => isOverdue(world, waiting, now))
  return overdue && isSettled ? `${overdue.call} has waited too long` : undefined
}

/** Nobody waits for nobody where a rule says what to do then; one who is back only for a while. */
function unservedProblem(engine: QueueEngine, world: World, { now, isSettled }: Moment): string | undefined {
  const unserved = engine.snapshot().waiting.find(({ call, kind, only, queue }) => {
    const isServed = [...world.duty.values()].some((queues) => queues.includes(queue))
    const holds =
      world.queues.get(queue)?.nobodyOnDuty && !isServed && now >= (world.graceUntil.get(call) ?? 0)
    return kind === 'caller' && !only && holds
  })
  return unserved && isSettled ? `${unserved.call} waits for nobody` : undefined
}

/** Where all are asked at once, and one may let several offers ring. */
function ringsOnProblem({ askedAgain }: World): string | undefined {
  return askedAgain && `${askedAgain} rings anew at who has let it ring, while it rings for others`
}

function isOverdue(world: World, { enteredAt, kind, queue }: WaitingCall, now: number): boolean {
  const { tooLong } = world.queues.get(queue) as QueueSettings
  return kind === 'caller' && tooLong !== undefined && now - enteredAt >= tooLong.waitSecondsMax * 1000
}

/** First in, first out, among those who are alike. */
function isPassed(waiting: WaitingCall, by: WaitingCall): boolean {
  const areAlike =
    waiting.queue === by.queue &&
    waiting.language === by.language &&
    waiting.priority === by.priority &&
    waiting.only === by.only
  return areAlike && (waiting.turn < by.turn || (waiting.turn === by.turn && waiting.ordinal < by.ordinal))
}

/** Of two whom one agent may take, whatever their queues: who waits for him alone, then whose turn comes first. */
function isBefore(waiting: WaitingCall, other: WaitingCall): boolean {
  if ((waiting.only === undefined) !== (other.only === undefined)) return waiting.only !== undefined
  return waiting.turn < other.turn || (waiting.turn === other.turn && waiting.ordinal < other.ordinal)
}

function sumProblem(engine: QueueEngine, world: World): string | undefined {
  for (const queue of QUEUES) {
    const counts = engine.counts().get(queue)
    const here = [...world.present].filter(([call, at]) => at === queue && !world.callbacks.has(call)).length
    const exitOf = (reason: QueueExit) => world.exits.get(`${queue} ${reason}`) ?? 0
    const offered = QUEUE_EXITS.reduce((sum, reason) => sum + exitOf(reason), here)
    if ((counts?.offered ?? 0) !== offered)
      return `${queue}: ${counts?.offered} offered, ${offered} accounted for`
    if (QUEUE_EXITS.some((reason) => (counts?.[reason] ?? 0) !== exitOf(reason)))
      return `${queue}: a sum is not what was announced`
    if ((counts?.waiting ?? 0) !== here) return `${queue}: ${counts?.waiting} waiting, ${here} present`
  }
  return undefined
}

function positionProblem(engine: QueueEngine): string | undefined {
  const counted = new Map<string, number>()
  for (const { call, queue, language, only } of engine.snapshot().waiting) {
    const line = `${queue} ${language} ${only ?? ''}`
    const position = (counted.get(line) ?? 0) + 1
    counted.set(line, position)
    if (engine.positionOf(call) !== position)
      return `${call} is at ${position}, not ${engine.positionOf(call)}`
  }
  return undefined
}

type Chance = () => number
const anyOf = <T>(random: Chance, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

function anySettings(random: Chance): QueueSettings[] {
  const otherwise = (): Otherwise =>
    anyOf<Otherwise>(random, [
      { do: 'takeMessage' },
      { do: 'hangUp' },
      { do: 'overflow', to: anyOf(random, QUEUES) },
    ])
  const maybe = <T extends object>(settings: T) => (random() < 0.4 ? settings : {})
  return QUEUES.map((queue) => ({
    ...defaultQueueSettings(queue),
    order: anyOf(random, AGENT_ORDERS),
    ringSeconds: 3,
    missesBeforeUnavailable: 1 + Math.floor(random() * 2),
    ...maybe({
      skills: [
        { fromSeconds: 0, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 70 }] },
        { fromSeconds: 10, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 30 }] },
        { fromSeconds: 30, needs: [] },
      ],
    } as const),
    ...maybe({ full: { waitingMax: Math.floor(random() * 6), then: otherwise() } }),
    ...maybe({ tooLong: { waitSecondsMax: 5 + Math.floor(random() * 60), then: otherwise() } }),
    ...maybe({ nobodyOnDuty: { then: otherwise() } }),
    ...maybe({ hours: anyHours(random, otherwise()) }),
  }))
}

/** The first seconds of the epoch, a Thursday at 05:00 in Tashkent; closed from some moment on. */
function anyHours(random: Chance, then: Otherwise): NonNullable<QueueSettings['hours']> {
  const week = [{ days: [4], fromMinute: 0, toMinute: 301 + Math.floor(random() * 5) }]
  return { open: { week, closedOn: [] }, then, atClosing: anyOf(random, ['serve', 'sendAway'] as const) }
}

function anyServing(random: Chance): AgentServes {
  const level = () => Math.floor(random() * 101)
  return {
    agent: anyOf(random, AGENTS),
    queues: QUEUES.filter(() => random() < 0.5),
    skills: { ['uz' as SkillId]: level(), ['ru' as SkillId]: level() },
  }
}

function anyArrival(random: Chance, second: number, call: CallId): RoutingEvent {
  const enteredAt = Math.max(0, second - Math.floor(random() * 60)) * 1000
  const language = anyOf<CallLanguage>(random, CALL_LANGUAGES)
  return {
    type: 'callArrived',
    call,
    queue: anyOf(random, QUEUES),
    language,
    ...(random() < 0.2 && { priority: Math.floor(random() * 3) }),
    ...(random() < 0.1 && { lastAgent: anyOf(random, AGENTS) }),
    ...(random() < 0.1 && { only: anyOf(random, AGENTS) }),
    ...(random() < 0.1 && { kind: 'callback' as const }),
    ...(random() < 0.1 && { isBack: true }),
    // Taken up after a restart.
    ...(random() < 0.1 && { isBack: true, since: enteredAt, enteredAt }),
  }
}

/** One who has had an agent waits again: in his queue, where his place is kept, or in another. */
function anyReturn(random: Chance, second: number, world: World): RoutingEvent {
  const [call, queue] = anyOf(random, [...world.answered])
  const language = anyOf<CallLanguage>(random, CALL_LANGUAGES)
  const since = Math.floor(random() * (second + 1)) * 1000
  const isTransfer = random() < 0.4
  return isTransfer
    ? { type: 'callArrived', call, queue: anyOf(random, QUEUES), language }
    : { type: 'callArrived', call, queue, language, since, isBack: true }
}

/** Something that can happen now, sensible or crossed on the wire. */
function anyEvent(random: Chance, second: number, world: World): RoutingEvent {
  const offers = [...world.offers].map(([offer, rest]) => ({ offer, ...rest }))
  const isCrossed = random() > 0.9 || offers.length === 0
  const never = { offer: 'none' as OfferId, agent: 'a0' as AgentId }
  const { offer, agent } = anyOf(random, isCrossed ? [...world.overOffers, never] : offers)
  const someCall = `c${Math.floor(random() * (second + 1))}` as CallId
  const kind = random()
  if (kind < 0.05 && world.answered.size > 0) return anyReturn(random, second, world)
  if (kind < 0.33) return anyArrival(random, second, `c${second}` as CallId)
  if (kind < 0.36) return anyArrival(random, second, anyOf(random, [...world.present.keys(), 'c0' as CallId]))
  if (kind < 0.43) return { type: 'callerHungUp', call: someCall }
  if (kind < 0.46)
    return { type: 'callerLeft', call: someCall, reason: anyOf(random, ['calledBack', 'messageLeft']) }
  if (kind < 0.5) return { type: 'agentSignedOn', ...anyServing(random), isBusy: random() < 0.1 }
  if (kind < 0.66) return { type: 'agentBecameAvailable', ...anyServing(random) }
  if (kind < 0.7) return { type: 'agentLeft', agent: anyOf(random, AGENTS) }
  if (kind < 0.73) return { type: 'agentSignedOff', agent: anyOf(random, AGENTS) }
  if (kind < 0.83) return { type: 'agentAnswered', agent, offer }
  if (kind < 0.88) return { type: 'agentMissedOffer', agent, offer }
  if (kind < 0.92) return { type: 'agentDeclinedOffer', agent, offer }
  if (kind < 0.96) return { type: 'offerFailed', agent, offer, cause: 'lineLost' }
  if (kind < 0.985) return { type: 'timerRang', timer: `ring ${offer}` as TimerId }
  return { type: 'queuesChanged', queues: anySettings(random).filter(() => random() < 0.5) }
}
