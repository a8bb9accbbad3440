import { expect, test } from 'vitest'
import { tashkentMoment } from './time.ts'

test('a day and a time are those of the clocks of Tashkent', () => {
  expect(new Date(tashkentMoment('2026-12-01T08:30')).toISOString()).toBe('2026-12-01T03:30:00.000Z')
})

test.each(['', '2026-12-01', '2026-13-01T08:30', '2026-12-01T25:00', 'tomorrow'])(
  '„%s" is no moment',
  (written) => {
    expect(tashkentMoment(written)).toBeNaN()
  },
)
