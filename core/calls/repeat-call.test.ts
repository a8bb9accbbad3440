import { expect, test } from 'vitest'
import { repeatWithinHours } from './repeat-call.ts'

const HOUR_MS = 3_600_000
const NOW = Date.parse('2026-03-02T10:00:00+05:00')

test.each([
  [[], undefined, 'never before'],
  [[0.5], 1, 'half an hour ago'],
  [[1], 1, 'an hour ago'],
  [[30, 2], 24, 'two hours ago, and before'],
  [[25], 168, 'the day before'],
  [[169], undefined, 'more than a week ago'],
  [[-1], undefined, 'a later call is no earlier one'],
] as const)(
  'a call %j hours after the earlier ones is a repeat within %s hours: %s',
  (hours, within, _what) => {
    expect(
      repeatWithinHours(
        hours.map((ago) => NOW - ago * HOUR_MS),
        NOW,
      ),
    ).toBe(within)
  },
)
