import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#core/lib/time.ts'
import { readDay, readMoment, readTime } from './typed-day.ts'
import { shortDay } from './uzbek-dates.ts'

test.each([
  ['27.11.2026', '2026-11-27'],
  ['27/11/2026', '2026-11-27'],
  ['27-11-2026', '2026-11-27'],
  [' 27 11 2026 ', '2026-11-27'],
  ['27. 11. 2026', '2026-11-27'],
  ['7.1.2026', '2026-01-07'],
  ['27112026', '2026-11-27'],
  ['2026-11-27', '2026-11-27'],
  ['2026.11.27', '2026-11-27'],
  ['29.02.2028', '2028-02-29'],
])('the day %s is read', (typed, day) => {
  expect(readDay(typed)).toBe(day)
})

test.each([
  '',
  '27.11',
  '27.11.26',
  '11/27/2026',
  '29.02.2026',
  '31.11.2026',
  '27.11.0206',
  '27.11.20266',
  'ertaga',
])('the day %o is no day', (typed) => {
  expect(readDay(typed)).toBeUndefined()
})

test('every day is read as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (count) => {
      const day = addDays('1890-01-01', count)
      expect(readDay(shortDay(day))).toBe(day)
    }),
  )
})

test.each([
  ['9:00', '09:00'],
  ['09.30', '09:30'],
  ['24:00', '24:00'],
])('the time %s is read', (typed, time) => {
  expect(readTime(typed)).toBe(time)
})

test.each(['', '9', '9:5', '09:60', '24:01', '9:30 AM'])('the time %o is no time', (typed) => {
  expect(readTime(typed)).toBeUndefined()
})

test.each([
  ['27.11.2026 8:30', '2026-11-27T08:30'],
  ['27.11.2026, 08.30', '2026-11-27T08:30'],
  ['27/11/2026 08:30', '2026-11-27T08:30'],
  ['27 11 2026 08:30', '2026-11-27T08:30'],
  ['2026-11-27T08:30', '2026-11-27T08:30'],
])('the moment %s is read', (typed, moment) => {
  expect(readMoment(typed)).toBe(moment)
})

test.each(['', '27.11.2026', '08:30', '27.11.2026 24:00', '31.11.2026 08:30'])(
  'the moment %o is no moment',
  (typed) => {
    expect(readMoment(typed)).toBeUndefined()
  },
)
