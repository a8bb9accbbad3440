import { expect, test } from 'vitest'
import {
  duration,
  longDay,
  shortDay,
  shortMoment,
  weekdayName,
  WRITTEN_LANGUAGES,
  writtenNumber,
} from './uzbek-dates.ts'

test('a day is written as in offices', () => {
  expect(shortDay('2022-04-22')).toBe('22.04.2022')
  expect(WRITTEN_LANGUAGES.map((language) => longDay('2022-04-02', language))).toEqual([
    '2022-yil 2-aprel',
    '2022 йил 2 апрель',
    '2 апреля 2022 г.',
    '2 April 2022',
  ])
  expect(WRITTEN_LANGUAGES.map((language) => weekdayName('2026-03-02', language))).toEqual([
    'dushanba',
    'душанба',
    'понедельник',
    'Monday',
  ])
})

test('every month has a name in every language', () => {
  for (const language of WRITTEN_LANGUAGES) {
    const months = Array.from({ length: 12 }, (_, n) =>
      longDay(`2026-${String(n + 1).padStart(2, '0')}-01` as '2026-01-01', language),
    )
    expect(new Set(months).size).toBe(12)
    expect(months.join()).not.toMatch(/undefined/)
  }
})

test('a moment is by the clocks of Tashkent', () => {
  expect(shortMoment(Date.UTC(2026, 2, 1, 19, 5))).toBe('02.03.2026 00:05')
})

test.each([
  [0, '0:00'],
  [185, '3:05'],
  [3785, '1:03:05'],
  [59.9, '0:59'],
  [-1, '0:00'],
])('%s seconds last %s', (seconds, written) => {
  expect(duration(seconds)).toBe(written)
})

test('numbers are grouped by spaces that do not break', () => {
  expect(writtenNumber(1_234_567.5, 'uz', 2)).toBe('1\u00a0234\u00a0567,50')
  expect(writtenNumber(1_234_567.5, 'en', 2)).toBe('1,234,567.50')
  expect([0, 999, 1000, -1000, -0.4].map((value) => writtenNumber(value, 'ru'))).toEqual([
    '0',
    '999',
    '1\u00a0000',
    '−1\u00a0000',
    '0',
  ])
})
