import { expect, test } from 'vitest'
import { readContactRole, whyNotContact } from './contacts.ts'

const card = (kind: 'person' | 'legalEntity', status: 'current' | 'merged' = 'current') => ({
  id: kind,
  status,
  kind,
})

test('a contact is a person of an entity, each with a card that stands', () => {
  expect(whyNotContact(card('legalEntity'), card('person'))).toBeUndefined()
  expect(whyNotContact(card('person'), card('person'))).toBe('notAnEntity')
  expect(whyNotContact(card('legalEntity'), card('legalEntity'))).toBe('notAPerson')
  expect(whyNotContact(card('legalEntity'), card('person', 'merged'))).toBe('notCurrent')
})

test('what he is there is one line of text', () => {
  expect(readContactRole('  bosh\nbuxgalter <b>\u202e ')).toBe('bosh buxgalter <b>')
  expect(readContactRole(' \n ')).toBeUndefined()
  expect(readContactRole('x'.repeat(500))).toHaveLength(100)
})
