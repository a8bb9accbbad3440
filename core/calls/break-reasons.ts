/**
 * The breaks an organisation knows: data of its own, beside the system's few
 * reasons. What is wrong with them is said before they are saved.
 */
import type { BreakCode } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { checkName, type SettingProblem, settingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { SYSTEM_BREAK_REASONS } from './call.ts'

export type BreakRule = {
  readonly code: BreakCode
  readonly names: Texts
  readonly isPaid: boolean
  /** A longer one is marked for the supervisor; nothing: it may last. */
  readonly limitMinutes: number | undefined
  /** A supervisor has to agree first. */
  readonly needsApproval: boolean
}

export const BREAK_REASONS_MAX = 20
export const BREAK_LIMIT_MAX_MINUTES = 480
export const BREAK_NAME_MAX_CHARACTERS = 60
const CODE_MAX_CHARACTERS = 32
export const BREAK_CODE = /^[a-z][a-zA-Z0-9]{0,31}$/

/** What is wrong, by the break: its code, or its number where the code says nothing. */
export function checkBreaks(breaks: readonly BreakRule[]): SettingProblem[] {
  const problems = breaks.flatMap((rule, index) => {
    const isSecond = breaks.findIndex(({ code }) => code === rule.code) < index
    return checkBreak(rule, { row: rule.code.trim() || String(index + 1), isSecond })
  })
  // Somebody who is unwell must be able to stop at once, whoever is there to ask.
  if (breaks.every(({ needsApproval }) => needsApproval))
    problems.push(settingProblem('*', 'allToBeAgreed', { field: 'needsApproval' }))
  if (breaks.length > BREAK_REASONS_MAX) {
    const params = { count: breaks.length, most: BREAK_REASONS_MAX }
    problems.push(settingProblem('*', 'tooMany', { field: 'code', params }))
  }
  return problems
}

function checkBreak(
  rule: BreakRule,
  { row, isSecond }: { row: string; isSecond: boolean },
): SettingProblem[] {
  const { code, names, limitMinutes } = rule
  const problems: SettingProblem[] = []
  const report = settingReport(problems, row)
  if (!BREAK_CODE.test(code)) report('badCode', 'code', { most: CODE_MAX_CHARACTERS })
  else if (SYSTEM_BREAK_REASONS.some((reason) => reason === code)) report('reserved', 'code', { value: code })
  else if (isSecond) report('taken', 'code', { value: code })
  checkName(report, 'uz', [names.uz, BREAK_NAME_MAX_CHARACTERS])
  checkName(report, 'ru', [names.ru, BREAK_NAME_MAX_CHARACTERS])
  const isGoodLimit =
    limitMinutes === undefined ||
    (Number.isInteger(limitMinutes) && limitMinutes >= 1 && limitMinutes <= BREAK_LIMIT_MAX_MINUTES)
  if (!isGoodLimit)
    report('outOfRange', 'limitMinutes', { least: 1, most: BREAK_LIMIT_MAX_MINUTES, value: limitMinutes })
  return problems
}
