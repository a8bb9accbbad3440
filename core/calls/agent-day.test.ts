import { expect, test } from 'vitest'
import { type DayInterval, daySums } from './agent-day.ts'

const HOUR = 3_600_000
const at = (hours: number) => hours * HOUR
const interval = (
  status: DayInterval['status'],
  from: number,
  to: number | null,
  part: Partial<DayInterval> = {},
) => ({
  status,
  reason: null,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  limitAt: null,
  ...part,
})

test('a day adds up to the time on shift, and what began before it or goes on counts for its part', () => {
  const sums = daySums(
    [
      interval('available', -1, 2),
      interval('talking', 2, 3),
      interval('onBreak', 3, 5, { reason: 'lunch', limitAt: at(4) }),
      interval('onBreak', 5, 6, { reason: 'lunch', limitAt: at(6) }),
      interval('available', 6, null),
    ],
    { from: at(0), to: at(8) },
  )
  expect(sums.statusMs).toEqual({
    signedOut: 0,
    onBreak: 3 * HOUR,
    available: 4 * HOUR,
    ringing: 0,
    talking: HOUR,
    wrapUp: 0,
  })
  expect(sums.onShiftMs).toBe(8 * HOUR)
  expect([...sums.breakMs]).toEqual([['lunch', 3 * HOUR]])
  expect(sums.breakOverLimitMs).toBe(HOUR)
})

test('of a break that lies wholly before the day nothing counts', () => {
  const sums = daySums([interval('onBreak', -3, -1, { limitAt: at(-2) })], { from: 0, to: at(24) })
  expect(sums).toMatchObject({ onShiftMs: 0, breakOverLimitMs: 0 })
})
