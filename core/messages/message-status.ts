/**
 * The life of a message to a citizen.
 *
 *   queued ──take──▶ sending ──accept──▶ sent ──deliver──▶ delivered
 *     ▲                 ├──refuse──▶ failed └──bounce──▶ undelivered
 *     └─────retry───────┤
 *                       └──lose──▶ uncertain
 *
 * Whoever sends takes the message first, so that no two send it. Where the answer was lost nobody knows whether the
 * citizen has it, and it is not sent again: two codes are worse than none, and he can ask for another one. A gateway may
 * report afterwards whether the message reached the telephone; its report may come before its answer, and after one was lost.
 */
import type { Moves } from '#core/lib/moves.ts'

export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'uncertain',
] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

export const MESSAGE_ACTIONS = ['take', 'accept', 'refuse', 'retry', 'lose', 'deliver', 'bounce'] as const
export type MessageAction = (typeof MESSAGE_ACTIONS)[number]

/** By the report of a gateway. */
const REPORTED = { deliver: 'delivered', bounce: 'undelivered' } as const

export const MESSAGE_MOVES: Moves<MessageStatus, MessageAction> = {
  queued: { take: 'sending' },
  sending: { accept: 'sent', refuse: 'failed', retry: 'queued', lose: 'uncertain', ...REPORTED },
  sent: REPORTED,
  delivered: {},
  undelivered: {},
  failed: {},
  uncertain: REPORTED,
}

export type DeliveryAction = keyof typeof REPORTED

/** In which statuses a report still says something. */
export const REPORTABLE = MESSAGE_STATUSES.filter((status) => MESSAGE_MOVES[status].deliver !== undefined)

/** Whether the citizen has it, as far as anybody will ever know: where no reports come, what was accepted has arrived. */
export function hasArrived(
  status: MessageStatus,
  { withReports }: { readonly withReports: boolean },
): boolean {
  return status === 'delivered' || (status === 'sent' && !withReports)
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
