/** What was typed into the table of levels, as changes to be saved. */
import type { AgentSkills, ChangeAgentSkills } from '#contract/queues.ts'
import type { AgentServes } from '#core/routing/routing-events.ts'
import { SKILL_LEVEL_MAX } from '#core/routing/skill-rules.ts'

/** By agent and skill, as it was typed. */
export type LevelsTyped = Readonly<Record<string, Readonly<Record<string, string>>>>

export function isLevel(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= SKILL_LEVEL_MAX
}

/** What is no level, or as it was, is no change. */
export function levelChanges(
  { agents, skills }: AgentSkills,
  typed: LevelsTyped,
): ChangeAgentSkills['changes'] {
  return agents.flatMap(({ agent, levels }) =>
    skills.flatMap(({ skill }) => {
      const [from, text] = [levels[skill] ?? 0, typed[agent]?.[skill]]
      if (text === undefined || !isLevel(text) || Number(text) === from) return []
      return [{ agent, skill, from, to: Number(text) }]
    }),
  )
}

/** The agents as routing would know them afterwards. */
export function withChanges({ agents }: AgentSkills, changes: ChangeAgentSkills['changes']): AgentServes[] {
  return agents.map(({ agent, queues, levels }) => {
    const his = changes.filter((change) => change.agent === agent).map(({ skill, to }) => [skill, to])
    return { agent, queues, skills: { ...levels, ...Object.fromEntries(his) } }
  })
}
