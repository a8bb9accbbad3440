/**
 * Every day that counts for one appeal, from what is known of it: when it was received, what it is, what was granted.
 *
 * The three moments are kept apart: received (a moment), registered on (a day, article 23) and due on (article 28).
 * Told the same facts and the same calendar it answers the same, so that a changed calendar is carried out by asking
 * again for every appeal whose clock runs.
 */
import { type AppealTrack, lawCounts } from '#core/appeals/appeal-track.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import type { Calendar } from './calendar.ts'
import { SPECIAL_DAYS_2026 } from './calendar-2026.ts'
import {
  DEFAULT_WORKING_HOURS,
  type DueStep,
  dueDay,
  registrationDay,
  type Roll,
  type WorkingHours,
} from './due-day.ts'
import { type DutyFacts, NO_OTHER_DAYS, otherDays, type OtherDays } from './duties.ts'

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

export type ClockFacts = DutyFacts & {
  readonly track: AppealTrack
  readonly receivedAt: Instant
  /** Given when that day has begun: it is in the register and does not move with the calendar any more. */
  readonly registeredOn?: Day | undefined
  /** The last time it was opened again: the limit then counts as for a repeated appeal. */
  readonly reopenedAt?: Instant | null | undefined
}

export type AppealClock = {
  readonly registeredOn: Day
  /** None where another procedure than the law on appeals counts. */
  readonly dueOn: Day | null
  readonly steps: readonly DueStep[]
  readonly others: OtherDays
}

export function appealClock(facts: ClockFacts, rules: DeadlineRules): AppealClock {
  const { calendar, hours, roll } = rules
  const receipt = registrationDay(facts.receivedAt, calendar, hours)
  const registeredOn = facts.registeredOn ?? receipt.registeredOn
  const received = receiptStep(facts.receivedAt, registeredOn, receipt.step)
  if (!lawCounts(facts.track)) {
    const steps: DueStep[] = [received, { text: 'ownProcedure', day: registeredOn, article: '' }]
    return { registeredOn, dueOn: null, steps, others: NO_OTHER_DAYS }
  }
  const { reopenedAt } = facts
  const isReopened = reopenedAt !== null && reopenedAt !== undefined
  const day = isReopened ? registrationDay(reopenedAt, calendar, hours).registeredOn : registeredOn
  const {
    due,
    steps: [dayZero, ...limits],
  } = dueDay(facts.kind, day, calendar, { roll, granted: facts.grants })
  const first: DueStep = isReopened ? { text: 'reopened', day, article: '' } : dayZero
  const start = { day, steps: [received, first] }
  return {
    registeredOn,
    dueOn: due,
    steps: [...start.steps, ...limits],
    others: otherDays(facts, start, rules),
  }
}

/** A day that stays in the register is told by how it was registered, whatever a later calendar says of it. */
function receiptStep(receivedAt: Instant, registeredOn: Day, counted: DueStep): DueStep {
  if (counted.day === registeredOn) return counted
  const text = registeredOn === tashkentDay(receivedAt) ? 'receivedInTime' : 'receivedAfterHours'
  return { ...counted, text, day: registeredOn }
}
