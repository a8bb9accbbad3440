/**
 * When somebody is warned that a due day comes, and when that it has passed.
 *
 * Counted in days the office works, back from the last of them by which a reply can leave it: three days that hold a
 * weekend are one. The day itself and what comes after it are not counted: a day late is late by the law.
 */
import { addDays, type Day } from '#core/lib/time.ts'
import { type Calendar, nextWorkingDay, workingDayFrom } from './calendar.ts'

export const DUE_WARNINGS = ['threeDaysLeft', 'oneDayLeft', 'overdue'] as const
export type DueWarning = (typeof DUE_WARNINGS)[number]

/** Working days that are left when the warning is given. */
export const WARNED_AT_WORKING_DAYS: Readonly<Record<Exclude<DueWarning, 'overdue'>, number>> = {
  threeDaysLeft: 3,
  oneDayLeft: 1,
}

/** The last due day of which no more than so many working days are left after today. */
export function lastDueWithin(workingDays: number, today: Day, calendar: Calendar): Day {
  let last = workingDayFrom(today, calendar, -1)
  for (let counted = 0; counted < workingDays; counted++) last = nextWorkingDay(last, calendar)
  // What is due on the days off behind it has to leave by then too.
  return addDays(nextWorkingDay(last, calendar), -1)
}

/** The most urgent warning that a due day is worth today. */
export function warningOf(dueOn: Day, today: Day, calendar: Calendar): DueWarning | undefined {
  if (dueOn < today) return 'overdue'
  if (dueOn <= lastDueWithin(WARNED_AT_WORKING_DAYS.oneDayLeft, today, calendar)) return 'oneDayLeft'
  return dueOn <= lastDueWithin(WARNED_AT_WORKING_DAYS.threeDaysLeft, today, calendar)
    ? 'threeDaysLeft'
    : undefined
}
