/** Moments and days in the reader's language, always by Tashkent's clocks. What is the same in all is in core/text. */
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { fileSize } from '#core/text/file-size.ts'
import { longDay, shortDay, timeOfDay, weekdayName } from '#core/text/uzbek-dates.ts'
import { language, t } from './i18n.ts'

const DAY_MS = 86_400_000

/** `14:05:09`. */
export function exactTime(at: Instant): string {
  return `${timeOfDay(at)}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`
}

/** A minute of the day: `09:30`. */
export function timeOfMinute(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** `22 April 2026, Wednesday`. */
export function fullDay(day: Day): string {
  return `${longDay(day, language())}, ${weekdayName(day, language())}`
}

/** Today and yesterday by their names, other days by their date. */
export function nearDay(day: Day, now: Instant): string {
  if (day === tashkentDay(now)) return t('Today')
  if (day === tashkentDay(now - DAY_MS)) return t('Yesterday')
  return shortDay(day)
}

/** Whole days from today to `day`; negative when it has passed. */
export function daysUntil(day: string, now: Instant): number {
  return Math.round((Date.parse(day) - Date.parse(tashkentDay(now))) / DAY_MS)
}

/** `12 KB`, `1.4 MB`. */
export function sizeText(bytes: number): string {
  const { size, unit } = fileSize(bytes)
  return unit === 'KB' ? t('{{size}} KB', { size }) : t('{{size}} MB', { size })
}
