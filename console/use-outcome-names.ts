import type { CallOutcome } from '#core/calls/call.ts'
import { DEFAULT_OUTCOMES } from '#core/calls/outcomes.ts'
import { useOutcomes } from './api.ts'
import { outcomeText } from './call-words.ts'
import { inMyLanguage } from './i18n.ts'

/** What an outcome is called here; the system's own word where the organisation has none. */
export function useOutcomeNames(): (outcome: CallOutcome) => string {
  const outcomes = useOutcomes().data?.outcomes
  return (outcome) => {
    const names = outcomes?.find((one) => one.outcome === outcome)?.names
    return names ? inMyLanguage(names) : outcomeText(outcome)
  }
}

/** Those an agent can choose, in the organisation's order; one that is chosen already stays to be seen. */
export function useOfferedOutcomes(chosen: CallOutcome | null): CallOutcome[] {
  const outcomes = useOutcomes().data?.outcomes ?? DEFAULT_OUTCOMES
  return outcomes
    .filter(({ outcome, isOffered }) => isOffered || outcome === chosen)
    .map(({ outcome }) => outcome)
}
