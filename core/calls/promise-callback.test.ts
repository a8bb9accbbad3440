import { expect, test } from 'vitest'
import type { NumberVerdict } from '#core/ivr/waiting-run.ts'
import { DEFAULT_QUIET_HOURS } from '#core/routing/callback-hours.ts'
import { momentRefusal, type PromisingCall, promiseRefusal } from './promise-callback.ts'

const NOW = Date.parse('2026-03-02T10:00:30+05:00')
const aCall = (part: Partial<PromisingCall> = {}): PromisingCall => ({
  number: '+998901234567',
  confidence: 'high',
  queue: 'results',
  hasWayOut: true,
  ...part,
})
const always = (verdict: NumberVerdict) => () => verdict

test.each([
  [{}, undefined],
  [{ number: null, confidence: 'none' }, 'numberHidden'],
  [{ confidence: 'low' }, 'numberHidden'],
  [{ queue: null }, 'noQueue'],
  [{ hasWayOut: false }, 'noWayOut'],
] as const)('whoever called with %j: %s', (part, refusal) => {
  expect(promiseRefusal(aCall(part), always('callable'))).toBe(refusal)
})

test.each(['notAllowed', 'promisedBefore', 'calledEnough'] as const)(
  'what is said of the number holds for agents too: %s',
  (verdict) => {
    expect(promiseRefusal(aCall(), always(verdict))).toBe(verdict)
  },
)

test.each([
  ['2026-03-02T10:00:00+05:00', undefined],
  ['2026-03-02T09:58:00+05:00', 'past'],
  ['2026-03-02T20:59:00+05:00', undefined],
  ['2026-03-02T21:00:00+05:00', 'quietHours'],
  ['2026-03-03T08:59:00+05:00', 'quietHours'],
  ['2026-03-03T09:00:00+05:00', undefined],
  ['2026-03-09T10:00:00+05:00', undefined],
  ['2026-03-09T10:01:00+05:00', 'tooFarOff'],
])('a call at %s: %s', (at, refusal) => {
  expect(momentRefusal(Date.parse(at), DEFAULT_QUIET_HOURS, NOW)).toBe(refusal)
})
