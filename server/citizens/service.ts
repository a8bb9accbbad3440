/**
 * Citizens: who may be calling, who an appeal is from, and their cards.
 *
 * A number proves nobody: families share it and anyone can forge it. So a number
 * has candidates, and a citizen is the same as before only when name and number agree.
 */
import type { Kysely } from 'kysely'
import type { CallerCard, Candidate } from '#contract/calls.ts'
import type { CitizenRow, CitizensQuery } from '#contract/citizens.ts'
import { namesOf } from '#core/citizens/citizen-card.ts'
import type { CitizenId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import { searchKey } from '#core/text/search-key.ts'
import type { Database } from '../database/schema.ts'
import { citizenCards } from './cards.ts'
import {
  listByDigits,
  listByDocument,
  listByName,
  listByNumber,
  listNewest,
  listOpenAppeals,
} from './store.ts'

export { findOrAddCitizens, type FoundFiler } from './filers.ts'
export { numberNamed, numberProven } from './numbers.ts'

/** A number that more people share belongs to an office, and then the list helps nobody. */
const CANDIDATES_MAX = 8
const DIGITS_MIN = 4
/** Of a PINFL or a STIR, written without gaps. */
const DOCUMENT = /^(\d{14}|\d{9})$/

export type CitizenService = ReturnType<typeof citizenService>

type Deps = { db: Kysely<Database>; now?: () => Instant }

export function citizenService({ db, now = Date.now }: Deps) {
  let tell: (citizen: CitizenId) => void = () => undefined
  return {
    ...citizenCards({ db, now, changed: (citizen) => tell(citizen) }),

    /** Told after a card is committed, for the live screens. */
    onChanged(listener: (citizen: CitizenId) => void): void {
      tell = listener
    },

    /** Who may be calling from the number, and what they are owed. */
    async callersOf(e164: string): Promise<Pick<CallerCard, 'candidates' | 'openAppeals'>> {
      const candidates = await candidatesFor(db, e164)
      const owed = candidates.filter((one) => one.openAppeals > 0)
      const appeals = await listOpenAppeals(
        db,
        owed.map(({ id }) => id as CitizenId),
      )
      return {
        candidates,
        openAppeals: appeals.map(({ due_on, shown_as, ...row }) => ({
          ...row,
          dueOn: due_on,
          citizen: shown_as,
        })),
      }
    },

    async search({ search = '', limit }: CitizensQuery): Promise<CitizenRow[]> {
      return (await found(db, search, limit)).map(citizenRow)
    },
  }
}

/** The one seen last first; a citizen with several cards once. */
async function candidatesFor(db: Kysely<Database>, e164: string): Promise<Candidate[]> {
  const byCitizen = Map.groupBy(await listByNumber(db, e164), ({ id }) => id)
  return [...byCitizen.values()].slice(0, CANDIDATES_MAX).flatMap(([card]) => {
    if (!card) return []
    const { seen_at: _seenAt, calls, openAppeals, ...candidate } = card
    return { ...candidate, calls: Number(calls), openAppeals: Number(openAppeals) }
  })
}

async function found(db: Kysely<Database>, text: string, limit: number) {
  if (text === '') return await listNewest(db, limit)
  const digits = text.replace(/[\s()+-]/g, '')
  if (DOCUMENT.test(digits)) {
    const rows = await listByDocument(db, digits, limit)
    if (rows.length > 0 || digits.length === 14) return rows
  }
  if (/^\d+$/.test(digits) && digits.length >= DIGITS_MIN) return await listByDigits(db, digits, limit)
  const words = searchKey(text).split(' ').filter(Boolean)
  return words.length === 0 ? [] : await listByName(db, words, limit)
}

function citizenRow(row: Awaited<ReturnType<typeof listNewest>>[number]): CitizenRow {
  const { latin, cyrillic } = namesOf({ name: row.name, nameCyrillic: row.name_cyrillic })
  return {
    id: row.id,
    kind: row.kind,
    name: latin,
    nameCyrillic: cyrillic,
    numbers: row.numbers.map(displayNumber),
    birthDay: row.birth_on ?? '',
    region: row.region ?? '',
    calls: Number(row.calls),
    openAppeals: Number(row.openAppeals),
  }
}
