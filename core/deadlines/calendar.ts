/**
 * Which days are worked. The calendar is data an administrator edits: each year a decree adds and moves days off, and
 * the two hayits are announced by the moon.
 *
 * Offices work five days a week or six; a decree may give a day off to one and not to the other. The chancellery works
 * five, the hotline every day.
 */
import { addDays, type Day, weekday } from '#core/lib/time.ts'

export const WEEK_TYPES = [5, 6] as const
/** Working days a week. */
export type WeekType = (typeof WEEK_TYPES)[number]

export const SPECIAL_DAY_KINDS = ['holiday', 'extraOff', 'movedOff', 'workingWeekend', 'short'] as const
/**
 * `holiday`: by article 208 of the Labour Code. `extraOff`: given by decree. `movedOff`: instead of a holiday on a
 * weekend, or of a weekend worked. `short`: an hour less, beside the eves of holidays, which need no line.
 */
export type SpecialDayKind = (typeof SPECIAL_DAY_KINDS)[number]

export type SpecialDay = {
  readonly day: Day
  readonly kind: SpecialDayKind
  readonly weeks: readonly WeekType[]
  readonly name: string
}

export type Calendar = { readonly week: WeekType; readonly specialDays: readonly SpecialDay[] }

/** More days off in a row than any calendar has; the search stops there if a table is filled with nonsense. */
const MOST_DAYS_OFF = 60

/** So long before a year begins its days off are looked for: due days reach into it. */
const KNOWN_AHEAD_DAYS = 30

/**
 * The years that have begun, or begin soon, of which no holiday is known: until somebody writes them in, the first of January
 * counts as worked, and appeals are registered on it.
 */
export function yearsUnknown(today: Day, { specialDays }: Calendar): string[] {
  const years = new Set([today, addDays(today, KNOWN_AHEAD_DAYS)].map(yearOf))
  for (const { day, kind } of specialDays) if (kind === 'holiday') years.delete(yearOf(day))
  return [...years]
}

const yearOf = (day: Day) => day.slice(0, 4)

export function isWorkingDay(day: Day, calendar: Calendar): boolean {
  const kinds = kindsOf(day, calendar)
  if (kinds.some((kind) => kind === 'holiday' || kind === 'extraOff' || kind === 'movedOff')) return false
  return kinds.includes('workingWeekend') || weekday(day) <= calendar.week
}

/** Article 187 of the Labour Code: on the eve of a holiday work ends an hour earlier. */
export function isShortDay(day: Day, calendar: Calendar): boolean {
  if (!isWorkingDay(day, calendar)) return false
  return kindsOf(day, calendar).includes('short') || kindsOf(addDays(day, 1), calendar).includes('holiday')
}

export function nextWorkingDay(after: Day, calendar: Calendar): Day {
  return workingDayFrom(addDays(after, 1), calendar, 1)
}

/** The day itself if it is worked, else the next one that is (or, with `step` -1, the one before). */
export function workingDayFrom(start: Day, calendar: Calendar, step: 1 | -1): Day {
  let day = start
  for (let tried = 0; tried < MOST_DAYS_OFF; tried++) {
    if (isWorkingDay(day, calendar)) return day
    day = addDays(day, step)
  }
  return start
}

function kindsOf(day: Day, { week, specialDays }: Calendar): SpecialDayKind[] {
  return specialDays
    .filter((special) => special.day === day && special.weeks.includes(week))
    .map(({ kind }) => kind)
}
