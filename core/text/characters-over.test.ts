import { expect, test } from 'vitest'
import { z } from 'zod'
import { charactersOver, firstLineOver } from './characters-over.ts'

test.each([
  ['abc', 0],
  ['abcd', 1],
  ['😀😀😀', 0],
  ['😀😀😀😀', 1],
  ['Оʻзб', 1],
  ['\ud83d\ud83d\ud83da', 1],
])('%j is longer than three characters by %i, and for the contract too', (text, over) => {
  expect(charactersOver(text, 3)).toBe(over)
  expect(z.string().max(3).safeParse(text).success).toBe(over === 0)
})

test('of a list the first line that is too long is told by its number; spaces around it count for nothing', () => {
  expect(firstLineOver(['  abc  ', '', '😀😀😀😀😀', 'abcd'], 3)).toEqual({ line: 3, most: 3, over: 2 })
  expect(firstLineOver(['abc', '  '], 3)).toBeUndefined()
})
