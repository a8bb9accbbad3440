import { expect, test } from 'vitest'
import { DEFAULT_QUIET_HOURS, mayCallAt, nextCallAt, type QuietHours } from './callback-hours.ts'

/** A moment by the clocks of Tashkent. */
const at = (moment: string) => Date.parse(`${moment}+05:00`)
const siesta: QuietHours = { fromMinute: 13 * 60, toMinute: 14 * 60 + 30 }
const never: QuietHours = { fromMinute: 0, toMinute: 0 }

test.each([
  ['by day', DEFAULT_QUIET_HOURS, '2026-11-23T12:00:00', '2026-11-23T12:00:00'],
  [
    'in the last minute before the quiet hours',
    DEFAULT_QUIET_HOURS,
    '2026-11-23T20:59:59',
    '2026-11-23T20:59:59',
  ],
  ['when they begin', DEFAULT_QUIET_HOURS, '2026-11-23T21:00:00', '2026-11-24T09:00:00'],
  ['before midnight', DEFAULT_QUIET_HOURS, '2026-12-31T23:59:59', '2027-01-01T09:00:00'],
  ['after midnight', DEFAULT_QUIET_HOURS, '2026-11-24T00:00:00', '2026-11-24T09:00:00'],
  ['in their last second', DEFAULT_QUIET_HOURS, '2026-11-24T08:59:59', '2026-11-24T09:00:00'],
  ['when they are over', DEFAULT_QUIET_HOURS, '2026-11-24T09:00:00', '2026-11-24T09:00:00'],
  ['in quiet hours of one day', siesta, '2026-11-24T13:07:30', '2026-11-24T14:30:00'],
  ['outside of these', siesta, '2026-11-24T03:00:00', '2026-11-24T03:00:00'],
  ['where nothing is quiet', never, '2026-11-24T00:00:00', '2026-11-24T00:00:00'],
])('%s the next call may be made at its time', (_when, hours, asked, allowed) => {
  expect(nextCallAt(hours, at(asked))).toBe(at(allowed))
  expect(mayCallAt(hours, at(asked))).toBe(asked === allowed)
})

test('the next moment is always one at which one may call, and nobody is called later than that', () => {
  for (let minute = 0; minute < 2 * 1440; minute++) {
    const now = at('2026-11-23T00:00:00') + minute * 60_000
    const next = nextCallAt(DEFAULT_QUIET_HOURS, now)
    expect(mayCallAt(DEFAULT_QUIET_HOURS, next)).toBe(true)
    if (next > now) expect(mayCallAt(DEFAULT_QUIET_HOURS, next - 60_000)).toBe(false)
  }
})
