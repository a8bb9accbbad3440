/**
 * Who appeals are from, for many of them at once: the citizen who is named, one known by name and number together, or a
 * new one. In few statements however many they are, for whoever registers holds the counter of numbers right after.
 */
import type { Transaction } from 'kysely'
import type { RegisterAppeal } from '#contract/appeals.ts'
import { cardSearchKey, EMPTY_CARD, readName } from '#core/citizens/citizen-card.ts'
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
  insertCitizens,
  lockNumbers,
  putNumbers,
} from './store.ts'

type Trx = Transaction<Database>

export type Filer = { readonly who: RegisterAppeal['citizen']; readonly by: StaffId | null }

/** Who it is, and what he is found by. */
export type FoundFiler = { readonly citizen: CitizenId; readonly searchKey: string }

type UsedNumber = ReturnType<typeof knownNumber>

type Named = {
  readonly names: ReturnType<typeof readName>
  readonly key: string
  readonly number: UsedNumber | undefined
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
  const read = filers.map(({ who, by }) => ('name' in who ? readNamed(who, by) : undefined))
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

function readNamed(who: { name: string; number?: string | undefined }, by: StaffId | null): Named | Refusal {
  const names = readName(who.name)
  const key = searchKey(names.name)
  if (key === '') return new Refusal('badInput', 'A name has letters')
  try {
    const number = who.number?.trim() ? knownNumber(who.number, 'citizen.number') : undefined
    return { names, key, number, by }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Two forms that name the same number and name mean one citizen, who is added once. */
async function findOrAddNamed(trx: Trx, named: readonly Named[]): Promise<Map<Named, CitizenId>> {
  const found = new Map<Named, CitizenId>()
  if (named.length === 0) return found
  const numbered = named.filter(({ number }) => number !== undefined)
  await lockNumbers(
    trx,
    numbered.map(({ number }) => number?.e164 ?? ''),
  )
  const known = await findByKeysAndNumbers(
    trx,
    numbered.map(({ key, number }) => ({ key, e164: number?.e164 ?? '' })),
  )
  const ofPair = new Map(known.map(({ key, e164, id }) => [`${key} ${e164}`, id]))
  const firstOfPair = new Map<string, Named>()
  const toAdd: Named[] = []
  for (const one of named) {
    const pair = one.number && `${one.key} ${one.number.e164}`
    const id = pair === undefined ? undefined : ofPair.get(pair)
    if (id) found.set(one, id)
    else if (pair === undefined || !firstOfPair.has(pair)) toAdd.push(one)
    if (pair !== undefined && !firstOfPair.has(pair)) firstOfPair.set(pair, one)
  }
  await add(trx, toAdd, found)
  for (const one of numbered) {
    const first = firstOfPair.get(`${one.key} ${one.number?.e164}`)
    const id = first && found.get(first)
    if (id) found.set(one, id)
  }
  // Both names of one card may have been written, each with its number.
  const used = new Map(
    [...firstOfPair.values()].map((one) => {
      const number = { citizen_id: found.get(one) as CitizenId, ...(one.number as UsedNumber) }
      return [`${number.citizen_id} ${number.e164}`, number]
    }),
  )
  await putNumbers(trx, [...used.values()])
  return found
}

async function add(trx: Trx, toAdd: readonly Named[], found: Map<Named, CitizenId>): Promise<void> {
  if (toAdd.length === 0) return
  const ids = await insertCitizens(
    trx,
    toAdd.map(({ names, by }) => ({
      card: { ...EMPTY_CARD, ...names },
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
