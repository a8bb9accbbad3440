/** The rules of calling outside as an organisation sets them, and what can be wrong with them. */
import type { AgentId } from '#core/lib/ids.ts'
import { type ReportSetting, type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { DEFAULT_DIALLING_RULES, type DiallingRules } from './dialling-rules.ts'

export type DiallingSettings = DiallingRules & {
  /** Who may call a number outside from his desk, and give a call to one. Null: every agent. */
  readonly callers: readonly AgentId[] | null
}

export const DEFAULT_DIALLING_SETTINGS: DiallingSettings = { ...DEFAULT_DIALLING_RULES, callers: null }

const LINES_MAX = 200
export const CALLERS_MAX = 1_000
const BEGINNING = /^\+\d{1,15}$/
const SHORT_NUMBER = /^\d{3,6}$/

export function mayCallOutside({ callers }: DiallingSettings, agent: AgentId): boolean {
  return callers === null || callers.includes(agent)
}

/** In problems the two lists are the rows `allowed` and `denied`; a problem of a line says which, from 1. */
export function checkDialling(
  { allowed, callers, denied }: DiallingSettings,
  hasAgent: (agent: AgentId) => boolean = () => true,
): SettingProblem[] {
  const problems: SettingProblem[] = []
  checkLines(settingReport(problems, 'allowed'), 'allowed', allowed, (line) =>
    [BEGINNING, SHORT_NUMBER].some((form) => form.test(line)),
  )
  // A short number is refused unless it is listed, so there is none to deny.
  const report = settingReport(problems, 'denied')
  checkLines(report, 'denied', denied, (line) => BEGINNING.test(line))
  for (const [index, value] of denied.entries())
    if (allowed.includes(value)) report('allowedToo', 'denied', { value, line: index + 1 })
  const who = settingReport(problems, 'callers')
  if (callers && callers.length > CALLERS_MAX)
    who('tooMany', 'callers', { count: callers.length, most: CALLERS_MAX })
  for (const value of callers ?? []) if (!hasAgent(value)) who('unknown', 'callers', { value })
  return problems
}

function checkLines(
  report: ReportSetting,
  field: 'allowed' | 'denied',
  lines: readonly string[],
  isRight: (line: string) => boolean,
): void {
  if (lines.length > LINES_MAX) report('tooMany', field, { count: lines.length, most: LINES_MAX })
  for (const [index, value] of lines.entries()) {
    if (!isRight(value)) report('badBeginning', field, { value, line: index + 1 })
    else if (lines.indexOf(value) < index) report('taken', field, { value })
  }
}
