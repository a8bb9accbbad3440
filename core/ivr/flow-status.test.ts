import { expect, test } from 'vitest'
import { demoFlow } from './demo-flow.ts'
import { flowAt, judgeDate, SCHEDULED_AHEAD_MAX_DAYS } from './flow-status.ts'
import { aSmallFlow } from './small-flow.ts'

const now = Date.UTC(2026, 10, 26, 9)
const DAY_MS = 86_400_000

test.each([
  ['a moment ago', now - 1, 'past'],
  ['this very moment', now, 'past'],
  ['no moment at all', Number.NaN, 'past'],
  ['a moment from now', now + 1, 'possible'],
  ['the last day that can be planned', now + SCHEDULED_AHEAD_MAX_DAYS * DAY_MS, 'possible'],
  ['ten years from now', now + 3650 * DAY_MS, 'tooFar'],
] as const)('a version that begins to hold %s', (_when, from, verdict) => {
  expect(judgeDate(from, now)).toBe(verdict)
})

test('a scheduled version holds from its very moment', () => {
  const [current, body] = [demoFlow(), aSmallFlow()]
  const inForce = { current, scheduled: { body, from: now } }
  expect(flowAt(inForce, now - 1)).toBe(current)
  expect(flowAt(inForce, now)).toBe(body)
  expect(flowAt({ current, scheduled: undefined }, now)).toBe(current)
})
