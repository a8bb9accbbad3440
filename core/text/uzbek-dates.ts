/**
 * Days, moments and numbers as they are written here. Browsers know too little Uzbek for this, and what they know of the
 * short day (27/05/26) is not what offices write.
 */
import { type Day, type Instant, tashkentDay, tashkentMinuteOfDay, weekday } from '#core/lib/time.ts'

export const WRITTEN_LANGUAGES = ['uz', 'uz-Cyrl', 'ru', 'en'] as const
export type WrittenLanguage = (typeof WRITTEN_LANGUAGES)[number]

type Names = Readonly<Record<WrittenLanguage, string>>

/** Of Russian the genitive, which is what stands after a number. */
const MONTHS: Names = {
  uz: 'yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr',
  'uz-Cyrl': 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  en: 'January February March April May June July August September October November December',
}

const WEEKDAYS: Names = {
  uz: 'dushanba seshanba chorshanba payshanba juma shanba yakshanba',
  'uz-Cyrl': 'душанба сешанба чоршанба пайшанба жума шанба якшанба',
  ru: 'понедельник вторник среда четверг пятница суббота воскресенье',
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
}

/** `22.04.2022`, in every language. */
export function shortDay(day: Day): string {
  const [year, month, dayOfMonth] = day.split('-')
  return `${dayOfMonth}.${month}.${year}`
}

/** `2022-yil 22-aprel`, `2022 йил 22 апрель`, `22 апреля 2022 г.`, `22 April 2022`. */
export function longDay(day: Day, language: WrittenLanguage): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const name = MONTHS[language].split(' ')[month - 1]
  switch (language) {
    case 'uz':
      return `${year}-yil ${dayOfMonth}-${name}`
    case 'uz-Cyrl':
      return `${year} йил ${dayOfMonth} ${name}`
    case 'ru':
      return `${dayOfMonth} ${name} ${year} г.`
    case 'en':
      return `${dayOfMonth} ${name} ${year}`
  }
}

export function weekdayName(day: Day, language: WrittenLanguage): string {
  return WEEKDAYS[language].split(' ')[weekday(day) - 1] ?? ''
}

/** `14:05` by the clocks of Tashkent. */
export function timeOfDay(instant: Instant): string {
  const minute = tashkentMinuteOfDay(instant)
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
}

/** `22.04.2022 14:05` by the clocks of Tashkent. */
export function shortMoment(instant: Instant): string {
  return `${shortDay(tashkentDay(instant))} ${timeOfDay(instant)}`
}

/** `3:05`, or `1:03:05` from an hour on. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return `${hours > 0 ? `${hours}:${twoDigits(minutes)}` : minutes}:${twoDigits(whole % 60)}`
}

/** `1 234 567,50` with spaces at which no line breaks; in English `1,234,567.50`. */
export function writtenNumber(value: number, language: WrittenLanguage, decimals = 0): string {
  const [group, point] = language === 'en' ? [',', '.'] : ['\u00a0', ',']
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const digits = fraction ? `${grouped}${point}${fraction}` : grouped
  return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
