/**
 * Two cards of one citizen become one, and are parted again.
 *
 *   current ──merge──▶ merged ──split──▶ current
 *
 * The card that is merged keeps everything it had and is shown under the other, calls and appeals with it: so nothing
 * has to be remembered for the way back, and a split undoes a merge whatever happened since.
 */
import type { Moves } from '../lib/moves.ts'
import { CARD_FIELDS, type CardField, type CardFields, EMPTY_CARD } from './citizen-card.ts'

export const CARD_STATUSES = ['current', 'merged'] as const
export type CardStatus = (typeof CARD_STATUSES)[number]

export const CARD_ACTIONS = ['merge', 'split'] as const
export type CardAction = (typeof CARD_ACTIONS)[number]

export const CARD_MOVES: Moves<CardStatus, CardAction> = {
  current: { merge: 'merged' },
  merged: { split: 'current' },
}

type Card = { readonly id: string; readonly status: CardStatus; readonly fields: CardFields }

export type MergeObstacle = 'sameCard' | 'notCurrent' | 'differentKind' | 'differentPinfl'

/** Why these two cannot be one; two personal numbers are two persons, whatever else agrees. */
export function whyNotMerge(kept: Card, other: Card): MergeObstacle | undefined {
  if (kept.id === other.id) return 'sameCard'
  if (kept.status !== 'current' || !CARD_MOVES[other.status].merge) return 'notCurrent'
  if (kept.fields.kind !== other.fields.kind) return 'differentKind'
  const [one, two] = [kept.fields.pinfl, other.fields.pinfl]
  return one !== '' && two !== '' && one !== two ? 'differentPinfl' : undefined
}

/** What the kept card does not know it learns from the other; what it knows stays. */
export function mergeCards(kept: CardFields, other: CardFields): { fields: CardFields; filled: CardField[] } {
  const filled = CARD_FIELDS.filter(
    (field) => kept[field] === EMPTY_CARD[field] && other[field] !== EMPTY_CARD[field],
  ).filter((field) => field !== 'nameCyrillic')
  return { fields: { ...kept, ...taken(filled, other) }, filled }
}

/** What the kept card had learnt and nobody has changed since goes again with the card it came from. */
export function splitCards(
  kept: CardFields,
  other: CardFields,
  filled: readonly CardField[],
): { fields: CardFields; emptied: CardField[] } {
  const emptied = filled.filter((field) => kept[field] === other[field])
  return { fields: { ...kept, ...taken(emptied, EMPTY_CARD) }, emptied }
}

function taken(fields: readonly CardField[], from: CardFields): Partial<CardFields> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]))
}
