/** The agents of a simulation: who they are, and what is chance about them. */
import type { AgentId } from '#core/lib/ids.ts'
import type { AgentServes } from '#core/routing/routing-events.ts'
import type { AgentTimes } from './agent-hours.ts'
import type { Chance } from './chance.ts'
import { drawSeconds, inMs } from './distributions.ts'
import type { AgentGroup, Scenario } from './scenario.ts'
import { type AgentFigures, agentFigures } from './simulation-result.ts'

export class SimulatedAgents {
  readonly #chance: Chance
  readonly #groups = new Map<AgentId, AgentGroup>()

  constructor({ agents }: Scenario, chance: Chance) {
    this.#chance = chance
    for (const group of agents)
      for (let n = 1; n <= group.agents; n++) this.#groups.set(nameOf(group, n), group)
  }

  all(): AgentId[] {
    return [...this.#groups.keys()]
  }

  serves(agent: AgentId): AgentServes {
    const { queues, skills } = this.#groupOf(agent)
    return { agent, queues, skills }
  }

  /** How long he lets this offer ring before he answers it; nothing if he does not. */
  drawPickUpMs(agent: AgentId): number | undefined {
    const { missShare, pickUp } = this.#groupOf(agent)
    // Drawn in any case, so that rarer misses do not change how fast the others are.
    const pickUpMs = inMs(drawSeconds(pickUp, this.#chance.pickUps))
    return this.#chance.misses() < missShare ? undefined : pickUpMs
  }

  drawAwayMs(agent: AgentId): number {
    return inMs(drawSeconds(this.#groupOf(agent).away, this.#chance.returns))
  }

  figures(times: readonly AgentTimes[]): AgentFigures[] {
    return times.map((each) => agentFigures(this.#groupOf(each.agent).name, each))
  }

  #groupOf(agent: AgentId): AgentGroup {
    return this.#groups.get(agent) as AgentGroup
  }
}

function nameOf({ name }: AgentGroup, n: number): AgentId {
  return `${name}-${String(n).padStart(3, '0')}` as AgentId
}
