/**
 * The life of an appeal, in its first form.
 *
 *   draft ─register─▶ registered ─assign─▶ inReview ─reply─▶ replied ─close─▶ closed
 *     │                   │  │                │ │               │               │
 *     │                   │  └────forward─────┼─┴▶ forwarded    └───reopen──────┤
 *     └─────────────────withdraw──────────────┘▶ withdrawn            inReview ◀┘
 *
 * A draft is no appeal before the law yet: it has no number and no due day. Registering may not be refused
 * (article 23), so no move leads from a draft to a refusal; a citizen may only take it back.
 */
import type { Moves } from '#core/lib/moves.ts'

export const APPEAL_STATUSES = [
  'draft',
  'registered',
  'inReview',
  'replied',
  'closed',
  'forwarded',
  'withdrawn',
] as const
export type AppealStatus = (typeof APPEAL_STATUSES)[number]

export const APPEAL_ACTIONS = [
  'register',
  'assign',
  'reply',
  'close',
  'reopen',
  'forward',
  'withdraw',
] as const
export type AppealAction = (typeof APPEAL_ACTIONS)[number]

export const APPEAL_MOVES: Moves<AppealStatus, AppealAction> = {
  draft: { register: 'registered', withdraw: 'withdrawn' },
  registered: { assign: 'inReview', forward: 'forwarded', withdraw: 'withdrawn' },
  inReview: { assign: 'inReview', reply: 'replied', forward: 'forwarded', withdraw: 'withdrawn' },
  replied: { close: 'closed', reopen: 'inReview' },
  closed: { reopen: 'inReview' },
  forwarded: {},
  withdrawn: {},
}

/** Whether the legal clock runs: the citizen is owed a reply. */
export function clockRuns(status: AppealStatus): boolean {
  return status === 'registered' || status === 'inReview'
}
