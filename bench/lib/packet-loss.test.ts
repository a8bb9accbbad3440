import { expect, test } from 'vitest'
import { PacketLoss } from './packet-loss.ts'

function heard(...sequences: number[]): { expected: number; lost: number } {
  const loss = new PacketLoss()
  for (const sequence of sequences) loss.hear({ source: 1, sequence })
  return { expected: loss.expected, lost: loss.lost }
}

test('what never came is lost, what came late is not', () => {
  expect(heard(10, 11, 14, 13)).toEqual({ expected: 5, lost: 1 })
})

test('numbers begin again after the last', () => {
  expect(heard(65_534, 65_535, 0, 2)).toEqual({ expected: 5, lost: 1 })
})

test('a stream that started over has lost nothing', () => {
  expect(heard(1, 2, 40_000, 40_001).lost).toBe(0)
  expect(heard(1, 2, 20_000, 20_001).lost).toBe(0)
})

test('each source has numbers of its own', () => {
  const loss = new PacketLoss()
  for (const sequence of [1, 2, 3]) {
    loss.hear({ source: 7, sequence })
    loss.hear({ source: 8, sequence: 500 + 2 * sequence })
  }
  expect(loss.lost).toBe(2)
})
