/**
 * The breaks an organisation knows: data of its own, beside the system's few
 * reasons. What is wrong with them is said before they are saved.
 */
import type { BreakCode } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
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
export const BREAK_CODE = /^[a-z][a-zA-Z0-9]{0,31}$/

/** What is wrong, naming the break; nothing if they can be used. */
export function breakProblems(breaks: readonly BreakRule[]): string[] {
  const problems = breaks.flatMap((rule, index) => {
    const isSecond = breaks.findIndex(({ code }) => code === rule.code) < index
    const name = rule.code || `number ${index + 1}`
    return [...problemsOf(rule), ...(isSecond ? ['is there twice'] : [])].map(
      (problem) => `The break ${name} ${problem}`,
    )
  })
  // Somebody who is unwell must be able to stop at once, whoever is there to ask.
  if (breaks.every(({ needsApproval }) => needsApproval))
    problems.push('There must be a break that nobody has to agree to')
  if (breaks.length > BREAK_REASONS_MAX) problems.push(`There are more than ${BREAK_REASONS_MAX} breaks`)
  return problems
}

function problemsOf({ code, names, limitMinutes }: BreakRule): string[] {
  const isSystems = SYSTEM_BREAK_REASONS.some((reason) => reason === code)
  const isGoodLimit =
    limitMinutes === undefined ||
    (Number.isInteger(limitMinutes) && limitMinutes >= 1 && limitMinutes <= BREAK_LIMIT_MAX_MINUTES)
  return [
    ...(BREAK_CODE.test(code) ? [] : ['needs a code of letters and digits']),
    ...(isSystems ? ['has a code that means something else already'] : []),
    ...(names.uz.trim() && names.ru.trim() ? [] : ['has no name in one of the languages']),
    ...(isGoodLimit ? [] : [`needs a limit between 1 and ${BREAK_LIMIT_MAX_MINUTES} minutes`]),
  ]
}
