/** The calendar as an administrator saves it: what is wrong with it, and how a year is read from lines of text. */
import { isDay, weekday } from '#core/lib/time.ts'
import type { DeadlineRules } from './appeal-clock.ts'
import {
  SPECIAL_DAY_KINDS,
  type SpecialDay,
  type SpecialDayKind,
  WEEK_TYPES,
  type WeekType,
} from './calendar.ts'
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
  'hoursBackwards',
  'tooMany',
] as const
export type CalendarFault = (typeof CALENDAR_FAULTS)[number]

/** `day` is as it was written: it may be none. */
export type CalendarProblem = { readonly fault: CalendarFault; readonly day?: string }

export function checkCalendar(form: CalendarForm): CalendarProblem[] {
  const { days, fromMinute, toMinute } = form
  const problems: CalendarProblem[] = []
  if (fromMinute < 0 || toMinute > MINUTES_A_DAY || fromMinute >= toMinute)
    problems.push({ fault: 'hoursBackwards' })
  if (days.length > SPECIAL_DAYS_MAX) problems.push({ fault: 'tooMany' })
  const seen = new Set<string>()
  for (const special of days.slice(0, SPECIAL_DAYS_MAX)) problems.push(...problemsOfDay(special, seen))
  return problems
}

function problemsOfDay({ day, kind, name, weeks }: SpecialDay, seen: Set<string>): CalendarProblem[] {
  const faults: CalendarFault[] = []
  if (!isDay(day)) faults.push('noSuchDay')
  if (weeks.length === 0) faults.push('noWeek')
  if (name.trim() === '') faults.push('noName')
  const keys = weeks.map((week) => `${day} ${week}`)
  if (keys.some((key) => seen.has(key))) faults.push('twice')
  for (const key of keys) seen.add(key)
  if (kind === 'workingWeekend' && isDay(day) && weeks.some((week) => weekday(day) <= week))
    faults.push('workedAnyway')
  return faults.map((fault) => ({ fault, day }))
}

export function rulesOfForm({ week, roll, fromMinute, toMinute, days }: CalendarForm): DeadlineRules {
  return { calendar: { week, specialDays: days }, roll, hours: { fromMinute, toMinute } }
}

export function formOfRules({ calendar, roll, hours }: DeadlineRules): CalendarForm {
  return { week: calendar.week, roll, ...hours, days: calendar.specialDays }
}

/**
 * A year as it is sent around, one day a line: `2027-01-01 holiday 5,6 Yangi yil`. Empty lines and those that begin
 * with # are left out; `wrong` holds the numbers of the lines that say no day.
 */
export function readCalendarLines(text: string): { days: SpecialDay[]; wrong: number[] } {
  const days: SpecialDay[] = []
  const wrong: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const day = readLine(line.trim())
    if (day) days.push(day)
    else wrong.push(index + 1)
  }
  return { days, wrong }
}

const LINE = /^(\d{4}-\d{2}-\d{2})[\s;]+(\w+)[\s;]+([56](?:,[56])?)[\s;]+(\S.*)$/

function readLine(line: string): SpecialDay | undefined {
  const [, day = '', kindWord = '', weekWords = '', name = ''] = LINE.exec(line) ?? []
  const kind = SPECIAL_DAY_KINDS.find((one): one is SpecialDayKind => one === kindWord)
  const weeks = WEEK_TYPES.filter((week) => weekWords.split(',').includes(String(week)))
  return isDay(day) && kind ? { day, kind, weeks, name: name.trim() } : undefined
}

/** The days with others put in: what was known of a day is replaced by what is imported for it. */
export function withDays(days: readonly SpecialDay[], imported: readonly SpecialDay[]): SpecialDay[] {
  const replaced = new Set(imported.map(({ day }) => day))
  return [...days.filter(({ day }) => !replaced.has(day)), ...imported].toSorted((a, b) =>
    a.day < b.day ? -1 : Number(a.day > b.day),
  )
}
