import { expect, test } from 'vitest'
import { WRITTEN_LANGUAGES } from '../text/uzbek-dates.ts'
import { afterAttempt, hasArrived, MESSAGE_MOVES, MESSAGE_STATUSES, REPORTABLE } from './message-status.ts'
import { TOLD_KINDS, messageOfMove, messageText, sendFrom, tellsAsTheLawAsks } from './message-texts.ts'
import { smsSegments, smsText } from './sms-text.ts'

const FACTS = { code: '123456', number: 'A-2026-000001', followCode: 'ABCD-EFGH', dueOn: '2026-03-17' }

test('Uzbek is written with plain apostrophes, so that a message is one message', () => {
  const text = smsText('Murojaatingiz koʻrib chiqildi — «javob» yoʻlda, maʼlumot № 5')
  expect(text).toBe("Murojaatingiz ko'rib chiqildi - \"javob\" yo'lda, ma'lumot N 5")
  expect(smsSegments(text)).toBe(1)
})

test.each([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['ж'.repeat(70), 1],
  ['ж'.repeat(71), 2],
  ['ж'.repeat(135), 3],
])('%# letters are charged as 3GPP TS 23.038 says', (text, segments) => {
  expect(smsSegments(text)).toBe(segments)
})

test('every message is told in every language, with all its facts and nothing left open', () => {
  for (const kind of TOLD_KINDS)
    for (const language of WRITTEN_LANGUAGES) {
      const text = messageText(kind, FACTS, language)
      expect(text).not.toMatch(/[{}]/)
      expect(text).toContain(kind === 'code' ? '123456' : 'A-2026-000001')
      expect(smsSegments(text), text).toBeLessThanOrEqual(language === 'uz' || language === 'en' ? 1 : 3)
    }
})

test('a message in Cyrillic keeps numbers and codes as they are', () => {
  expect(messageText('appealRegistered', FACTS, 'uz-Cyrl')).toBe(
    'A-2026-000001 рақамли мурожаатингиз рўйхатга олинди. Жавоб муддати: 17.03.2026. Кузатиш коди: ABCD-EFGH.',
  )
})

test('what the citizen of an appeal is told of', () => {
  expect(messageOfMove('reply')).toBe('appealReplied')
  expect(messageOfMove('extend')).toBe('appealExtended')
  expect(['classify', 'write', 'approve', 'dispatch'].map(messageOfMove)).toEqual(Array(4).fill(undefined))
})

test('what was surely not taken is tried again, a code is not; what is not certain is never sent twice', () => {
  expect(afterAttempt('away', 1, false)).toBe('retry')
  expect(afterAttempt('away', 5, false)).toBe('refuse')
  expect(afterAttempt('away', 1, true)).toBe('refuse')
  expect(afterAttempt('unknown', 1, false)).toBe('lose')
  for (const status of MESSAGE_STATUSES)
    if (status !== 'queued') expect(MESSAGE_MOVES[status].take).toBeUndefined()
})

test('a message has arrived when the gateway reports it, and where none reports when it was accepted', () => {
  const arrived = (withReports: boolean) =>
    MESSAGE_STATUSES.filter((status) => hasArrived(status, { withReports }))
  expect(arrived(true)).toEqual(['delivered'])
  expect(arrived(false)).toEqual(['sent', 'delivered'])
})

test('a report is waited for until one has come, also after a lost answer, and never before anything was sent', () => {
  expect(REPORTABLE).toEqual(['sending', 'sent', 'uncertain'])
})

test('what tells the end of an appeal, or of its study, tells its citizen as the law asks', () => {
  expect(TOLD_KINDS.filter(tellsAsTheLawAsks)).toEqual([
    'appealReplied',
    'appealForwarded',
    'appealReturned',
    'appealLeft',
    'appealStudied',
  ])
})

test.each([
  ['appealReplied', '2026-03-02T21:59:00+05:00', '2026-03-02T21:59:00+05:00'],
  ['appealReplied', '2026-03-02T22:00:00+05:00', '2026-03-03T08:00:00+05:00'],
  ['appealReplied', '2026-03-02T07:59:00+05:00', '2026-03-02T08:00:00+05:00'],
  ['appealRegistered', '2026-03-02T23:30:00+05:00', '2026-03-02T23:30:00+05:00'],
  ['code', '2026-03-02T03:00:00+05:00', '2026-03-02T03:00:00+05:00'],
] as const)('%s of %s is sent from %s on', (kind, now, from) => {
  expect(sendFrom(kind, Date.parse(now))).toBe(Date.parse(from))
})
