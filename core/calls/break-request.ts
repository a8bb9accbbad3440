/**
 * A break that cannot begin at once: it waits until a supervisor agrees, or until
 * the agent is done with a call, or for both.
 *
 *   asked ─approve─▶ approved ─begin─▶ used
 *     └─ refuse, withdraw, lapse ─┴─ withdraw, lapse
 *
 * A wish nobody has to agree to is approved when it is asked for and does not
 * lapse. One that somebody agreed to is good for as long as that answer can be
 * meant: the supervisor looked at who was free at that moment.
 */
import type { BreakCode, StaffId } from '#core/lib/ids.ts'
import type { Moves } from '#core/lib/moves.ts'
import type { Instant } from '#core/lib/time.ts'

export const BREAK_REQUEST_STATUSES = ['asked', 'approved', 'refused', 'used', 'withdrawn', 'lapsed'] as const
export type BreakRequestStatus = (typeof BREAK_REQUEST_STATUSES)[number]

export type BreakRequestAction = 'approve' | 'refuse' | 'begin' | 'withdraw' | 'lapse'

export const BREAK_REQUEST_MOVES: Moves<BreakRequestStatus, BreakRequestAction> = {
  asked: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  approved: { begin: 'used', withdraw: 'withdrawn', lapse: 'lapsed' },
  refused: {},
  used: {},
  withdrawn: {},
  lapsed: {},
}

const MINUTE_MS = 60_000

export type BreakRequest = {
  readonly reason: BreakCode
  readonly status: BreakRequestStatus
  readonly askedAt: Instant
  readonly askedBy: StaffId
  readonly validUntil: Instant | undefined
  readonly decidedBy: StaffId | undefined
}

type Asking = {
  readonly reason: BreakCode
  readonly by: StaffId
  readonly now: Instant
  /** Whether somebody else has to agree, and for how long it is asked. */
  readonly waitsForMinutes: number | undefined
}

export function askForBreak({ reason, by, now, waitsForMinutes }: Asking): BreakRequest {
  return {
    reason,
    status: waitsForMinutes === undefined ? 'approved' : 'asked',
    askedAt: now,
    askedBy: by,
    validUntil: waitsForMinutes === undefined ? undefined : now + waitsForMinutes * MINUTE_MS,
    decidedBy: undefined,
  }
}

/** The wish after a supervisor's answer; nothing if it is not waiting for one. */
export function decided(
  request: BreakRequest,
  action: 'approve' | 'refuse',
  answer: { by: StaffId; now: Instant; goodForMinutes: number },
): BreakRequest | undefined {
  const status = BREAK_REQUEST_MOVES[request.status][action]
  if (!status) return undefined
  const { by, now, goodForMinutes } = answer
  return { ...request, status, decidedBy: by, validUntil: now + goodForMinutes * MINUTE_MS }
}

/** Whether it is still wished for: undecided, or not begun yet. */
export function isOpen({ status }: BreakRequest): boolean {
  return status === 'asked' || status === 'approved'
}

/** Whether the break may begin as soon as the agent is between calls. */
export function isReady({ status, validUntil }: BreakRequest, now: Instant): boolean {
  return status === 'approved' && (validUntil === undefined || now < validUntil)
}
