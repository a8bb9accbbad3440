import { expect, test } from 'vitest'
import type { AgentInterval } from '#contract/agents.ts'
import { tashkentMidnight } from '#core/lib/time.ts'
import {
  daySpan,
  hourMarks,
  intervalAt,
  momentAt,
  outlineOf,
  overLimitOutline,
  placeOf,
  shownSpan,
} from './day-picture.ts'

const DAY = '2026-11-23'
const HOUR = 3_600_000
const at = (hour: number) => tashkentMidnight(DAY) + hour * HOUR
const interval = (status: AgentInterval['status'], from: number, to: number | null): AgentInterval => ({
  status,
  reason: null,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  limitAt: null,
  cause: 'agent',
  byName: null,
  call: null,
})

test('a day that is not over ends now', () => {
  expect(daySpan(DAY, at(15))).toEqual({ from: at(0), to: at(15) })
  expect(daySpan(DAY, at(80))).toEqual({ from: at(0), to: at(24) })
})

test.each<[string, [from: number, to: number | null][], [number, number]]>([
  [
    'a shift is shown in whole hours',
    [
      [8.3, 12],
      [12, 17.5],
    ],
    [8, 18],
  ],
  ['a short one is shown as eight hours', [[9.5, 11]], [9, 17]],
  ['a late one ends with the day', [[20.5, 23]], [16, 24]],
  ['one from the evening before begins with the day', [[-3, 2]], [0, 8]],
  ['one that goes on ends with the present hour', [[6, null]], [6, 20]],
  ['without anything the working hours are shown', [], [9, 17]],
])('%s', (_what, times, [from, to]) => {
  const intervals = times.map(([start, end]) => interval('available', start, end))
  expect(shownSpan(intervals, { from: at(0), to: at(19.5) })).toEqual({ from: at(from), to: at(to) })
})

test('what began earlier and what goes on is cut at the edges', () => {
  const drawing = { shown: { from: at(8), to: at(18) }, width: 1000, now: at(13) }
  const intervals = [interval('available', 7, 9), interval('talking', 9, 10), interval('available', 12, null)]
  expect(outlineOf(intervals, 'available', drawing)).toBe('M0 16h100.0v10h-100.0zM400 16h100.0v10h-100.0z')
  expect(outlineOf(intervals, 'talking', drawing)).toBe('M100 0h100.0v26h-100.0z')
  expect(outlineOf(intervals, 'wrapUp', drawing)).toBe('')
})

test('of a break only what was beyond its limit is marked', () => {
  const drawing = { shown: { from: at(8), to: at(18) }, width: 1000, now: at(13) }
  const long = { ...interval('onBreak', 10, 12), limitAt: at(11) }
  const short = { ...interval('onBreak', 12, 12.5), limitAt: at(13) }
  expect(overLimitOutline([long, short], drawing)).toBe('M300 4h100.0v4h-100.0z')
})

test('a place on the bar is a moment, and the other way round', () => {
  const shown = { from: at(8), to: at(18) }
  expect(placeOf(at(9), shown, 500)).toBe(50)
  expect(momentAt(50, shown, 500)).toBe(at(9))
  expect(hourMarks(shown, 500).map(({ x }) => x)).toEqual([
    0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500,
  ])
  const intervals = [interval('talking', 9, 10), interval('wrapUp', 10, null)]
  expect([8.5, 9, 10, 12, 14].map((hour) => intervalAt(intervals, at(hour), at(13))?.status)).toEqual([
    undefined,
    'talking',
    'wrapUp',
    'wrapUp',
    undefined,
  ])
})
