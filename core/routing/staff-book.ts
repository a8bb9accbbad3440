/**
 * The agents who are signed on, as the engine needs to know them.
 *
 *   away ◀─▶ idle ─offer─▶ asked ─answer─▶ busy ─▶ idle, away
 *              ▲             │
 *              └─withdrawn───┘        missed, declined, failed ─▶ away
 *   away ─▶ busy: with a call of before a restart
 */
import { assert } from '#core/lib/assert.ts'
import type { AgentId, QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { AgentServes, AgentState, IdleAgent } from './routing-events.ts'

export type Agent = {
  readonly agent: AgentId
  serves: AgentServes
  readonly state: AgentState
  /** Of one who is idle or asked: since when he has been idle. */
  idleSince: Instant
  /** Calls answered since he signed on. */
  answered: number
  /** Offers missed since the last one answered. */
  misses: number
  /** Of one who is busy: with a call of which queue, and since when. */
  handling: { readonly queue: QueueId; readonly since: Instant } | undefined
}

export class StaffBook {
  readonly #agents = new Map<AgentId, Agent>()
  /** Longest idle first; two who became idle in the same millisecond are ordered by their id. */
  readonly #idle: Agent[] = []
  readonly #onDuty = new Map<QueueId, number>()

  get(agent: AgentId): Agent | undefined {
    return this.#agents.get(agent)
  }

  /** Signs him on if he is not, and notes what he serves from now on. */
  note(serves: AgentServes): Agent {
    const known = this.#agents.get(serves.agent)
    if (known) {
      this.#countDuty(known.serves.queues, -1)
      known.serves = serves
    }
    this.#countDuty(serves.queues, 1)
    if (known) return known
    const agent: Agent = {
      agent: serves.agent,
      serves,
      state: 'away',
      idleSince: 0,
      answered: 0,
      misses: 0,
      handling: undefined,
    }
    this.#agents.set(serves.agent, agent)
    return agent
  }

  remove(agent: Agent): void {
    this.move(agent, 'away')
    this.#countDuty(agent.serves.queues, -1)
    this.#agents.delete(agent.agent)
  }

  /** The one way in which a state changes; keeps the line of the idle. */
  move(agent: Agent, state: AgentState): void {
    assert(this.#agents.get(agent.agent) === agent, 'only agents who are signed on change their state')
    if (agent.state === 'idle') this.#idle.splice(this.#idle.indexOf(agent), 1)
    ;(agent as { state: AgentState }).state = state
    if (state !== 'idle') return
    const after = this.#idle.findIndex((other) => byIdleTime(agent, other) < 0)
    this.#idle.splice(after < 0 ? this.#idle.length : after, 0, agent)
  }

  /** A few hundred at most, longest idle first. */
  idle(): readonly Agent[] {
    return this.#idle
  }

  all(): Iterable<Agent> {
    return this.#agents.values()
  }

  onDutyFor(queue: QueueId): number {
    return this.#onDuty.get(queue) ?? 0
  }

  #countDuty(queues: readonly QueueId[], by: number): void {
    for (const queue of queues) this.#onDuty.set(queue, this.onDutyFor(queue) + by)
  }
}

export function asIdle({ serves, idleSince, answered }: Agent): IdleAgent {
  return { ...serves, since: idleSince, answered }
}

function byIdleTime(a: Agent, b: Agent): number {
  return a.idleSince - b.idleSince || (a.agent < b.agent ? -1 : 1)
}
