import { expect, test } from 'vitest'
import { type CardFields, EMPTY_CARD } from './citizen-card.ts'
import { mergeCards, splitCards, whyNotMerge } from './merge-cards.ts'
import { NUMBER_ACTIONS, NUMBER_MOVES, NUMBER_STANDINGS, strongest } from './number-standing.ts'

const card = (id: string, part: Partial<CardFields> = {}, status: 'current' | 'merged' = 'current') => ({
  id,
  status,
  fields: { ...EMPTY_CARD, name: id, ...part },
})

test.each([
  [card('a'), card('b'), undefined],
  [card('a'), card('a'), 'sameCard'],
  [card('a'), card('b', {}, 'merged'), 'notCurrent'],
  [card('a', {}, 'merged'), card('b'), 'notCurrent'],
  [card('a'), card('b', { kind: 'legalEntity' }), 'differentKind'],
  [card('a', { pinfl: '1' }), card('b', { pinfl: '2' }), 'differentPinfl'],
  [card('a', { pinfl: '1' }), card('b', { pinfl: '1' }), undefined],
  [card('a', { pinfl: '1' }), card('b'), undefined],
] as const)('%j and %j: %s', (kept, other, obstacle) => {
  expect(whyNotMerge(kept, other)).toBe(obstacle)
})

const kept = card('a', { note: 'mine', region: '1726' }).fields
const other = card('b', {
  note: 'theirs',
  birthDay: '1990-01-02',
  consent: 'given',
  nameCyrillic: 'Б',
}).fields

test('the kept card learns what it did not know, and its own words stay', () => {
  const { fields, filled } = mergeCards(kept, other)
  expect(filled).toEqual(['birthDay', 'consent'])
  expect(fields).toEqual({ ...kept, birthDay: '1990-01-02', consent: 'given' })
})

test('a split undoes a merge, but for what somebody wrote since', () => {
  const { fields, filled } = mergeCards(kept, other)
  expect(splitCards(fields, other, filled).fields).toEqual(kept)
  const corrected = { ...fields, birthDay: '1991-01-02', note: 'new' }
  expect(splitCards(corrected, other, filled)).toEqual({
    fields: { ...kept, birthDay: '1991-01-02', note: 'new' },
    emptied: ['consent'],
  })
})

test('a number never becomes less sure by a call, and one that was denied is his again only when somebody says so', () => {
  for (const from of NUMBER_STANDINGS) {
    for (const action of NUMBER_ACTIONS.filter((one) => one !== 'deny')) {
      const to = NUMBER_MOVES[from][action]
      if (to) expect(strongest([from, to]), `${from} ${action}`).toBe(to)
    }
  }
  expect(NUMBER_MOVES.notHis.callFrom).toBeUndefined()
})
