/**
 * Which decisions of the body an official signs with his key, and the very text that he signs.
 *
 * The text names the appeal, what is decided, in its words, and each file that goes with it by its hash: whoever changes
 * a letter of it afterwards has another text, and the signature is not of that one. It is the same wherever it is made
 * from the same decision, so it is made anew when the decision is carried out, and compared.
 */
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import type { MoveFields } from '#core/appeals/move-fields.ts'
import { type MoveField, sinceReopened } from '#core/appeals/move-rules.ts'

export const SIGNED_DECISIONS = ['reply', 'extension', 'conclusion'] as const
/** `conclusion`: that an appeal is left unconsidered (article 29); whoever approves it signs it. */
export type SignedDecision = (typeof SIGNED_DECISIONS)[number]

const DECISION_OF: Partial<Record<AppealAction, SignedDecision>> = {
  reply: 'reply',
  extend: 'extension',
  approveLeaving: 'conclusion',
}

export function decisionOf(action: AppealAction): SignedDecision | undefined {
  return DECISION_OF[action]
}

export const SIGNED_ACTIONS = ['reply', 'extend', 'approveLeaving'] as const satisfies readonly AppealAction[]
export type SignedAction = (typeof SIGNED_ACTIONS)[number]

/** What is told with the move, and of a conclusion what was proposed before. */
const SIGNED_FIELDS: Readonly<Record<SignedAction, readonly MoveField[]>> = {
  reply: ['result', 'reply'],
  extend: ['reason', 'signatory'],
  approveLeaving: ['signatory'],
}
const PROPOSED_FIELDS = ['ground', 'conclusion'] as const

export type DecidedAppeal = {
  readonly number: string
  /** All that were done before this one, oldest first. */
  readonly moves: readonly { readonly action: AppealAction; readonly details: MoveFields }[]
  /** Those of the reply, in any order. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** The signed text: JSON for programs, a field to a line for people, and always the same for the same decision. */
export function signedText(
  { files, moves, number }: DecidedAppeal,
  action: SignedAction,
  details: MoveFields,
) {
  const proposed = sinceReopened(moves).findLast((move) => move.action === 'proposeLeaving')?.details ?? {}
  const told = [
    ...(action === 'approveLeaving' ? PROPOSED_FIELDS.map((field) => [field, proposed[field] ?? '']) : []),
    ...SIGNED_FIELDS[action].map((field) => [field, details[field] ?? '']),
  ]
  const listed = files
    .map(({ name, sha256 }) => ({ name, sha256 }))
    .toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1))
  const decided = {
    appeal: number,
    decision: DECISION_OF[action],
    // A reply after the appeal was opened again is another one, though it says the same.
    round: 1 + moves.filter((move) => move.action === 'reopen').length,
    ...Object.fromEntries(told),
    ...(action === 'reply' && { files: listed }),
  }
  return `${JSON.stringify(decided, null, 2)}\n`
}
