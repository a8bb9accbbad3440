/** Breaks, wrap-up and outcomes of the make-believe organisation, checked by the very rules of the real one. */
import { AgentTime, OutcomeSettings, SaveOutcomes } from '#contract/agents.ts'
import { checkAgentTime } from '#core/calls/check-agent-time.ts'
import type { AgentTimeRules } from '#core/calls/agent-time.ts'
import { checkOutcomes } from '#core/calls/outcomes.ts'
import type { BreakCode } from '#core/lib/ids.ts'
import { agentTimeView } from './mock-agents.ts'
import { Refused } from './mock-refused.ts'
import type { MockWorld } from './mock-world.ts'

type Asked = { world: MockWorld; body: unknown }

export const SETTINGS: Record<string, (asked: Asked) => unknown> = {
  'GET /agent-time': ({ world }) => AgentTime.parse(agentTimeView(world.rules, world.keptRules)),
  'PUT /agent-time': ({ world, body }) => {
    const { breaks, changedAt, earlierBreaks: _earlier, ...limits } = AgentTime.parse(body)
    if (changedAt !== world.keptRules.changedAt) throw new Refused('changedMeanwhile')
    const rules: AgentTimeRules = {
      ...limits,
      breaks: breaks.map(({ code, paid, limitMinutes, ...rule }) => ({
        ...rule,
        code: code as BreakCode,
        isPaid: paid,
        limitMinutes: limitMinutes ?? undefined,
      })),
    }
    const problems = checkAgentTime(rules)
    if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
    const gone = world.rules.breaks.filter((rule) => !rules.breaks.some(({ code }) => code === rule.code))
    const earlier = [...world.keptRules.earlier, ...gone.map(({ code, names }) => ({ code, names }))]
    world.keptRules = { changedAt: Date.now(), earlier }
    world.rules = rules
    world.say({ type: 'choicesChanged', of: 'agentTime' }, () => true)
    return AgentTime.parse(agentTimeView(world.rules, world.keptRules))
  },
  'GET /call-outcomes': ({ world }) => OutcomeSettings.parse(world.outcomes),
  'PUT /call-outcomes': ({ world, body }) => {
    const { basedOn, outcomes } = SaveOutcomes.parse(body)
    if (basedOn !== world.outcomes.changedAt) throw new Refused('changedMeanwhile')
    const problems = checkOutcomes(
      outcomes.map(({ names, ...row }) => ({ ...row, names: names ?? undefined })),
    )
    if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
    world.outcomes = { changedAt: Date.now(), outcomes }
    world.say({ type: 'choicesChanged', of: 'outcomes' }, () => true)
    return OutcomeSettings.parse(world.outcomes)
  },
}
