/**
 * A long sequence of what happens in a crowded house: 40 agents, 12 queues, two
 * languages, rules of skills that relax, so many callers waiting all the time, and
 * 20 changes a second: somebody calls, hangs up, picks up, lets it ring, is free
 * again. The chance is seeded and the next step depends on what the engine
 * commanded, so two engines that decide alike are given the same sequence.
 */
import type { AgentId, CallId, OfferId, QueueId, TimerId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { defaultQueueSettings, type QueueSettings } from '#core/routing/queue-settings.ts'
import type { AgentServes, RoutingCommand, RoutingEvent } from '#core/routing/routing-events.ts'
import type { SkillLevels } from '#core/routing/skill-rules.ts'
import { Agenda } from '#core/staffing/agenda.ts'

const AGENTS = 40
const QUEUES = 12
const CHANGES_PER_SECOND = 20
const STEP_MS = 1000 / CHANGES_PER_SECOND
/** Of the steps in which nobody is missing from the lines. */
const HANG_UP_SHARE = 0.3
const LET_IT_RING_SHARE = 0.05

export type Engine = { handle(event: RoutingEvent, now: number): RoutingCommand[] }

export const LOAD_QUEUES: readonly QueueSettings[] = Array.from({ length: QUEUES }, (_, n) => ({
  ...defaultQueueSettings(`q${n}` as QueueId),
  skills: [
    { fromSeconds: 0, needs: [{ skill: 'language', atLeast: 80 }] },
    { fromSeconds: 60, needs: [{ skill: 'language', atLeast: 40 }] },
  ],
}))

export class QueueLoad {
  readonly #engine: Engine
  readonly #random: () => number
  readonly #waitingWanted: number
  readonly #timers = new Agenda<TimerId>()
  readonly #callers: CallId[] = []
  readonly #busy: AgentServes[]
  readonly #agents: ReadonlyMap<AgentId, AgentServes>
  readonly #offered = new Set<CallId>()
  /** Those who will be answered or not, in order. */
  readonly #ringing: { agent: AgentId; call: CallId; offer: OfferId }[] = []
  #calls = 0
  #now = 0
  #due: ReturnType<Agenda<TimerId>['next']>
  /** Who was offered whom, in order. */
  readonly offers: string[] = []
  /** How long each decision took, in milliseconds; empty it before the steps that count. */
  readonly durationsMs: number[] = []

  constructor(engine: Engine, { seed, waiting }: { seed: number; waiting: number }) {
    this.#engine = engine
    this.#random = seededRandom(seed)
    this.#waitingWanted = waiting
    this.#busy = Array.from({ length: AGENTS }, (_, n) => serves(n))
    this.#agents = new Map(this.#busy.map((agent) => [agent.agent, agent]))
    while (this.#callers.length < waiting) this.#arrives()
  }

  steps(count: number): void {
    for (let step = 0; step < count; step++) {
      this.#now += STEP_MS
      this.#ringTimers()
      this.#step()
    }
  }

  #step(): void {
    const random = this.#random()
    const [asked] = this.#ringing
    if (asked && random < 0.5) return this.#answers(asked)
    if (this.#callers.length < this.#waitingWanted) return this.#arrives()
    if (random < HANG_UP_SHARE) return this.#hangsUp()
    const [ready] = this.#busy.splice(Math.floor(this.#random() * this.#busy.length), 1)
    if (ready) return this.#tell({ type: 'agentBecameAvailable', ...ready })
    return this.#arrives()
  }

  #arrives(): void {
    const call = `c${++this.#calls}` as CallId
    const queue = `q${Math.floor(this.#random() * QUEUES)}` as QueueId
    const language = this.#random() < 0.85 ? CALL_LANGUAGES[0] : CALL_LANGUAGES[1]
    this.#callers.push(call)
    this.#tell({ type: 'callArrived', call, queue, language })
  }

  /** One who waits; whoever is being offered just now stays for it. */
  #hangsUp(): void {
    const call = this.#callers[Math.floor(this.#random() * this.#callers.length)]
    if (!call || this.#offered.has(call)) return
    this.#tell({ type: 'callerHungUp', call })
    this.#isGone(call)
  }

  #answers({ agent, offer, call }: { agent: AgentId; offer: OfferId; call: CallId }): void {
    this.#ringing.shift()
    // Not answered: the engine's timer will ring.
    if (this.#random() < LET_IT_RING_SHARE) return
    this.#tell({ type: 'agentAnswered', agent, offer })
    this.#isGone(call)
    this.#isBusy(agent)
  }

  #isBusy(agent: AgentId): void {
    const who = this.#agents.get(agent)
    if (who) this.#busy.push(who)
  }

  #isGone(call: CallId): void {
    const index = this.#callers.indexOf(call)
    if (index >= 0) this.#callers.splice(index, 1)
  }

  #ringTimers(): void {
    this.#due ??= this.#timers.next()
    for (; this.#due && this.#due.at <= this.#now; this.#due = this.#timers.next())
      this.#tell({ type: 'timerRang', timer: this.#due.what })
  }

  #tell(event: RoutingEvent): void {
    const began = process.hrtime.bigint()
    const commands = this.#engine.handle(event, this.#now)
    this.durationsMs.push(Number(process.hrtime.bigint() - began) / 1e6)
    for (const command of commands) this.#follow(command)
  }

  #follow(command: RoutingCommand): void {
    if (command.do === 'startTimer') this.#timers.note(command.atMs, command.timer)
    if (command.do === 'makeUnavailable') this.#isBusy(command.agent)
    if (command.do === 'withdrawOffer' || command.do === 'connect') this.#offered.delete(command.call)
    if (command.do !== 'offer') return
    this.#offered.add(command.call)
    this.#ringing.push(command)
    this.offers.push(`${this.#now} ${command.call} ${command.agent}`)
  }
}

/** From four queues to all of them. Some speak one language, some both, and two are learners whom no rule asks for yet. */
function serves(n: number): AgentServes {
  const count = 4 + (n % 9)
  const queues = Array.from({ length: count }, (_, step) => `q${(n + step) % QUEUES}` as QueueId)
  const skills =
    n % 20 === 19 ? { uz: 10 } : n % 5 === 0 ? { ru: 100 } : n % 5 === 1 ? { uz: 100, ru: 50 } : { uz: 90 }
  return { agent: `agent-${String(n).padStart(2, '0')}` as AgentId, queues, skills: skills as SkillLevels }
}
