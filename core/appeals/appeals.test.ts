import { expect, test } from 'vitest'
import { APPEAL_KIND_TERMS, APPEAL_KINDS } from './appeal-kind.ts'
import { formatAppealNumber, isAppealPrefix, parseAppealNumber } from './appeal-number.ts'

test('every kind has its legal term in every language', () => {
  expect(APPEAL_KINDS.map((kind) => APPEAL_KIND_TERMS[kind].uz)).toEqual(['ariza', 'taklif', 'shikoyat'])
})

test('an appeal is numbered by prefix, year and sequence', () => {
  expect(formatAppealNumber({ prefix: 'A', year: 2026, sequence: 1 })).toBe('A-2026-000001')
  expect(formatAppealNumber({ prefix: 'BMBA', year: 2026, sequence: 1_234_567 })).toBe('BMBA-2026-1234567')
})

test('a number reads back to what it was written from', () => {
  for (const number of [
    { prefix: 'A', year: 2026, sequence: 1 },
    { prefix: 'Б2', year: 2031, sequence: 9_999_999 },
  ]) {
    expect(parseAppealNumber(formatAppealNumber(number))).toEqual(number)
  }
})

test.each([
  ['a-2026-1', 'small letters and no zeros'],
  [' A 2026 000001 ', 'spaces'],
  ['A–2026—000001', 'long dashes'],
])('%s is read as A-2026-000001: %s', (text) => {
  expect(parseAppealNumber(text)).toEqual({ prefix: 'A', year: 2026, sequence: 1 })
})

test.each([
  '',
  'A-2026',
  'A-26-000001',
  'A-2026-000000',
  '2026-000001',
  "A-2026-1' or 1=1",
  'ABCDEFGHI-2026-1',
])('%s is no number of an appeal', (text) => {
  expect(parseAppealNumber(text)).toBeUndefined()
})

test('a prefix is of capitals and digits', () => {
  expect(['A', 'BMBA', 'Б2', 'a', '', '2A', 'A-', 'ABCDEFGHI'].map(isAppealPrefix)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
