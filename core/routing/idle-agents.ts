/** The agents who are free, longest idle first; two who became free in the same millisecond are ordered by their id. */
import type { AgentId, QueueId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { IdleAgent } from './routing-events.ts'

export class IdleAgents {
  /** A few hundred at most, so a sorted array is the fastest thing there is. */
  readonly #idle: IdleAgent[] = []

  add(idle: IdleAgent): void {
    const after = this.#idle.findIndex((other) => byIdleTime(idle, other) < 0)
    this.#idle.splice(after < 0 ? this.#idle.length : after, 0, idle)
  }

  get(agent: AgentId): IdleAgent | undefined {
    return this.#idle.find((idle) => idle.agent === agent)
  }

  remove(agent: AgentId): IdleAgent | undefined {
    const index = this.#idle.findIndex((idle) => idle.agent === agent)
    return index < 0 ? undefined : this.#idle.splice(index, 1)[0]
  }

  firstFor(queue: QueueId, language: CallLanguage): IdleAgent | undefined {
    return this.#idle.find(({ queues, languages }) => queues.includes(queue) && languages.includes(language))
  }

  all(): IdleAgent[] {
    return [...this.#idle]
  }
}

function byIdleTime(a: IdleAgent, b: IdleAgent): number {
  return a.since - b.since || (a.agent < b.agent ? -1 : 1)
}
