/**
 * What an office has to have done for an appeal by a day of the law. The reply is owed for all of them; the other two
 * come and go with what happens, each with a day that explains itself.
 *
 * `notice`: a proposal is studied further, and its author is told so in writing (article 28); over when he was told.
 * `forwarding`: what is not ours to decide is sent on, or returned with reasons (article 25). Nobody knows that of an
 * appeal that has just come, so the day stands for each until somebody who looked at it has found that it is ours
 * (FOUND_OURS in core/appeals/move-rules.ts), or it is over.
 */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { Day } from '#core/lib/time.ts'
import { type DueRules, type DueStep, type DueStepText, offDayStep } from './due-day.ts'
import { after, FORWARDING_LIMIT, type Grant, PROPOSAL_STUDY_NOTICE, type TimeLimit } from './time-limits.ts'

export const DUTIES = ['reply', 'notice', 'forwarding'] as const
export type Duty = (typeof DUTIES)[number]

export const OTHER_DUTIES = ['notice', 'forwarding'] as const satisfies readonly Duty[]
export type OtherDuty = (typeof OTHER_DUTIES)[number]

type DutyDay = { readonly dueOn: Day; readonly steps: readonly DueStep[] }
/** Null where there is nothing to be done, or no more. */
export type OtherDays = Readonly<Record<OtherDuty, DutyDay | null>>

export const NO_OTHER_DAYS: OtherDays = { notice: null, forwarding: null }

export type DutyFacts = {
  readonly kind: AppealKind
  readonly grants: readonly Grant[]
  /** Somebody has found that it is ours to decide. */
  readonly isOurs?: boolean | undefined
  /** Its author was told that it is studied. */
  readonly isToldOfStudy?: boolean | undefined
}

/** Counted from the day the reply is counted from, with the steps that lead to it. */
export function otherDays(
  { grants, isOurs, isToldOfStudy, kind }: DutyFacts,
  start: { readonly day: Day; readonly steps: readonly DueStep[] },
  rules: DueRules,
): OtherDays {
  const count = (limit: TimeLimit, text: DueStepText): DutyDay => {
    const counted = { text, day: after(start.day, limit), article: limit.article }
    const moved = offDayStep(counted.day, rules)
    return { dueOn: (moved ?? counted).day, steps: [...start.steps, counted, ...(moved ? [moved] : [])] }
  }
  const isNoticeOwed = kind === 'proposal' && grants.includes('study') && !isToldOfStudy
  return {
    notice: isNoticeOwed ? count(PROPOSAL_STUDY_NOTICE, 'proposalStudy') : null,
    forwarding: isOurs ? null : count(FORWARDING_LIMIT, 'sendOn'),
  }
}

type DayOf = { readonly duty: Duty; readonly dueOn: Day }

/** The duty whose day comes first; of one day the reply. */
export function nextDuty(days: Readonly<Record<Duty, Day | null>>): DayOf | null {
  const owed = DUTIES.flatMap((duty): DayOf[] => {
    const dueOn = days[duty]
    return dueOn === null ? [] : [{ duty, dueOn }]
  })
  return owed.reduce<DayOf | null>((next, one) => (next && next.dueOn <= one.dueOn ? next : one), null)
}
