/** The calendar as an administrator saves it: what is wrong with it, and how a year is read from lines of text. */
import { isDay, weekday } from '#core/lib/time.ts'
import type { DeadlineRules } from './appeal-clock.ts'
import type { SpecialDay, WeekType } from './calendar.ts'
import type { Roll } from './due-day.ts'

/** Some fifty a year: thirty years. */
export const SPECIAL_DAYS_MAX = 1_500
export const DAY_NAME_MAX_CHARACTERS = 100
const MINUTES_A_DAY = 24 * 60

export type CalendarForm = {
  readonly week: WeekType
  readonly roll: Roll
  readonly fromMinute: number
  readonly toMinute: number
  readonly days: readonly SpecialDay[]
}

export const CALENDAR_FAULTS = [
  'noSuchDay',
  'twice',
  'noWeek',
  'noName',
  'workedAnyway',
  'noHour',
  'hoursBackwards',
  'tooMany',
] as const
export type CalendarFault = (typeof CALENDAR_FAULTS)[number]

/** `day` is as it was written: it may be none. */
export type CalendarProblem = { readonly fault: CalendarFault; readonly day?: string }

export function checkCalendar(form: CalendarForm): CalendarProblem[] {
  const { days, fromMinute, toMinute } = form
  const problems: CalendarProblem[] = []
  if (!Number.isInteger(fromMinute) || !Number.isInteger(toMinute)) problems.push({ fault: 'noHour' })
  else if (fromMinute < 0 || toMinute > MINUTES_A_DAY || fromMinute >= toMinute)
    problems.push({ fault: 'hoursBackwards' })
  if (days.length > SPECIAL_DAYS_MAX) problems.push({ fault: 'tooMany' })
  const seen = new Set<string>()
  for (const special of days.slice(0, SPECIAL_DAYS_MAX))
    problems.push(...faultsOfDay(special, seen).map((fault) => ({ fault, day: special.day })))
  return problems
}

/** What is wrong with a day beside those that were seen before it. */
export function faultsOfDay({ day, kind, name, weeks }: SpecialDay, seen: Set<string>): CalendarFault[] {
  const faults: CalendarFault[] = []
  if (!isDay(day)) faults.push('noSuchDay')
  if (weeks.length === 0) faults.push('noWeek')
  if (name.trim() === '') faults.push('noName')
  const keys = weeks.map((week) => `${day} ${week}`)
  if (keys.some((key) => seen.has(key))) faults.push('twice')
  for (const key of keys) seen.add(key)
  if (kind === 'workingWeekend' && isDay(day) && weeks.some((week) => weekday(day) <= week))
    faults.push('workedAnyway')
  return faults
}

export function rulesOfForm({ week, roll, fromMinute, toMinute, days }: CalendarForm): DeadlineRules {
  return { calendar: { week, specialDays: days }, roll, hours: { fromMinute, toMinute } }
}

export function formOfRules({ calendar, roll, hours }: DeadlineRules): CalendarForm {
  return { week: calendar.week, roll, ...hours, days: calendar.specialDays }
}

/** The days with others put in: what was known of a day is replaced by what is imported for it. */
export function withDays(days: readonly SpecialDay[], imported: readonly SpecialDay[]): SpecialDay[] {
  const replaced = new Set(imported.map(({ day }) => day))
  return [...days.filter(({ day }) => !replaced.has(day)), ...imported].toSorted((a, b) =>
    a.day < b.day ? -1 : Number(a.day > b.day),
  )
}
