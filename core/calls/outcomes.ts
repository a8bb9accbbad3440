/**
 * How the organisation calls the four outcomes of a call, in which order it shows them and which it offers. What each
 * means is the system's: reports of different organisations, and of different years, can be compared.
 */
import type { Texts } from '#core/lib/languages.ts'
import { checkName, type SettingProblem, settingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { CALL_OUTCOMES, type CallOutcome } from './call.ts'

export type OutcomeRule = {
  readonly outcome: CallOutcome
  /** Nothing: the system's own word in the reader's language. */
  readonly names: Texts | undefined
  readonly isOffered: boolean
}

export const DEFAULT_OUTCOMES: readonly OutcomeRule[] = CALL_OUTCOMES.map((outcome) => ({
  outcome,
  names: undefined,
  isOffered: true,
}))

/** The cards at the wrap-up are no wider. */
export const OUTCOME_NAME_MAX_CHARACTERS = 30
/** Whoever may only say one thing says nothing by it. */
const OFFERED_LEAST = 2

export function checkOutcomes(rules: readonly OutcomeRule[]): SettingProblem[] {
  const problems: SettingProblem[] = []
  for (const [index, { outcome, names }] of rules.entries()) {
    const report = settingReport(problems, outcome)
    if (rules.findIndex((one) => one.outcome === outcome) < index)
      report('taken', 'outcome', { value: outcome })
    if (!names) continue
    checkName(report, 'uz', [names.uz, OUTCOME_NAME_MAX_CHARACTERS])
    checkName(report, 'ru', [names.ru, OUTCOME_NAME_MAX_CHARACTERS])
  }
  for (const outcome of CALL_OUTCOMES) {
    if (!rules.some((one) => one.outcome === outcome))
      problems.push(settingProblem(outcome, 'required', { field: 'outcome' }))
  }
  if (rules.filter(({ isOffered }) => isOffered).length < OFFERED_LEAST)
    problems.push(
      settingProblem('*', 'tooFewOffered', { field: 'isOffered', params: { least: OFFERED_LEAST } }),
    )
  return problems
}
