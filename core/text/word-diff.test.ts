import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { wordDiff } from './word-diff.ts'

const SEED = 20_261_125
const shown = (before: string, after: string) =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'out' ? `[-${text}-]` : `[+${text}+]`))
    .join('')

test.each([
  ['', '', ''],
  ['bir ikki', 'bir ikki', 'bir ikki'],
  ['bir ikki uch', 'bir toʻrt uch', 'bir [-ikki -][+toʻrt +]uch'],
  ['', 'bir', '[+bir+]'],
  ['bir ikki', '', '[-bir ikki-]'],
  ['ruxsatnoma xato', 'mening ruxsatnomam xato', '[-ruxsatnoma -][+mening ruxsatnomam +]xato'],
  ['a b c d', 'a c d e', 'a [-b -]c [-d-][+d e+]'],
])('from "%s" to "%s" is %s', (before, after, change) => {
  expect(shown(before, after)).toBe(change)
})

test('what stays and goes out is the first text, what stays and comes in the second, whatever they are', () => {
  const random = seededRandom(SEED)
  const text = () =>
    Array.from({ length: Math.floor(random() * 40) }, () => 'abcde'[Math.floor(random() * 5)]).join(
      random() < 0.5 ? ' ' : '\n',
    )
  for (let round = 0; round < 300; round++) {
    const [before, after] = [text(), text()]
    const pieces = wordDiff(before, after)
    const only = (kind: string) =>
      pieces.filter((piece) => piece.kind === 'same' || piece.kind === kind).map((piece) => piece.text)
    expect(only('out').join('')).toBe(before)
    expect(only('in').join('')).toBe(after)
  }
})

test('texts too long to be compared word by word are told as one change', () => {
  const long = (word: string) => `${word} `.repeat(2_500)
  expect(wordDiff(`bosh ${long('a')}oxir`, `bosh ${long('b')}oxir`).map(({ kind }) => kind)).toEqual([
    'same',
    'out',
    'in',
    'same',
  ])
})
