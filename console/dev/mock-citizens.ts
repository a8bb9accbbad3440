/** The citizens of the scripted day. */
import type { CardForm, CitizenCard } from '#contract/citizens.ts'
import { type CardField, EMPTY_CARD, readName } from '#core/citizens/citizen-card.ts'
import { madeId } from './mock-data.ts'

export type StoredCitizen = Pick<
  CitizenCard,
  'id' | 'version' | 'numbers' | 'timeline' | 'changedAt' | 'changedByName'
> & {
  fields: CardForm
  mergedInto: string | null
  filled: CardField[]
  contacts: { person: string; role: string }[]
}

export function mockCitizens(now: number): Map<string, StoredCitizen> {
  const stored = (place: number, fields: Partial<CardForm>, number: string): StoredCitizen => ({
    id: madeId(4, place),
    version: 1,
    fields: { ...EMPTY_CARD, ...fields, ...readName(fields.name ?? '') } as CardForm,
    numbers: [{ number, standing: 'claimed', seenAt: now }],
    mergedInto: null,
    filled: [],
    contacts: [],
    timeline: [{ at: now, type: 'citizenAdded', actorName: 'Dilnoza Karimova', detail: {} }],
    changedAt: now,
    changedByName: 'Dilnoza Karimova',
  })
  const gulchehra = {
    name: 'Gulchehra Abdullayeva',
    pinfl: '40201902050010',
    passport: 'AA1234567',
    birthDay: '1990-01-02',
    region: '1726',
    language: 'uz',
    note: '"><img src=x onerror=alert(1)>',
  }
  return new Map(
    [
      stored(1, gulchehra, '+998 90 123 45 67'),
      stored(2, { name: 'Rustam Abdullayev' }, '+998 90 123 45 67'),
      stored(3, { name: 'Абдуллаева Гулчехра', consent: 'given' }, '+998 93 555 01 22'),
    ].map((one) => [one.id, one]),
  )
}
