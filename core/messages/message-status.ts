/**
 * The life of a message to a citizen.
 *
 *   queued ──take──▶ sending ──accept──▶ sent
 *     ▲                 ├──refuse──▶ failed
 *     └─────retry───────┤
 *                       └──lose──▶ uncertain
 *
 * Whoever sends takes the message first, so that no two send it. Where the answer was lost nobody knows whether the
 * citizen has it, and it is not sent again: two codes are worse than none, and he can ask for another one.
 */
import type { Moves } from '#core/lib/moves.ts'

export const MESSAGE_STATUSES = ['queued', 'sending', 'sent', 'failed', 'uncertain'] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

export const MESSAGE_ACTIONS = ['take', 'accept', 'refuse', 'retry', 'lose'] as const
export type MessageAction = (typeof MESSAGE_ACTIONS)[number]

export const MESSAGE_MOVES: Moves<MessageStatus, MessageAction> = {
  queued: { take: 'sending' },
  sending: { accept: 'sent', refuse: 'failed', retry: 'queued', lose: 'uncertain' },
  sent: {},
  failed: {},
  uncertain: {},
}

/** What a gateway answered. `away`: it certainly has not taken the message, and may take it later. */
export type SendOutcome = 'accepted' | 'refused' | 'away' | 'unknown'

const ATTEMPTS_MAX = 5

/** What to do after an attempt, the how-manieth it was; a code is worth nothing when it comes late. */
export function afterAttempt(outcome: SendOutcome, attempt: number, isUrgent: boolean): MessageAction {
  switch (outcome) {
    case 'accepted':
      return 'accept'
    case 'refused':
      return 'refuse'
    case 'unknown':
      return 'lose'
    case 'away':
      return isUrgent || attempt >= ATTEMPTS_MAX ? 'refuse' : 'retry'
  }
}
