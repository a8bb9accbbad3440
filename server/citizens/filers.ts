/**
 * Who appeals are from, for many of them at once: the citizen who is named, one whose PINFL the state has proven, one known
 * by name and number together, or a new one. In few statements however many they are, for whoever registers holds the counter of numbers right after.
 */
import type { Transaction } from 'kysely'
import type { RegisterAppeal } from '#contract/appeals.ts'
import { type CardFields, cardSearchKey, EMPTY_CARD, readName } from '#core/citizens/citizen-card.ts'
import { readPinfl } from '#core/citizens/pinfl.ts'
import type { CitizenId, StaffId } from '#core/lib/ids.ts'
import { searchKey } from '#core/text/search-key.ts'
import { recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { CitizenEvent } from './events.ts'
import { knownNumber } from './numbers.ts'
import {
  citizenKeys,
  NOBODY,
  putNobody,
  findByKeysAndNumbers,
  findByPinfls,
  insertCitizens,
  lockNumbers,
  putNumbers,
} from './store.ts'

type Trx = Transaction<Database>

export type Filer = {
  readonly who: RegisterAppeal['citizen']
  readonly by: StaffId | null
  /** Proven: his card is the one with this PINFL, whatever name and number it has. */
  readonly pinfl?: string | null
}

/** Who it is, and what he is found by. */
export type FoundFiler = { readonly citizen: CitizenId; readonly searchKey: string }

type UsedNumber = ReturnType<typeof knownNumber>

type Named = {
  readonly names: ReturnType<typeof readName>
  readonly key: string
  readonly number: UsedNumber | undefined
  readonly pinfl: string | null
  /** Nobody where he told us himself. */
  readonly by: StaffId | null
}

/** In the order of the filers; a refusal where somebody cannot be found or named. */
export async function findOrAddCitizens(
  trx: Trx,
  filers: readonly Filer[],
): Promise<(FoundFiler | Refusal)[]> {
  const ids = filers.flatMap(({ who }) => ('id' in who ? [who.id as CitizenId] : []))
  const known = await citizenKeys(trx, ids)
  if (filers.some(({ who }) => 'anonymous' in who)) await putNobody(trx)
  const read = filers.map(({ who, ...more }) => ('name' in who ? readNamed(who, more) : undefined))
  const added = await findOrAddNamed(
    trx,
    read.flatMap((one) => (one === undefined || one instanceof Refusal ? [] : [one])),
  )
  return filers.map(({ who }, place) => {
    if ('anonymous' in who) return { citizen: NOBODY, searchKey: '' }
    if ('id' in who) {
      const key = known.get(who.id)
      return key === undefined
        ? new Refusal('notFound', `No citizen ${who.id}`)
        : { citizen: who.id as CitizenId, searchKey: key }
    }
    const named = read[place]
    if (named === undefined || named instanceof Refusal)
      return named ?? new Refusal('badInput', 'Nobody is named')
    return { citizen: added.get(named) as CitizenId, searchKey: cardSearchKey(named.names) }
  })
}

function readNamed(
  who: { name: string; number?: string | undefined },
  { by, pinfl = null }: Omit<Filer, 'who'>,
): Named | Refusal {
  const names = readName(who.name)
  const key = searchKey(names.name)
  if (key === '') return new Refusal('badInput', 'A name has letters')
  try {
    const number = who.number?.trim() ? knownNumber(who.number, 'citizen.number') : undefined
    return { names, key, number, pinfl, by }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Two forms that mean the same citizen, by PINFL or by number and name, add him once. */
async function findOrAddNamed(trx: Trx, named: readonly Named[]): Promise<Map<Named, CitizenId>> {
  const found = new Map<Named, CitizenId>()
  if (named.length === 0) return found
  const known = await findKnown(trx, named)
  const firstOf = new Map<string, Named>()
  const toAdd: Named[] = []
  for (const one of named) {
    const as = knownAs(one)
    const id = as && known.get(as)
    if (id) found.set(one, id)
    else if (as === undefined || !firstOf.has(as)) toAdd.push(one)
    if (as !== undefined && !firstOf.has(as)) firstOf.set(as, one)
  }
  await add(trx, toAdd, found)
  for (const one of named) {
    const first = firstOf.get(knownAs(one) ?? '')
    const id = first && found.get(first)
    if (id) found.set(one, id)
  }
  // Both names of one card may have been written, each with its number.
  const used = new Map(
    named.flatMap((one) => {
      if (!one.number) return []
      const number = { citizen_id: found.get(one) as CitizenId, ...one.number }
      return [[`${number.citizen_id} ${number.e164}`, number] as const]
    }),
  )
  await putNumbers(trx, [...used.values()])
  return found
}

/**
 * By what he is the same as before. Whoever is proven is not sought by name and number: the number is not proven with him,
 * and somebody of his name may have it.
 */
function knownAs({ key, number, pinfl }: Named): string | undefined {
  return pinfl ?? (number && `${key} ${number.e164}`)
}

async function findKnown(trx: Trx, named: readonly Named[]): Promise<Map<string, CitizenId>> {
  const pinfls = named.flatMap(({ pinfl }) => pinfl ?? [])
  const pairs = named.flatMap(({ key, number, pinfl }) =>
    pinfl === null && number ? [{ key, e164: number.e164 }] : [],
  )
  // In one go, so that nobody waits in a circle.
  await lockNumbers(trx, [...pairs.map(({ e164 }) => e164), ...pinfls])
  const byPair = await findByKeysAndNumbers(trx, pairs)
  return new Map([
    ...byPair.map(({ key, e164, id }) => [`${key} ${e164}`, id] as const),
    ...(await findByPinfls(trx, pinfls)),
  ])
}

async function add(trx: Trx, toAdd: readonly Named[], found: Map<Named, CitizenId>): Promise<void> {
  if (toAdd.length === 0) return
  const ids = await insertCitizens(
    trx,
    toAdd.map(({ names, pinfl, by }) => ({
      card: { ...EMPTY_CARD, ...names, ...(pinfl !== null && provenFields(pinfl)) },
      searchKey: cardSearchKey(names),
      by,
    })),
  )
  for (const [place, one] of toAdd.entries()) found.set(one, ids[place] as CitizenId)
  await recordAll<CitizenEvent>(
    trx,
    toAdd.map(({ by }, place) => ({
      type: 'citizenAdded',
      citizen: ids[place] as CitizenId,
      ...(by !== null && { by }),
    })),
  )
}

/** The day of birth is part of the number. */
function provenFields(pinfl: string): Pick<CardFields, 'pinfl' | 'birthDay'> {
  const read = readPinfl(pinfl)
  return { pinfl, birthDay: 'birthDay' in read ? read.birthDay : '' }
}
