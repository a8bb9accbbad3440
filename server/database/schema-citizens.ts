/** The tables of citizens' cards; see schema.ts. */
import type { Generated } from 'kysely'
import type { CardField, CitizenKind, Consent } from '#core/citizens/citizen-card.ts'
import type { CardStatus } from '#core/citizens/merge-cards.ts'
import type { NumberStanding } from '#core/citizens/number-standing.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'

export interface CardTables {
  citizens: {
    id: Generated<CitizenId>
    name: string
    language: string | null
    note: Generated<string>
    search_key: Generated<string>
    created_at: Generated<Date>
    kind: Generated<CitizenKind>
    name_cyrillic: Generated<string>
    birth_on: string | null
    is_minor: Generated<boolean>
    pinfl: string | null
    passport: string | null
    stir: string | null
    region: string | null
    address: Generated<string>
    representative: Generated<string>
    consent: Generated<Consent>
    consent_at: Date | null
    version: Generated<number>
    status: Generated<CardStatus>
    merged_into: CitizenId | null
    shown_as: Generated<CitizenId>
    changed_at: Date | null
    changed_by: StaffId | null
  }
  citizen_numbers: {
    citizen_id: CitizenId
    e164: string
    confidence: 'high' | 'low' | 'none'
    seen_at: Generated<Date>
    standing: Generated<NumberStanding>
  }
  citizen_contacts: {
    id: Generated<string>
    entity: CitizenId
    person: CitizenId
    role: string
    added_at: Generated<Date>
    added_by: StaffId
    ended_at: Date | null
    ended_by: StaffId | null
  }
  citizen_merges: {
    id: Generated<string>
    kept: CitizenId
    other: CitizenId
    merged_at: Generated<Date>
    merged_by: StaffId
    filled: CardField[]
    split_at: Date | null
    split_by: StaffId | null
  }
}
