/**
 * The life of a callback: a citizen who kept his place without staying on the
 * line, or whom we lost.
 *
 * He waits in the queue like a caller. An agent accepts the offer first, so that
 * there is never a call without somebody to talk; only then he is called. If he
 * cannot be reached, the agent is free again and the callback waits once more,
 * until its attempts or its time are used up.
 */
import type { Moves } from '#core/lib/moves.ts'

export const CALLBACK_STATUSES = [
  'waiting',
  'offered',
  'dialling',
  'connected',
  'done',
  'failed',
  'expired',
  'cancelled',
] as const
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number]

/**
 * `release`: no agent took it, or his line went. `tryAgain`, `giveUp`: he was not reached, with attempts left or without.
 * `cancel`: a supervisor did, or he spoke with somebody else meanwhile.
 */
export type CallbackAction =
  | 'offer'
  | 'release'
  | 'dial'
  | 'tryAgain'
  | 'giveUp'
  | 'connect'
  | 'finish'
  | 'expire'
  | 'cancel'

export const CALLBACK_MOVES: Moves<CallbackStatus, CallbackAction> = {
  waiting: { offer: 'offered', expire: 'expired', cancel: 'cancelled' },
  offered: { release: 'waiting', dial: 'dialling', cancel: 'cancelled' },
  dialling: { release: 'waiting', tryAgain: 'waiting', giveUp: 'failed', connect: 'connected' },
  connected: { finish: 'done' },
  done: {},
  failed: {},
  expired: {},
  cancelled: {},
}

/** Still owed to the citizen. */
export function isOpenCallback(status: CallbackStatus): boolean {
  return Object.keys(CALLBACK_MOVES[status]).length > 0
}

/** Why a citizen was not reached by an attempt. */
export const UNREACHED_CAUSES = ['busy', 'noAnswer', 'declined', 'unreachable', 'notAllowed'] as const
export type UnreachedCause = (typeof UNREACHED_CAUSES)[number]

/** Why there is a callback: he asked for it, we lost him, or an agent promised it. */
export const CALLBACK_REASONS = ['asked', 'lost', 'promised'] as const
export type CallbackReason = (typeof CALLBACK_REASONS)[number]
