import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCyrillic } from '#core/text/uzbek-script.ts'
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

test('a reader of Cyrillic reads both texts in it, and what is marked is what was changed', () => {
  const parts = difference('Ariza 15 kunda koʻriladi.', 'Ariza 10 ish kunida koʻriladi.', toCyrillic)
  expect(parts).toEqual([
    { is: 'same', text: 'Ариза ' },
    { is: 'removed', text: '15 кунда ' },
    { is: 'added', text: '10 иш кунида ' },
    { is: 'same', text: 'кўрилади.' },
  ])
})

test('a change that is none in the reader’s script stays in the letters it was made in', () => {
  expect(difference("O'qish joyi", 'Oʻqish joyi', toCyrillic)).toEqual([
    { is: 'removed', text: "O'qish " },
    { is: 'added', text: 'Oʻqish ' },
    { is: 'same', text: 'жойи' },
  ])
})

test('in another script too the newer text is read whole, as it is read alone', () => {
  const word = fc.constantFrom(
    'oʻquv',
    "'salom",
    "dunyo'",
    'MCHJ',
    'my.gov.uz',
    '15-kun',
    'ЁШ',
    'e\u0301',
    '',
  )
  const space = fc.constantFrom(' ', '\n', '\u2000', '  ')
  const text = fc.array(fc.tuple(word, space), { maxLength: 12 }).map((pieces) => pieces.flat().join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(words(difference(before, after, toCyrillic), 'removed')).toBe(toCyrillic(after))
    }),
  )
})
