import { expect, test } from 'vitest'
import { APPEAL_KIND_TERMS, APPEAL_KINDS } from './appeal-kind.ts'
import { formatAppealNumber, isAppealPrefix, parseAppealNumber } from './appeal-number.ts'
import { APPEAL_MOVES, APPEAL_STATUSES, type AppealStatus, clockRuns } from './appeal-status.ts'

test('every status can be reached from a draft', () => {
  const reached = new Set<AppealStatus>(['draft'])
  for (const status of reached) for (const next of Object.values(APPEAL_MOVES[status])) reached.add(next)
  expect([...reached].sort()).toEqual([...APPEAL_STATUSES].sort())
})

test('an appeal whose clock runs can be replied to, or assigned to someone who can', () => {
  for (const status of APPEAL_STATUSES.filter(clockRuns)) {
    const next = APPEAL_MOVES[status].reply ?? APPEAL_MOVES[APPEAL_MOVES[status].assign ?? 'withdrawn'].reply
    expect(next, status).toBe('replied')
  }
})

test('nobody owes a reply to a draft, nor once the appeal was replied to, forwarded or taken back', () => {
  expect(APPEAL_STATUSES.filter((status) => !clockRuns(status))).toEqual([
    'draft',
    'replied',
    'closed',
    'forwarded',
    'withdrawn',
  ])
})

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
