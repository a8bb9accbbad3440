/**
 * The time limits of the Law „On appeals of individuals and legal entities" (OʻRQ-378 of 3 December 2014, in the
 * edition OʻRQ-445 of 11 September 2017), each with its article.
 *
 * Days are calendar days: the law does not say „working". A month is the same day of the next month.
 */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import { addDays, addMonths, type Day } from '#core/lib/time.ts'

export type TimeLimit = { readonly count: number; readonly unit: 'day' | 'month'; readonly article: string }

const law = (article: number) => `OʻRQ-445, ${article}-modda`

/** On the day of receipt, or on the next working day when it came after working hours. Refusing is forbidden. */
export const REGISTRATION_ARTICLE = law(23)

/** The reply, counted from the day the appeal reached the body that has to decide. */
export const REPLY_LIMITS: Readonly<Record<AppealKind, TimeLimit>> = {
  application: { count: 15, unit: 'day', article: law(28) },
  complaint: { count: 15, unit: 'day', article: law(28) },
  proposal: { count: 1, unit: 'month', article: law(28) },
}

export const GRANTS = ['study', 'extension'] as const
/** `study`: more papers or an inspection are needed. `extension`: granted by the head of the body, as an exception. */
export type Grant = (typeof GRANTS)[number]

/** A study replaces the first limit and counts like it; an extension is added to the limit that stands. */
export const GRANT_LIMITS: Readonly<Record<Grant, TimeLimit>> = {
  study: { count: 1, unit: 'month', article: law(28) },
  extension: { count: 1, unit: 'month', article: law(28) },
}

/** A proposal has its month from the start: for it only notice of a study is due, see PROPOSAL_STUDY_NOTICE. */
export const GRANTS_OF: Readonly<Record<AppealKind, readonly Grant[]>> = {
  application: GRANTS,
  complaint: GRANTS,
  proposal: [],
}

/** If a proposal needs further study, its author is told in writing. */
export const PROPOSAL_STUDY_NOTICE: TimeLimit = { count: 10, unit: 'day', article: law(28) }

/** To the body that is competent, or back with reasons where too little is known to forward it; the citizen is told. */
export const FORWARDING_LIMIT: TimeLimit = { count: 5, unit: 'day', article: law(25) }

/** The day itself does not count. */
export function after(day: Day, { count, unit }: TimeLimit): Day {
  return unit === 'day' ? addDays(day, count) : addMonths(day, count)
}
