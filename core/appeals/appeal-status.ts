/**
 * The life of an appeal, from a citizen's words to the reply.
 *
 *   draft ─register─▶ registered ─classify─▶ classified ─edit─▶ editing ─approve─▶ approved ─dispatch─▶ dispatched
 *                                                                                                         │ receive
 *                     closed ◀─close─ notified ◀─notify─ replied ◀─reply─ received (incoming number) ◀────┘
 *
 * Beside this way it is extended where it stands, sent back to the editing desk, sent on to another authority,
 * returned to the citizen, merged into an earlier one, taken back, or left unconsidered by a conclusion that
 * somebody else approves; and it is opened again.
 *
 * A draft is no appeal before the law yet: it has no number and no due day, and is kept with the wrap-up of its
 * call. Registering may not be refused (article 23), so no move leads from a draft to a refusal. Who may do a
 * move and what it needs stands in move-rules.ts.
 */
import type { Moves } from '#core/lib/moves.ts'

export const APPEAL_STATUSES = [
  'draft',
  'registered',
  'classified',
  'editing',
  'approved',
  'dispatched',
  'received',
  'replied',
  'notified',
  'closed',
  'forwarded',
  'returned',
  'leavingProposed',
  'leftUnconsidered',
  'merged',
  'withdrawn',
] as const
export type AppealStatus = (typeof APPEAL_STATUSES)[number]

/**
 * `write`: the editor's text. `receive`: the chancellery took it in, under its incoming number. `assign`: to those who
 * carry it out, the first of them in the lead. `notify`: the citizen was told. `supplement`: the citizen adds words.
 * `tellOfStudy`: the author of a proposal, in writing, that it is studied further.
 * `disclose`: it is no report of corruption, and is read by all who read appeals.
 * `forward`: to the authority that is competent. `return`: to the citizen, with reasons, because it says too
 * little to be sent on. `proposeLeaving`: a conclusion that it is not to be considered.
 */
export const APPEAL_ACTIONS = [
  'register',
  'classify',
  'edit',
  'write',
  'approve',
  'dispatch',
  'receive',
  'assign',
  'reply',
  'notify',
  'close',
  'supplement',
  'sendBack',
  'study',
  'tellOfStudy',
  'extend',
  'disclose',
  'forward',
  'return',
  'proposeLeaving',
  'approveLeaving',
  'refuseLeaving',
  'merge',
  'withdraw',
  'reopen',
] as const
export type AppealAction = (typeof APPEAL_ACTIONS)[number]

/** What may happen to an appeal wherever it lies with us and nobody has written to another body yet. */
const ASIDE = {
  forward: 'forwarded',
  return: 'returned',
  proposeLeaving: 'leavingProposed',
  merge: 'merged',
  withdraw: 'withdrawn',
} as const

export const APPEAL_MOVES: Moves<AppealStatus, AppealAction> = {
  draft: { register: 'registered', withdraw: 'withdrawn' },
  registered: {
    classify: 'classified',
    supplement: 'registered',
    study: 'registered',
    tellOfStudy: 'registered',
    extend: 'registered',
    disclose: 'registered',
    ...ASIDE,
  },
  classified: {
    classify: 'classified',
    edit: 'editing',
    supplement: 'classified',
    study: 'classified',
    tellOfStudy: 'classified',
    extend: 'classified',
    disclose: 'classified',
    ...ASIDE,
  },
  editing: {
    write: 'editing',
    approve: 'approved',
    supplement: 'editing',
    study: 'editing',
    tellOfStudy: 'editing',
    extend: 'editing',
    disclose: 'editing',
    ...ASIDE,
  },
  approved: {
    dispatch: 'dispatched',
    supplement: 'approved',
    sendBack: 'editing',
    study: 'approved',
    tellOfStudy: 'approved',
    extend: 'approved',
    disclose: 'approved',
    withdraw: 'withdrawn',
  },
  dispatched: {
    receive: 'received',
    supplement: 'dispatched',
    sendBack: 'editing',
    study: 'dispatched',
    tellOfStudy: 'dispatched',
    extend: 'dispatched',
    disclose: 'dispatched',
    withdraw: 'withdrawn',
  },
  received: {
    assign: 'received',
    reply: 'replied',
    supplement: 'received',
    sendBack: 'editing',
    study: 'received',
    tellOfStudy: 'received',
    extend: 'received',
    disclose: 'received',
    forward: 'forwarded',
    return: 'returned',
    proposeLeaving: 'leavingProposed',
    withdraw: 'withdrawn',
  },
  replied: { notify: 'notified', reopen: 'classified' },
  notified: { close: 'closed', reopen: 'classified' },
  closed: { reopen: 'classified' },
  forwarded: { notify: 'notified' },
  returned: { notify: 'notified' },
  leavingProposed: {
    approveLeaving: 'leftUnconsidered',
    refuseLeaving: 'classified',
    supplement: 'leavingProposed',
    tellOfStudy: 'leavingProposed',
    disclose: 'leavingProposed',
    withdraw: 'withdrawn',
  },
  leftUnconsidered: { notify: 'notified' },
  merged: { reopen: 'classified' },
  withdrawn: {},
}

const CLOCK_RUNS: readonly AppealStatus[] = [
  'registered',
  'classified',
  'editing',
  'approved',
  'dispatched',
  'received',
  'leavingProposed',
]

/** Whether the legal clock runs: the citizen is owed a reply. A conclusion that nobody approved stops nothing. */
export function clockRuns(status: AppealStatus): boolean {
  return CLOCK_RUNS.includes(status)
}
