/**
 * When somebody is warned that a due day comes, and when that it has passed.
 *
 * Counted in days the office works, back from the last of them by which a reply can leave it: three days that hold a
 * weekend are one. The day itself and what comes after it are not counted: a day late is late by the law.
 */
import { addDays, type Day } from '#core/lib/time.ts'
import type { Duty } from './duties.ts'
import { type Calendar, nextWorkingDay, workingDayFrom } from './calendar.ts'

export const DUE_WARNINGS = ['threeDaysLeft', 'oneDayLeft', 'overdue'] as const
export type DueWarning = (typeof DUE_WARNINGS)[number]

/** Working days that are left when the warning is given. */
export const WARNED_AT_WORKING_DAYS: Readonly<Record<Exclude<DueWarning, 'overdue'>, number>> = {
  threeDaysLeft: 3,
  oneDayLeft: 1,
}

const EVERY_WARNING = ['threeDaysLeft', 'oneDayLeft'] as const

/** Of five days three working ones are nearly all: a warning on the day of registration would be of every appeal. */
const WARNED_BEFORE: Readonly<Record<Duty, readonly Exclude<DueWarning, 'overdue'>[]>> = {
  reply: EVERY_WARNING,
  notice: EVERY_WARNING,
  forwarding: ['oneDayLeft'],
}

/** The last day of a duty that is warned of today: what is due by then is due soon. */
function lastWarned(duty: Duty, today: Day, calendar: Calendar): Day {
  const workingDays = WARNED_BEFORE[duty].map((warning) => WARNED_AT_WORKING_DAYS[warning])
  return lastDueWithin(Math.max(...workingDays), today, calendar)
}

export function lastWarnedOf(today: Day, calendar: Calendar): Readonly<Record<Duty, Day>> {
  const last = (duty: Duty) => lastWarned(duty, today, calendar)
  return { reply: last('reply'), notice: last('notice'), forwarding: last('forwarding') }
}

/** The last due day of which no more than so many working days are left after today. */
export function lastDueWithin(workingDays: number, today: Day, calendar: Calendar): Day {
  let last = workingDayFrom(today, calendar, -1)
  for (let counted = 0; counted < workingDays; counted++) last = nextWorkingDay(last, calendar)
  // What is due on the days off behind it has to leave by then too.
  return addDays(nextWorkingDay(last, calendar), -1)
}

/** The most urgent warning that the due day of a duty is worth today. */
export function warningOf(
  dueOn: Day,
  today: Day,
  calendar: Calendar,
  duty: Duty = 'reply',
): DueWarning | undefined {
  if (dueOn < today) return 'overdue'
  if (dueOn <= lastDueWithin(WARNED_AT_WORKING_DAYS.oneDayLeft, today, calendar)) return 'oneDayLeft'
  return dueOn <= lastWarned(duty, today, calendar) ? 'threeDaysLeft' : undefined
}
