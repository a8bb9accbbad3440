/**
 * What may be done to many appeals at once. Each row is decided by itself and says what became of it.
 *
 * Only what is the same for all of them: taking them to one's desk, sending on what is approved, closing what was told.
 * Approving is not among them: whoever approves has looked at each.
 */
import type { AppealAction, AppealStatus } from './appeal-status.ts'

export const BULK_MAX_APPEALS = 200

export const BULK_MOVES = ['edit', 'dispatch', 'close'] as const satisfies readonly AppealAction[]
export type BulkMove = (typeof BULK_MOVES)[number]

/** `control`: somebody keeps an eye on it. `assign`: an editor is to take it. */
export const BULK_ACTIONS = [...BULK_MOVES, 'assign', 'control', 'uncontrol'] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]

/** An editor has something to do with these. */
const ASSIGNABLE: readonly AppealStatus[] = ['registered', 'classified', 'editing']

export function isAssignable(status: AppealStatus): boolean {
  return ASSIGNABLE.includes(status)
}

export function isBulkMove(action: BulkAction): action is BulkMove {
  return BULK_MOVES.some((move) => move === action)
}
