import { expect, test } from 'vitest'
import {
  type CallbackSettings,
  checkCallbackSettings,
  DEFAULT_CALLBACK_SETTINGS,
} from './callback-settings.ts'

const told = (part: Partial<CallbackSettings>, queues: readonly string[] = ['trust']) =>
  checkCallbackSettings({ ...DEFAULT_CALLBACK_SETTINGS, ...part }, (queue) => queues.includes(queue)).map(
    ({ row, field, code }) => `${row} ${field} ${code}`,
  )

test('what holds at first is in order, and so is never being quiet', () => {
  expect(told({})).toEqual([])
  expect(told({ quiet: { fromMinute: 0, toMinute: 0 }, expiresAfterHours: 1 })).toEqual([])
})

test.each([
  ['no whole number', { attemptsMax: 1.5 }, 'limits attemptsMax outOfRange'],
  ['nothing typed', { firstAfterSeconds: Number.NaN }, 'limits firstAfterSeconds outOfRange'],
  ['too long', { retryAfterMinutes: 241 }, 'limits retryAfterMinutes outOfRange'],
  ['too few', { aNumberADayMax: 0 }, 'limits aNumberADayMax outOfRange'],
  ['no time of the day', { quiet: { fromMinute: 1_440, toMinute: 540 } }, 'quiet fromMinute badTime'],
  [
    'a queue that is not there',
    { queuesWithout: ['nowhere' as never] },
    'queuesWithout queuesWithout unknown',
  ],
])('%s is told at its field', (_what, part, problem) => {
  expect(told(part)).toEqual([problem])
})

test('a promise of the evening must live until somebody may be called', () => {
  const night = { fromMinute: 21 * 60, toMinute: 9 * 60 }
  expect(told({ quiet: night, expiresAfterHours: 12 })).toEqual(['limits expiresAfterHours shorterThanQuiet'])
  expect(told({ quiet: night, expiresAfterHours: 13 })).toEqual([])
  expect(told({ quiet: { fromMinute: 0, toMinute: 90 }, expiresAfterHours: 1 })).toHaveLength(1)
  expect(told({ quiet: { fromMinute: 0, toMinute: 90 }, expiresAfterHours: 2 })).toEqual([])
})
