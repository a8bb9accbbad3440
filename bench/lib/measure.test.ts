import { expect, test } from 'vitest'
import { atMost, p95 } from './measure.ts'

test('nineteen of twenty do not exceed the 95th percentile', () => {
  const values = Array.from({ length: 20 }, (_, n) => 20 - n)
  expect(p95(values)).toBe(19)
  expect(p95([7])).toBe(7)
  expect(p95([])).toBeUndefined()
})

test('a figure that could not be taken does not pass', () => {
  expect(atMost(1, { name: 'x', work: 's', ours: undefined })).toMatchObject({ ours: null, pass: false })
  expect(atMost(1, { name: 'x', work: 's', ours: 1, peer: 0.5 })).toMatchObject({ pass: true, ratio: 2 })
  expect(atMost(1, { name: 'x', work: 's', ours: Number.POSITIVE_INFINITY })).toMatchObject({
    ours: null,
    pass: false,
  })
})
