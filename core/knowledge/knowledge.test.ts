import fc from 'fast-check'
import { expect, test } from 'vitest'
import { may, ROLES } from '#core/staff/permissions.ts'
import { contentProblem, isInForce, writtenIn } from './knowledge-content.ts'
import { isBeingWorkedOn, KNOWLEDGE_MOVES, KNOWLEDGE_STATUSES, ordersFor } from './knowledge-status.ts'
import { keptWords, mistakesBetween, nearness, neededWords, soughtWords } from './search-words.ts'

test('nothing is published that the officer has not approved', () => {
  const before = KNOWLEDGE_STATUSES.filter((status) =>
    Object.values(KNOWLEDGE_MOVES[status]).includes('published'),
  )
  expect(before).toEqual(['approved'])
  expect(KNOWLEDGE_STATUSES.filter((status) => KNOWLEDGE_MOVES[status].approve)).toEqual(['draft'])
})

test('whoever writes does not approve, and whoever approves does not write', () => {
  expect(ROLES.filter((role) => may(role, 'editKnowledge') && may(role, 'approveKnowledge'))).toEqual([])
  expect(ordersFor('officer', 'draft')).toEqual(['approve', 'withdraw'])
  expect(ordersFor('editor', 'draft')).toEqual(['withdraw'])
  expect(ordersFor('editor', 'approved')).toEqual(['publish', 'withdraw'])
  expect(ordersFor('agent', 'published')).toEqual([])
})

test('a version that is over stays over', () => {
  for (const status of ['replaced', 'withdrawn'] as const) {
    expect(KNOWLEDGE_MOVES[status]).toEqual({})
    expect(isBeingWorkedOn(status)).toBe(false)
  }
  expect(KNOWLEDGE_STATUSES.filter(isBeingWorkedOn)).toEqual(['draft', 'approved'])
})

test('a text is shown in the wanted language, or in the first that there is', () => {
  const ru = { title: 'Когда экзамен?', text: 'В июне.' }
  expect(writtenIn({ ru }, 'uz')).toEqual({ language: 'ru', ...ru })
  expect(writtenIn({ ru, uz: { title: 'Qachon?', text: 'Iyunda.' } }, 'uz')?.language).toBe('uz')
  expect(writtenIn({}, 'uz')).toBeUndefined()
})

test.each([
  [{}, null, null, 'nothingWritten'],
  [{ uz: { title: ' ', text: 'x' } }, null, null, 'titleMissing'],
  [{ uz: { title: 'x', text: '\n' } }, null, null, 'textMissing'],
  [{ uz: { title: 'x', text: 'y' } }, '2026-05-02', '2026-05-01', 'endsBeforeItBegins'],
  [{ uz: { title: 'x', text: 'y' } }, '2026-05-01', '2026-05-01', undefined],
])('%j from %s until %s: %s', (content, validFrom, validUntil, problem) => {
  expect(contentProblem({ content, validFrom, validUntil })).toBe(problem)
})

test('it is in force on its first and on its last day', () => {
  const version = { validFrom: '2026-05-01', validUntil: '2026-05-03' }
  expect(isInForce(version, '2026-04-30')).toBe(false)
  expect(isInForce(version, '2026-05-01')).toBe(true)
  expect(isInForce(version, '2026-05-03')).toBe(true)
  expect(isInForce(version, '2026-05-04')).toBe(false)
  expect(isInForce({ validFrom: null, validUntil: null }, '2026-05-04')).toBe(true)
})

const near = (sought: string, kept: string) =>
  nearness(soughtWords(sought)[0] ?? '', soughtWords(kept)[0] ?? '')

test.each([
  ["ro'yxatdan", 'roʻyxatdan', 1],
  ['рўйхатдан', 'roʻyxatdan', 1],
  ['roʻyx', 'roʻyxatdan', 0.9],
])('"%s" is "%s"', (sought, kept, expected) => {
  expect(near(sought, kept)).toBe(expected)
})

test.each([
  ['pasprot', 'pasport', 'two letters swapped'],
  ['paspotr', 'pasport', 'two letters swapped at the end'],
  ['paspart', 'pasport', 'a letter changed'],
  ['roxatdan', 'roʻyxatdan', 'a letter left out'],
  ['ruyxatdan', 'roʻyxatdan', 'a letter heard wrongly'],
  ['пасспорт', 'паспорт', 'a letter doubled'],
  ['регестрация', 'регистрация', 'a vowel'],
  ['pasportimni', 'pasportni', 'another ending'],
  ['sertifikatim', 'sertifikat', 'with an ending'],
  ['sertifekatn', 'sertifikatni', 'a mistake in what has been typed so far'],
])('"%s" may have meant "%s": %s', (sought, kept) => {
  expect(near(sought, kept)).toBeGreaterThan(0)
  expect(near(sought, kept)).toBeLessThan(1)
})

test.each([
  ['bor', 'bob'],
  ['test', 'til'],
  ['2024', '2025'],
  ['ariza', 'bakalavr'],
])('"%s" is not "%s"', (sought, kept) => {
  expect(near(sought, kept)).toBe(0)
})

test('a word in a title counts more than one in a text, and an item has each word once', () => {
  const words = keptWords({
    uz: { title: 'Pasport', text: 'Pasport va ariza' },
    ru: { title: 'Паспорт', text: 'заявление' },
  })
  expect(words.get('pasport')).toBe(3)
  expect(words.get('ariza')).toBe(1)
  expect([...words.keys()].filter((word) => word === 'pasport')).toHaveLength(1)
})

test('of two words both must be found, of three two', () => {
  expect([1, 2, 3, 4, 8].map(neededWords)).toEqual([1, 2, 2, 3, 6])
})

test('whatever is pasted, the words are few and short', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const sought = soughtWords(text)
      expect(sought.length).toBeLessThanOrEqual(8)
      for (const word of sought) expect(word.length).toBeLessThanOrEqual(40)
    }),
  )
  const endless = Array.from({ length: 100_000 }, (_, at) => `soʻz${at}`).join(' ')
  expect(keptWords({ uz: { title: endless, text: endless } }).size).toBeLessThanOrEqual(6_000)
})

test('mistakes are counted alike from both sides', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(mistakesBetween(one, other, 8)).toBe(mistakesBetween(other, one, 8))
      expect(mistakesBetween(one, one, 8)).toBe(0)
    }),
  )
})
