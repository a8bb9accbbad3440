/**
 * Two people changed the same card. What each of them changed stays; where both changed the same field, somebody has to
 * choose. Nothing that anybody wrote is lost without being seen.
 */
import { CARD_FIELDS, type CardField, type CardFields } from './citizen-card.ts'

export type Reconciled = {
  /** Mine, with what only the other changed; theirs where both did, until somebody chooses. */
  readonly fields: CardFields
  /** What only the other changed. */
  readonly theirs: readonly CardField[]
  /** What both changed, each to something else. */
  readonly toChoose: readonly CardField[]
}

type Versions = { base: CardFields; mine: CardFields; theirs: CardFields }

export function reconcile({ base, mine, theirs }: Versions): Reconciled {
  const theyChanged = CARD_FIELDS.filter((field) => theirs[field] !== base[field])
  const isMineToo = (field: CardField) => mine[field] !== base[field] && mine[field] !== theirs[field]
  const taken = Object.fromEntries(theyChanged.map((field) => [field, theirs[field]]))
  return {
    fields: { ...mine, ...taken },
    theirs: theyChanged.filter((field) => !isMineToo(field) && mine[field] !== theirs[field]),
    toChoose: theyChanged.filter(isMineToo),
  }
}

export function changedFields(before: CardFields, after: CardFields): CardField[] {
  return CARD_FIELDS.filter((field) => before[field] !== after[field])
}
