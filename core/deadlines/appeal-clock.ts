/**
 * Every day that counts for one appeal, from what is known of it: when it was received, what it is, what was granted.
 *
 * The three moments are kept apart: received (a moment), registered on (a day, article 23) and due on (article 28).
 * Told the same facts and the same calendar it answers the same, so that a changed calendar is carried out by asking
 * again for every appeal whose clock runs.
 */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import { type AppealTrack, lawCounts } from '#core/appeals/appeal-track.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import type { Calendar } from './calendar.ts'
import { SPECIAL_DAYS_2026 } from './calendar-2026.ts'
import {
  controlDay,
  DEFAULT_WORKING_HOURS,
  type DueStep,
  dueDay,
  registrationDay,
  type Roll,
  type WorkingHours,
} from './due-day.ts'
import { after, FORWARDING_LIMIT, type Grant, PROPOSAL_STUDY_NOTICE } from './time-limits.ts'

export type DeadlineRules = {
  readonly calendar: Calendar
  readonly roll: Roll
  readonly hours: WorkingHours
}

/** What holds until an administrator has saved something else: the chancellery works five days a week. */
export const FIRST_DEADLINE_RULES: DeadlineRules = {
  calendar: { week: 5, specialDays: SPECIAL_DAYS_2026 },
  roll: 'none',
  hours: DEFAULT_WORKING_HOURS,
}

export type ClockFacts = {
  readonly kind: AppealKind
  readonly track: AppealTrack
  readonly receivedAt: Instant
  /** Given when that day has begun: it is in the register and does not move with the calendar any more. */
  readonly registeredOn?: Day | undefined
  /** The last time it was opened again: the limit then counts as for a repeated appeal. */
  readonly reopenedAt?: Instant | null | undefined
  readonly grants: readonly Grant[]
}

export type AppealClock = {
  readonly registeredOn: Day
  /** None where another procedure than the law on appeals counts. */
  readonly dueOn: Day | null
  readonly steps: readonly DueStep[]
}

export function appealClock(facts: ClockFacts, rules: DeadlineRules): AppealClock {
  const { calendar, hours, roll } = rules
  const receipt = registrationDay(facts.receivedAt, calendar, hours)
  const registeredOn = facts.registeredOn ?? receipt.registeredOn
  const received = receiptStep(facts.receivedAt, registeredOn, receipt.step)
  if (!lawCounts(facts.track)) {
    return {
      registeredOn,
      dueOn: null,
      steps: [received, { text: 'ownProcedure', day: registeredOn, article: '' }],
    }
  }
  const { reopenedAt } = facts
  const isReopened = reopenedAt !== null && reopenedAt !== undefined
  const start = isReopened ? registrationDay(reopenedAt, calendar, hours).registeredOn : registeredOn
  const counted = dueDay(facts.kind, start, calendar, { roll, granted: facts.grants })
  const steps: DueStep[] = isReopened
    ? [received, { text: 'reopened', day: start, article: '' }, ...counted.steps.slice(1)]
    : [received, ...counted.steps]
  const notice = noticeDay(facts.kind, start, facts.grants)
  if (notice) steps.push({ text: 'proposalStudy', day: notice, article: PROPOSAL_STUDY_NOTICE.article })
  return { registeredOn, dueOn: counted.due, steps }
}

/** A day that stays in the register is told by how it was registered, whatever a later calendar says of it. */
function receiptStep(receivedAt: Instant, registeredOn: Day, counted: DueStep): DueStep {
  if (counted.day === registeredOn) return counted
  const text = registeredOn === tashkentDay(receivedAt) ? 'receivedInTime' : 'receivedAfterHours'
  return { ...counted, text, day: registeredOn }
}

/** By when the author of a proposal that needs further study is told so in writing. */
function noticeDay(kind: AppealKind, start: Day, grants: readonly Grant[]): Day | undefined {
  return kind === 'proposal' && grants.includes('study') ? after(start, PROPOSAL_STUDY_NOTICE) : undefined
}

/** The days beside the due day that somebody has to plan for. */
export type OtherDays = {
  /** The last working day on or before the due day. */
  readonly controlOn: Day | null
  /** By when an appeal outside our competence has been sent on, or returned (article 25). */
  readonly forwardBy: Day
}

export function otherDays(registeredOn: Day, dueOn: Day | null, { calendar }: DeadlineRules): OtherDays {
  return {
    controlOn: dueOn && controlDay(dueOn, calendar),
    forwardBy: after(registeredOn, FORWARDING_LIMIT),
  }
}
