/** The same scenario with another number of agents, in groups as large beside one another as they were. */
import type { AgentGroup, Scenario } from './scenario.ts'

/**
 * Every group keeps one at least; the others go one by one to the group that is furthest behind (Sainte-Laguë), which
 * gives what was there before where the number stays what it was.
 */
export function withAgents(scenario: Scenario, agents: number): Scenario {
  const shares = scenario.agents.filter((group) => group.agents > 0).map((group) => ({ group, given: 1 }))
  for (let given = shares.length; given < agents; given++) {
    const next = shares.reduce((a, b) => (behind(b) > behind(a) ? b : a))
    next.given++
  }
  const givenTo = new Map<AgentGroup, number>(shares.map(({ group, given }) => [group, given]))
  return {
    ...scenario,
    agents: scenario.agents.map((group) => ({ ...group, agents: givenTo.get(group) ?? 0 })),
  }
}

function behind({ group, given }: { group: AgentGroup; given: number }): number {
  return group.agents / (given + 0.5)
}
