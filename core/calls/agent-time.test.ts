import { expect, test } from 'vitest'
import type { BreakCode, StaffId } from '#core/lib/ids.ts'
import {
  type AgentTimeRules,
  afterCall,
  breakBegins,
  DEFAULT_AGENT_TIME,
  type DoneWithCall,
  extended,
  extensionsLeft,
  limitAt,
} from './agent-time.ts'
import type { BreakRule } from './break-reasons.ts'
import { askForBreak, decided } from './break-request.ts'
import { AGENT_STATUSES } from './call.ts'

const MINUTE = 60_000
const REST = 'rest' as BreakCode
const LUNCH = 'lunch' as BreakCode
const aBreak = (code: string, part: Partial<BreakRule> = {}): BreakRule => ({
  code: code as BreakCode,
  names: { uz: code, ru: code },
  isPaid: true,
  limitMinutes: undefined,
  needsApproval: false,
  ...part,
})
const rules: AgentTimeRules = {
  ...DEFAULT_AGENT_TIME,
  breaks: [aBreak('rest', { limitMinutes: 15 }), aBreak('lunch')],
}

test('a wrap-up and a break with a limit reach it, whatever else lasts', () => {
  const limits = AGENT_STATUSES.map((status) => limitAt(rules, { status, reason: undefined, since: 0 }))
  expect(limits).toEqual(AGENT_STATUSES.map((status) => (status === 'wrapUp' ? MINUTE : undefined)))
  expect(limitAt(rules, { status: 'onBreak', reason: REST, since: 0 })).toBe(15 * MINUTE)
  expect(limitAt(rules, { status: 'onBreak', reason: LUNCH, since: 0 })).toBeUndefined()
  expect(limitAt(rules, { status: 'onBreak', reason: 'missedOffer', since: 0 })).toBeUndefined()
})

test('a wrap-up is prolonged twice and no more', () => {
  const once = extended(rules, { limitAt: MINUTE, extensions: 0 })
  expect(once).toEqual({ limitAt: 2 * MINUTE, extensions: 1 })
  const twice = extended(rules, once as NonNullable<typeof once>)
  expect(twice).toEqual({ limitAt: 3 * MINUTE, extensions: 2 })
  expect(extended(rules, twice as NonNullable<typeof twice>)).toBeUndefined()
  expect([0, 1, 2, 3].map((used) => extensionsLeft(rules, used))).toEqual([2, 1, 0, 0])
})

test('a break begins at once between calls, and after the call otherwise', () => {
  expect(AGENT_STATUSES.map((status) => [status, breakBegins(status)])).toEqual([
    ['signedOut', undefined],
    ['onBreak', 'now'],
    ['available', 'now'],
    ['ringing', 'betweenCalls'],
    ['talking', 'betweenCalls'],
    ['wrapUp', 'betweenCalls'],
  ])
})

const by = 'dilnoza' as StaffId
const free: DoneWithCall = {
  isLeaving: false,
  request: undefined,
  hasProvenLine: true,
  now: 0,
}
const request = askForBreak({ reason: LUNCH, by, now: 0, waitsForMinutes: undefined })
const undecided = askForBreak({ reason: LUNCH, by, now: 0, waitsForMinutes: 30 })
const approved = decided(undecided, 'approve', { by, now: 0, goodForMinutes: 30 })

test.each<[string, Partial<DoneWithCall>, ReturnType<typeof afterCall>]>([
  ['becomes available', {}, { do: 'becomeAvailable' }],
  ['is not available without a line', { hasProvenLine: false }, { do: 'takeBreak', reason: 'lineLost' }],
  ['takes the break he asked for in the call', { request }, { do: 'takeBreak', reason: LUNCH }],
  ['takes the break he was allowed', { request: approved }, { do: 'takeBreak', reason: LUNCH }],
  [
    'takes no break that was allowed too long ago',
    { request: approved, now: 30 * MINUTE },
    { do: 'becomeAvailable' },
  ],
  ['takes no break nobody has agreed to', { request: undecided }, { do: 'becomeAvailable' }],
  ['leaves if he wanted to, before everything else', { isLeaving: true, request }, { do: 'leave' }],
])('who is done with a call %s', (_what, part, expected) => {
  expect(afterCall({ ...free, ...part })).toEqual(expected)
})
