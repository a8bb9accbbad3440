import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { drawWalk } from './menu-walk.ts'
import { isKey } from './rtp.ts'

const TALK_SECONDS = 5
const walks = (seed: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: 500 }, () => drawWalk(random, TALK_SECONDS))
}

test('the same seed draws the same citizens', () => {
  expect(walks(7)).toEqual(walks(7))
  expect(walks(7)).not.toEqual(walks(8))
})

test('every walk has only keys of a telephone, and an end to its patience', () => {
  for (const walk of walks(1)) {
    expect(walk.keys.every(isKey)).toBe(true)
    expect(walk.patienceSeconds).toBeLessThanOrEqual(60)
    expect(walk.talksSeconds ?? 0).toBeLessThanOrEqual(TALK_SECONDS)
  }
})

test('most citizens choose Uzbek and reach a second level', () => {
  const drawn = walks(2)
  expect(drawn.filter((walk) => walk.keys[0] === '1').length).toBeGreaterThan(350)
  expect(drawn.filter((walk) => walk.keys.length >= 3).length).toBeGreaterThan(350)
  expect(drawn.some((walk) => walk.keys[0] === '2')).toBe(true)
})
