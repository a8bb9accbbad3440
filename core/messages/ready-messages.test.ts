import { expect, test } from 'vitest'
import {
  checkReadyMessages,
  FIRST_READY_MESSAGES,
  type ReadyCall,
  type ReadyMessage,
  readyRefusal,
  readyText,
} from './ready-messages.ts'

const PORTAL = 'https://murojaat.uz'
const NOW = Date.parse('2026-03-02T10:00:00+05:00')
const HOUR_MS = 3_600_000

const aMessage = (part: Partial<ReadyMessage> = {}): ReadyMessage => ({
  code: 'results',
  names: { uz: 'Natijalar', ru: 'Результаты' },
  texts: { uz: 'Natijalar: my.example.uz', ru: 'Результаты: my.example.uz' },
  isOffered: true,
  ...part,
})
const aCall = (part: Partial<ReadyCall> = {}): ReadyCall => ({
  number: '+998901234567',
  confidence: 'high',
  endedAt: null,
  sentInCall: 0,
  sentToday: 0,
  ...part,
})
const problemsOf = (...messages: ReadyMessage[]) =>
  checkReadyMessages(messages).map(({ row, field, code }) => `${row} ${field} ${code}`)

test('what there is at first is right', () => {
  expect(checkReadyMessages(FIRST_READY_MESSAGES)).toEqual([])
})

test.each([
  [{ code: '' }, '1 code badCode'],
  [{ code: '1st' }, '1st code badCode'],
  [{ names: { uz: ' ', ru: 'Результаты' } }, 'results uz required'],
  [{ names: { uz: 'Natijalar', ru: 'о'.repeat(41) } }, 'results ru tooLong'],
  [{ texts: { uz: '', ru: 'my.example.uz' } }, 'results uzText required'],
  [{ texts: { uz: 'Salom, {name}', ru: 'my.example.uz' } }, 'results uzText unknownValue'],
  [{ texts: { uz: 'Salom', ru: 'ж'.repeat(202) } }, 'results ruText tooManyParts'],
])('of a message with %j is said: %s', (part, problem) => {
  expect(problemsOf(aMessage(part))).toEqual([problem])
})

test('the address of the portal is counted before anybody has said it', () => {
  const fits = 'x'.repeat(459 - 27)
  expect(problemsOf(aMessage({ texts: { uz: 'x'.repeat(400), ru: 'x'.repeat(390) } }))).toEqual([])
  expect(problemsOf(aMessage({ texts: { uz: `${fits}{portal}{portal}`, ru: 'x' } }))).toContain(
    'results uzText tooManyParts',
  )
})

test('no code is there twice, and there is an end of them', () => {
  expect(problemsOf(aMessage(), aMessage())).toEqual(['results code taken'])
  const many = Array.from({ length: 21 }, (_, at) => aMessage({ code: `m${at}` }))
  expect(problemsOf(...many)).toEqual(['* code tooMany'])
})

test('a message goes in the language of the call, as telephones carry it', () => {
  const message = aMessage({ texts: { uz: 'Koʻring: {portal}', ru: 'Смотрите: {portal}' } })
  expect(readyText(message, 'uz', PORTAL)).toEqual({ text: `Ko'ring: ${PORTAL}`, parts: 1 })
  expect(readyText(message, 'ru', PORTAL)).toEqual({ text: `Смотрите: ${PORTAL}`, parts: 1 })
})

test('a message that names the portal does not go while nobody has said where it is', () => {
  expect(readyText(FIRST_READY_MESSAGES[0] as ReadyMessage, 'uz', undefined)).toBeUndefined()
  expect(readyText(aMessage(), 'uz', undefined)).toEqual({ text: 'Natijalar: my.example.uz', parts: 1 })
})

test.each([
  ['whoever calls now', {}, undefined],
  ['a number that was not shown', { number: null, confidence: 'none' }, 'numberHidden'],
  ['a number that was partly guessed', { confidence: 'low' }, 'numberHidden'],
  ['a foreign number', { number: '+79261234567' }, 'numberNotAllowed'],
  ['a number that costs extra', { number: '+998900123456' }, 'numberNotAllowed'],
  ['a call of a day ago', { endedAt: NOW - 24 * HOUR_MS }, undefined],
  ['a call of longer ago', { endedAt: NOW - 24 * HOUR_MS - 1 }, 'tooLate'],
  ['a call that has had five', { sentInCall: 5 }, 'enough'],
  ['a number that has had ten today', { sentToday: 10 }, 'enough'],
] as const)('to %s: %j, %s', (_what, part, refusal) => {
  expect(readyRefusal(aCall(part), { now: NOW, hasSender: true })).toBe(refusal)
})

test('without a sender nothing is promised', () => {
  expect(readyRefusal(aCall(), { now: NOW, hasSender: false })).toBe('noSender')
})
