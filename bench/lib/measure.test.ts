import { expect, test } from 'vitest'
import {
  atLeast,
  atMost,
  median,
  p95,
  percentile,
  ratioAtLeast,
  ratioAtMost,
  withinPercent,
} from './measure.ts'

test('nineteen of twenty do not exceed the 95th percentile', () => {
  const values = Array.from({ length: 20 }, (_, n) => 20 - n)
  expect(p95(values)).toBe(19)
  expect(p95([7])).toBe(7)
  expect(p95([])).toBeUndefined()
  expect(median([3, 1, 2])).toBe(2)
  expect(percentile(values, 0)).toBe(1)
})

test('a figure that could not be taken does not pass', () => {
  expect(atMost(1, { name: 'x', work: 's', ours: undefined })).toMatchObject({ ours: null, pass: false })
  expect(atMost(1, { name: 'x', work: 's', ours: 1, peer: 0.5 })).toMatchObject({ pass: true, ratio: 2 })
  expect(atLeast(1, { name: 'x', work: 's', ours: Number.POSITIVE_INFINITY })).toMatchObject({
    ours: null,
    pass: false,
  })
  for (const compared of [ratioAtMost, ratioAtLeast, withinPercent])
    expect(compared(3, { name: 'x', work: 's', ours: 1, peer: undefined })).toMatchObject({
      ratio: null,
      pass: false,
    })
})

test('each rule keeps its target from its side', () => {
  const figure = (ours: number, peer: number) => ({ name: 'x', work: 's', ours, peer })
  const passes = (rule: typeof ratioAtMost, target: number, ours: number) =>
    rule(target, figure(ours, 100)).pass
  expect([1, 2, 3].map((ours) => atMost(2, { name: 'x', work: 's', ours }).pass)).toEqual([true, true, false])
  expect([1, 2, 3].map((ours) => atLeast(2, { name: 'x', work: 's', ours }).pass)).toEqual([
    false,
    true,
    true,
  ])
  expect([104, 106].map((ours) => passes(ratioAtMost, 1.05, ours))).toEqual([true, false])
  expect([149, 151].map((ours) => passes(ratioAtLeast, 1.5, ours))).toEqual([false, true])
  expect([96, 98, 102, 104].map((ours) => passes(withinPercent, 3, ours))).toEqual([false, true, true, false])
})
