/** Whether opening hours can be meant: they open at all, end after they begin, and none overlaps another. */
import { isDay } from '#core/lib/time.ts'
import type { OpeningHours } from './opening-hours.ts'
import type { QueueProblemCode, Report } from './queue-problems.ts'

export const DAY_MINUTES = 1_440
/** A week of split days, and the holidays of a few years. */
export const OPENING_TIMES_MAX = 200

type Span = OpeningHours['week'][number]

export function checkOpeningHours({ closedOn, week }: OpeningHours, report: Report): void {
  const found = (code: QueueProblemCode, line?: number, params = {}) =>
    report(code, { field: 'hours', ...(line !== undefined && { line }), params })
  const count = week.length + closedOn.length
  if (count > OPENING_TIMES_MAX) return found('tooManyHours', undefined, { count, most: OPENING_TIMES_MAX })
  if (week.length === 0) found('neverOpen')
  for (const [index, span] of week.entries()) {
    const line = index + 1
    if (span.days.length === 0) found('hoursWithoutDays', line)
    else if (!isInRange(span)) found('hoursOutOfRange', line)
    else if (span.fromMinute >= span.toMinute) found('hoursEmpty', line)
    else {
      const other = week.findIndex((earlier, place) => place < index && doOverlap(earlier, span))
      if (other >= 0) found('hoursOverlap', line, { other: other + 1 })
    }
  }
  for (const day of closedOn) if (!isDay(day)) found('closedDayInvalid', undefined, { day })
}

function isInRange({ days, fromMinute, toMinute }: Span): boolean {
  const isMinute = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute <= DAY_MINUTES
  const areDays = days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  return areDays && isMinute(fromMinute) && isMinute(toMinute)
}

function doOverlap(one: Span, other: Span): boolean {
  const shareDay = one.days.some((day) => other.days.includes(day))
  return shareDay && one.fromMinute < other.toMinute && other.fromMinute < one.toMinute
}
