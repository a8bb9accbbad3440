/** Finds what is wrong with the rules of agents' time as an administrator fills them in. */
import type { AgentTimeLimits, AgentTimeRules } from './agent-time.ts'
import { checkBreaks } from './break-reasons.ts'
import { type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'

type Range = readonly [least: number, most: number]

export const AGENT_TIME_RANGES = {
  /** Sooner nobody has read the topic; later callers wait for nothing. */
  wrapUpSeconds: [10, 3_600],
  wrapUpExtensionsMax: [0, 20],
  wrapUpExtensionSeconds: [10, 3_600],
  breakApprovalMinutes: [1, 480],
} as const satisfies Record<keyof AgentTimeLimits, Range>

/** In problems the limits are the row `limits`, a break is the row of its code. */
export function checkAgentTime({ breaks, ...limits }: AgentTimeRules): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, 'limits')
  for (const [field, [least, most]] of Object.entries(AGENT_TIME_RANGES)) {
    const value = limits[field as keyof AgentTimeLimits]
    if (!Number.isInteger(value) || value < least || value > most)
      report('outOfRange', field, { least, most, value })
  }
  return [...problems, ...checkBreaks(breaks)]
}
