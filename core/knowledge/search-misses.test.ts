import { expect, test } from 'vitest'
import { missOf } from './search-misses.ts'

test('the same words in any script are one miss', () => {
  const keys = ["yo'l haqi", 'yoʻl haqi', 'ЙЎЛ ҲАҚИ'].map((search) => missOf(search)?.key)
  expect(new Set(keys).size).toBe(1)
  expect(missOf(' yoʻl haqi ')?.words).toBe('yoʻl haqi')
})

test.each([
  ['ab', 'too short to say anything'],
  ['AA 1234567', 'a passport'],
  ['3 010 190 123 4567', 'a personal number'],
  ['+998 90 123', 'a telephone number'],
])('"%s" is not kept: %s', (search) => {
  expect(missOf(search)).toBeUndefined()
})

test('a year is no personal number, and a long paste is cut', () => {
  expect(missOf('qabul 2026')?.words).toBe('qabul 2026')
  expect(missOf('soʻz '.repeat(1_000))?.words.length).toBeLessThanOrEqual(100)
})
