import { expect, test } from 'vitest'
import type { BreakCode, StaffId } from '#core/lib/ids.ts'
import {
  askForBreak,
  BREAK_REQUEST_MOVES,
  BREAK_REQUEST_STATUSES,
  type BreakRequest,
  decided,
  isOpen,
  isReady,
} from './break-request.ts'

const DILNOZA = 'dilnoza' as StaffId
const SAODAT = 'saodat' as StaffId
const TRAINING = 'training' as BreakCode
const MINUTE = 60_000
const asked = askForBreak({ reason: TRAINING, by: DILNOZA, now: 0, waitsForMinutes: 30 })
const answer = { by: SAODAT, now: 5 * MINUTE, goodForMinutes: 30 }

test('a break nobody has to agree to is ready at once and stays so', () => {
  const request = askForBreak({ reason: TRAINING, by: DILNOZA, now: 0, waitsForMinutes: undefined })
  expect(isReady(request, 0)).toBe(true)
  expect(isReady(request, 600 * MINUTE)).toBe(true)
})

test('a break somebody has to agree to is not ready before, and only for a while after', () => {
  expect(isReady(asked, 0)).toBe(false)
  const approved = decided(asked, 'approve', answer) as BreakRequest
  expect(approved).toMatchObject({ status: 'approved', decidedBy: SAODAT, validUntil: 35 * MINUTE })
  expect(isReady(approved, 35 * MINUTE - 1)).toBe(true)
  expect(isReady(approved, 35 * MINUTE)).toBe(false)
})

test('a wish is answered once', () => {
  const refused = decided(asked, 'refuse', answer) as BreakRequest
  expect(isOpen(refused)).toBe(false)
  expect(decided(refused, 'approve', answer)).toBeUndefined()
})

test('what is open can be withdrawn and can lapse, and what is over moves no more', () => {
  for (const status of BREAK_REQUEST_STATUSES) {
    const moves = BREAK_REQUEST_MOVES[status]
    if (isOpen({ ...asked, status })) expect(moves).toMatchObject({ withdraw: 'withdrawn', lapse: 'lapsed' })
    else expect(moves).toEqual({})
  }
})
