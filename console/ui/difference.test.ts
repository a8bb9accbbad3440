import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference, type Part } from './difference.ts'

const words = (parts: Part[], but: Part['is']) =>
  parts
    .filter(({ is }) => is !== but)
    .map(({ text }) => text)
    .join('')

test('a changed word is shown with what it was', () => {
  const parts = difference('Ariza 15 kunda koʻriladi.', 'Ariza 10 kunda koʻriladi.')
  expect(parts.filter(({ is }) => is === 'removed').map(({ text }) => text.trim())).toEqual(['15'])
  expect(parts.filter(({ is }) => is === 'added').map(({ text }) => text.trim())).toEqual(['10'])
})

test('without what was added it is the older text, without what was removed the newer one', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ʻ', ' ', '\n', '<', 'ш', '😀'), maxLength: 40 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = difference(before, after)
      expect(words(parts, 'added')).toBe(before)
      expect(words(parts, 'removed')).toBe(after)
    }),
  )
})

test('two long texts with nothing in common are shown whole, and soon enough', () => {
  const long = (letter: string) => Array.from({ length: 20_000 }, (_, at) => `${letter}${at}`).join(' ')
  const parts = difference(long('a'), long('b'))
  expect(words(parts, 'added')).toBe(long('a'))
  expect(words(parts, 'removed')).toBe(long('b'))
})
