import { expect, test } from 'vitest'
import type { Desk } from '#contract/calls.ts'
import type { AgentStatus } from '#core/calls/call.ts'
import type { LineView } from '../../softphone/line-keeper.ts'
import { deskView, mayBecomeAvailable, mayEndShift } from './desk-rules.ts'

const aDesk = (change: Partial<Desk> = {}): Desk => ({
  status: 'onBreak',
  breakReason: 'justSignedIn',
  statusSince: 0,
  limitAt: null,
  extensions: 0,
  isLeaving: false,
  breakRequest: null,
  line: 'proven',
  phoneMode: 'alwaysOn',
  offer: null,
  callingBack: null,
  call: null,
  caller: null,
  serverTime: 0,
  ...change,
})

const OFFER = { id: 'offer-1', call: 'call-1', ringsUntil: 20_000, callback: false }
const CALL = {
  id: 'call-1',
  connectedAt: 0,
  state: 'talking' as const,
  muted: false,
  endedAt: null,
  other: null,
}

test.each<[Partial<Desk>, LineView['state'], string]>([
  [{ status: 'signedOut', line: 'down' }, 'off', 'offShift'],
  [{ line: 'down' }, 'connecting', 'lineComing'],
  [{ line: 'up' }, 'checking', 'lineComing'],
  [{ line: 'proven' }, 'elsewhere', 'lineComing'],
  [{ call: CALL }, 'elsewhere', 'callElsewhere'],
  [{ call: CALL, phoneMode: 'perCall' }, 'elsewhere', 'call'],
  [{}, 'proven', 'onBreak'],
  [{ status: 'available' }, 'proven', 'waiting'],
  [{ phoneMode: 'perCall', line: 'down' }, 'off', 'lineComing'],
  [{ phoneMode: 'perCall', status: 'signedOut', line: 'down' }, 'off', 'offShift'],
  [{ phoneMode: 'perCall', status: 'available' }, 'off', 'waiting'],
  [{ status: 'ringing', offer: OFFER }, 'proven', 'offer'],
  [{ status: 'talking', callingBack: { since: 0 } }, 'proven', 'callingBack'],
  [{ status: 'talking', call: CALL }, 'proven', 'call'],
  [{ status: 'talking', call: CALL, line: 'down' }, 'redialling', 'call'],
  [{ status: 'wrapUp', call: { ...CALL, endedAt: 60_000 } }, 'proven', 'call'],
])('a desk with %o and a line that is %s shows %s', (change, line, view) => {
  expect(deskView(aDesk(change), line)).toBe(view)
})

test('an agent becomes available only from a break and with a proven line', () => {
  expect(mayBecomeAvailable(aDesk(), 'proven')).toBe(true)
  expect(mayBecomeAvailable(aDesk(), 'redialling')).toBe(false)
  expect(mayBecomeAvailable(aDesk({ line: 'up' }), 'proven')).toBe(false)
  expect(mayBecomeAvailable(aDesk({ status: 'wrapUp' }), 'proven')).toBe(false)
})

test.each<[AgentStatus, boolean]>([
  ['signedOut', false],
  ['onBreak', true],
  ['available', true],
  ['ringing', false],
  ['talking', true],
  ['wrapUp', true],
])('who is %s may end the shift: %s', (status, endShift) => {
  expect(mayEndShift(aDesk({ status }))).toBe(endShift)
  expect(mayEndShift(aDesk({ status, isLeaving: true }))).toBe(false)
})
