import { expect, test } from 'vitest'
import { maskPassport, readPassport, readStir } from './documents.ts'

test.each([
  ['AA1234567', 'AA1234567', 'as it is printed'],
  ['аа 1234567', 'AA1234567', 'in Cyrillic letters, small and apart'],
  ['КА № 7654321', 'KA7654321', 'of Karakalpakstan, with the sign for a number'],
  ['ab-1234567', 'AB1234567', 'with a dash'],
  ['AA123456', undefined, 'a digit too few'],
  ['1234567AA', undefined, 'the wrong way round'],
  ['ЖЖ1234567', undefined, 'letters no passport has'],
  ["AA1234567' or 1=1", undefined, 'more than a passport'],
])('the passport %s is %s: %s', (typed, passport, _because) => {
  expect(readPassport(typed)).toBe(passport)
})

test('a taxpayer’s number is nine digits', () => {
  expect(['123456789', '123 456 789', '12345678', '12345678a'].map(readStir)).toEqual([
    '123456789',
    '123456789',
    undefined,
    undefined,
  ])
})

test('a masked passport shows its letters and what a caller is asked for', () => {
  expect(['AA1234567', ''].map(maskPassport)).toEqual(['AA***4567', ''])
})
