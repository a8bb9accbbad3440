/** Milliseconds since the Unix epoch. Always passed in: core never asks what time it is. */
export type Instant = number

/** A calendar day without a time or a zone, e.g. '2026-03-02'. Sorts as text. */
export type Day = `${number}-${number}-${number}`

/** Whether the text is a day of the calendar: 2026-02-30 is not. */
export function isDay(text: string): text is Day {
  const moment = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(moment) && addDays(text as Day, 0) === text
}

export function addDays(day: Day, count: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10) as Day
}

/** The same day of the month `count` months on, or that month's last day where it is shorter. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  const date = new Date(Date.UTC(year, month - 1 + count, Math.min(dayOfMonth, lastOfMonth)))
  return date.toISOString().slice(0, 10) as Day
}

/** Monday is 1, Sunday is 7. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** Uzbekistan keeps UTC+5 all year: no daylight saving since 1993. */
const TASHKENT_OFFSET_MS = 5 * 60 * 60 * 1000

/** The calendar day it is in Tashkent at `instant`. */
export function tashkentDay(instant: Instant): Day {
  return new Date(instant + TASHKENT_OFFSET_MS).toISOString().slice(0, 10) as Day
}

/** Minutes since midnight in Tashkent at `instant`, 0 … 1439. */
export function tashkentMinuteOfDay(instant: Instant): number {
  const shifted = new Date(instant + TASHKENT_OFFSET_MS)
  return shifted.getUTCHours() * 60 + shifted.getUTCMinutes()
}

/** The moment at which a day begins in Tashkent. */
export function tashkentMidnight(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`) - TASHKENT_OFFSET_MS
}

/** A moment as a field for date and time gives it, `2026-12-01T08:30`, by the clocks of Tashkent; not a number if it is none. */
export function tashkentMoment(written: string): Instant {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(written) ? Date.parse(`${written}:00+05:00`) : Number.NaN
}
