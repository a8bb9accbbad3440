/**
 * Whoever calls for a legal entity: a person of a card of his own, and what he is there. He is nobody's representative by
 * that; what he may be told is for the agent to ask.
 */
import { asPlainText } from '../text/hostile-text.ts'
import type { CitizenKind } from './citizen-card.ts'
import type { CardStatus } from './merge-cards.ts'

export const CONTACT_ROLE_MAX_CHARACTERS = 100
/** Of one entity; more is a list of its staff. */
export const CONTACTS_MAX = 30

/** One line of text; nothing where there is none. */
export function readContactRole(text: string): string | undefined {
  return asPlainText(text, CONTACT_ROLE_MAX_CHARACTERS).text.trim() || undefined
}

type Card = { readonly id: string; readonly status: CardStatus; readonly kind: CitizenKind }

export type ContactObstacle = 'notAnEntity' | 'notAPerson' | 'notCurrent'

export function whyNotContact(entity: Card, person: Card): ContactObstacle | undefined {
  if (entity.kind !== 'legalEntity') return 'notAnEntity'
  if (person.kind !== 'person') return 'notAPerson'
  return entity.status === 'current' && person.status === 'current' ? undefined : 'notCurrent'
}
