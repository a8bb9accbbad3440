/**
 * Days and moments as people type them: the day first, as it is written here (`27.11.2026`), with whatever separates its
 * parts, or none; the year first where it was copied from a table. A year of two digits is none: 27.11.26 may be a
 * day of birth or a day that is owed.
 */
import { type Day, isDay } from '#core/lib/time.ts'

const APART = String.raw`\s*[\s./,-]\s*`
const YEAR = String.raw`((?:1[89]|2[01])\d\d)`
const DAY_FIRST = new RegExp(String.raw`^(\d\d?)${APART}(\d\d?)${APART}${YEAR}$`)
const DIGITS = new RegExp(String.raw`^(\d\d)(\d\d)${YEAR}$`)
const YEAR_FIRST = new RegExp(String.raw`^${YEAR}${APART}(\d\d?)${APART}(\d\d?)$`)
const TIME = /^(\d\d?)[:.](\d\d)$/
/** The last piece is the time; before it a space, a comma, or the T that programs write. */
const MOMENT = /^(.*\d)(?:\s*,\s*|\s+|T)(\d\d?[:.]\d\d)$/

export function readDay(typed: string): Day | undefined {
  const text = typed.trim()
  const [, day, month, year] = DAY_FIRST.exec(text) ?? DIGITS.exec(text) ?? yearLast(YEAR_FIRST.exec(text))
  const read = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDay(read) ? read : undefined
}

/** `08:30`; also `24:00`, at which a day ends. */
export function readTime(typed: string): string | undefined {
  const [, hours = '', minutes = ''] = TIME.exec(typed.trim()) ?? []
  const isTime = hours !== '' && Number(minutes) < 60 && Number(hours) * 60 + Number(minutes) <= 24 * 60
  return isTime ? `${hours.padStart(2, '0')}:${minutes}` : undefined
}

/** `2026-11-27T08:30`, as `tashkentMoment` takes it. */
export function readMoment(typed: string): string | undefined {
  const [, day = '', time = ''] = MOMENT.exec(typed.trim()) ?? []
  const [onDay, at] = [readDay(day), readTime(time)]
  return onDay && at && at !== '24:00' ? `${onDay}T${at}` : undefined
}

function yearLast(found: RegExpExecArray | null): string[] {
  const [, year = '', month = '', day = ''] = found ?? []
  return ['', day, month, year]
}
