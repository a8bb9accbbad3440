/**
 * Citizens: who may be calling, and who an appeal is from.
 *
 * A number proves nobody: families share it and anyone can forge it. So a number
 * has candidates, and a citizen is the same as before only when name and number agree.
 */
import type { Kysely, Transaction } from 'kysely'
import type { RegisterAppeal } from '#contract/appeals.ts'
import type { Candidate } from '#contract/calls.ts'
import type { CitizenRow } from '#contract/citizens.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { displayNumber, parsePhoneNumber } from '#core/text/phone-number.ts'
import { searchKey } from '#core/text/search-key.ts'
import { normaliseApostrophes } from '#core/text/uzbek-script.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { CitizenEvent } from './events.ts'
import {
  citizenExists,
  findByKeyAndNumber,
  insertCitizen,
  listByDigits,
  listByName,
  listByNumber,
  lockNumber,
  putNumber,
} from './store.ts'

/** A number that more people share belongs to an office, and then the list helps nobody. */
const CANDIDATES_MAX = 8
const SEARCH_MAX_ROWS = 30
const NAME_MAX_CHARACTERS = 200
const DIGITS_MIN = 4

export type CitizenService = ReturnType<typeof citizenService>

export function citizenService({ db }: { db: Kysely<Database> }) {
  return {
    async candidatesFor(e164: string): Promise<Candidate[]> {
      return (await listByNumber(db, e164, CANDIDATES_MAX)).map(withCounts)
    },

    async search(text: string): Promise<CitizenRow[]> {
      const digits = text.replace(/[\s()+-]/g, '')
      const isNumber = /^\d+$/.test(digits) && digits.length >= DIGITS_MIN
      const words = searchKey(text).split(' ').filter(Boolean)
      if (!isNumber && words.length === 0) return []
      const rows = isNumber
        ? await listByDigits(db, digits, SEARCH_MAX_ROWS)
        : await listByName(db, words, SEARCH_MAX_ROWS)
      return rows.map((row) => ({ ...withCounts(row), numbers: row.numbers.map(displayNumber) }))
    },
  }
}

/** The citizen an appeal is from: the one named, one known by name and number together, or a new one. */
export async function findOrAddCitizen(
  trx: Transaction<Database>,
  who: RegisterAppeal['citizen'],
  by: StaffId,
): Promise<CitizenId> {
  if ('id' in who) {
    const id = who.id as CitizenId
    if (!(await citizenExists(trx, id))) throw new Refusal('notFound', `No citizen ${id}`)
    return id
  }
  const name = normaliseApostrophes(asPlainText(who.name, NAME_MAX_CHARACTERS).text)
  const number = who.number?.trim() ? knownNumber(who.number) : undefined
  const key = searchKey(name)
  if (key === '') throw new Refusal('badInput', 'A name has letters')
  if (number) await lockNumber(trx, number.e164)
  const known = number && (await findByKeyAndNumber(trx, key, number.e164))
  const citizen = known ?? (await insertCitizen(trx, name, key))
  if (!known) await record<CitizenEvent>(trx, { type: 'citizenAdded', citizen, by })
  if (number) await putNumber(trx, citizen, number.e164, number.confidence)
  return citizen
}

function knownNumber(text: string): { e164: string; confidence: 'high' | 'low' } {
  const { e164, confidence } = parsePhoneNumber(text)
  if (!e164 || confidence === 'none')
    throw new Refusal('badInput', 'citizen.number: this is no telephone number')
  return { e164, confidence }
}

type Counted = { calls: string | null; openAppeals: string | null }

function withCounts<Row extends Counted>(row: Row): Row & { calls: number; openAppeals: number } {
  return { ...row, calls: Number(row.calls), openAppeals: Number(row.openAppeals) }
}
