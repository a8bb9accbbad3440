/**
 * Which appeals are found: their ids, the newest first, to be listed with what else is asked.
 *
 * What many appeals have is read off from the newest on, until there is enough for a page; what is rare is found by the
 * index of words. Which of the two it is, a few of the newest tell. So neither takes long. Of several words the rarest goes
 * through the index and the others are looked for in what it finds: the index would gather everything that begins as any
 * of them does.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AppealSearch } from '#core/appeals/appeal-search.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

/** Among so many of the newest it is counted how many have each word, and all of them. */
const COUNTED_ROWS = 500
/** What so many of those counted have is sought from the newest on, in so many rows. */
const COMMON_MIN_COUNTED = 2
const NEWEST_ROWS = 15_000
/** So much more than a page is read off first: what the person may not see is left out. */
export const FIRST_SHARE = 1.2
/** Of those counted, one in a hundred: what has a rarer word is read quicker than the index gathers the others. */
const RARE_MAX_COUNTED = 5
/** So many pages of what is found are looked at before everything is: what is asked besides leaves some out. */
const FIRST_PAGES = 4
/** Found by what more have, the newest of them are enough for a page; a list that is longer says how long it is. */
const FOUND_MAX_ROWS = 5_000
/** Of a telephone; fewer digits are on too many. */
const PHONE_MIN_DIGITS = 4
const PINFL_MIN_DIGITS = 4
/** A place in the year is not longer, nor is an incoming number. */
const PLACE_MAX_DIGITS = 9
/** Beginning with one letter are too many words. */
const BEGINNING_MIN_CHARACTERS = 2

export type Finding = {
  readonly search: AppealSearch
  /** Whether the person may find somebody by the end of his PINFL. */
  readonly byDocuments: boolean
  readonly before: AppealId | undefined
  /** So many are wanted at least. */
  readonly wanted: number
}

export type WayToFind = {
  readonly find: () => Promise<AppealId[]>
  /** Whether there is no more than this finds, if it is less than `most`. */
  readonly isAll: boolean
  readonly most: number
}

/**
 * The ways to look, the quickest first, each answering the newest it finds. A page that one of them fills needs no further
 * one: by words alone among the newest, first for one page and then for several, by words alone, by anything, and all of
 * that without an end.
 */
export function waysToFind(db: Kysely<Database>, finding: Finding): WayToFind[] {
  const { search, before, wanted } = finding
  if (search.by === 'words' && search.words.length === 0) return []
  const first = FIRST_PAGES * wanted
  const way = (found: () => Promise<RawBuilder<unknown>>, isAll: boolean, most = first) => ({
    find: async () => await idsOf(db, await found(), { before, most }),
    isAll,
    most,
  })
  let counting: Promise<Counted> | undefined
  const counted = () => (counting ??= countAmongNewest(db, search.by === 'words' ? search.words : []))
  const whole = async () => sql.join(waysOf(finding, (await counted()).rarest), sql` union `)
  const endless = way(whole, true, Math.max(FOUND_MAX_ROWS, first))
  if (search.by !== 'words') return [way(whole, true), endless]
  let areMore = true
  const newest = (most: number): WayToFind => ({
    isAll: false,
    most,
    async find() {
      if (!areMore || (await counted()).together < COMMON_MIN_COUNTED) return []
      const found = await idsOf(db, amongNewest(search.words, before, most), { before, most })
      areMore = found.length === most
      return found
    },
  })
  const words = way(async () => byWords(search.words, (await counted()).rarest), false)
  const names = way(async () => byName(search.words, (await counted()).rarest), false)
  // What the words have found is not looked for again, only what the names add to it.
  const found = { byWords: [] as AppealId[] }
  return [
    newest(Math.ceil(FIRST_SHARE * wanted)),
    newest(first),
    { ...words, find: async () => (found.byWords = await words.find()) },
    { ...names, isAll: true, find: async () => newestOf([...found.byWords, ...(await names.find())], first) },
    endless,
  ]
}

/** Ids grow with time. */
function newestOf(ids: readonly AppealId[], most: number): AppealId[] {
  return [...new Set(ids)].toSorted((one, other) => (one < other ? 1 : -1)).slice(0, most)
}

async function idsOf(
  db: Kysely<Database>,
  way: RawBuilder<unknown>,
  { before, most }: { before: AppealId | undefined; most: number },
): Promise<AppealId[]> {
  // What is found is gathered whole before it is put in order: else a plan may walk all appeals from the newest on.
  const { rows } = await sql<{ id: AppealId }>`
    with found as materialized (${way})
    select id from found where ${olderThan('id', before)}
    order by id desc limit ${most}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Each by an index of its own. */
function waysOf(
  { search, byDocuments, before, wanted }: Finding,
  rarest: string | undefined,
): RawBuilder<unknown>[] {
  switch (search.by) {
    case 'number':
      return [byNumber(search, { before, wanted })]
    case 'digits':
      return byDigits(search.digits, byDocuments)
    case 'words':
      return [byWords(search.words, rarest), byName(search.words, rarest)]
  }
}

function byNumber(
  { year, sequence }: Extract<AppealSearch, { by: 'number' }>,
  { before, wanted }: Pick<Finding, 'before' | 'wanted'>,
): RawBuilder<unknown> {
  if (sequence !== undefined) return byPlace(sequence, sql`counted.year = ${year}`)
  return sql`(select id from appeals where year = ${year} and ${olderThan('id', before)}
    order by id desc limit ${Math.max(FOUND_MAX_ROWS, wanted)})`
}

function byDigits(digits: string, byDocuments: boolean): RawBuilder<unknown>[] {
  const ways = [byWords([digits])]
  if (digits.length <= PLACE_MAX_DIGITS) ways.push(byPlace(Number(digits), sql`true`))
  if (digits.length >= PHONE_MIN_DIGITS)
    ways.push(ofCitizens(sql`select citizen_id from citizen_numbers where e164 like ${`%${digits}%`}`))
  if (digits.length >= PINFL_MIN_DIGITS && byDocuments)
    ways.push(
      ofCitizens(
        sql`select id from citizens where right(pinfl, 4) = ${digits.slice(-4)} and pinfl like ${`%${digits}`}`,
      ),
    )
  return ways
}

/** In any of the years that were counted. */
function byPlace(sequence: number, year: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select appeals.id from appeal_counters counted
    join appeals using (organisation, year) where appeals.sequence = ${sequence} and ${year}`
}

function byWords(words: readonly string[], rarest?: string): RawBuilder<unknown> {
  if (rarest === undefined)
    return sql`select appeal as id from appeal_words where words @@ ${queryOf(words)}::tsquery`
  const others = words.filter((word) => word !== rarest)
  // In an expression of which the index knows nothing.
  return sql`select appeal as id from appeal_words where words @@ ${queryOf([rarest])}::tsquery
    and coalesce(words @@ ${queryOf(others)}::tsquery, false)`
}

/** No more of them are read than there have to be. */
function amongNewest(
  words: readonly string[],
  before: AppealId | undefined,
  most: number,
): RawBuilder<unknown> {
  return sql`select id from (
      select appeal as id, words from appeal_words where ${olderThan('appeal', before)}
      order by appeal desc limit ${sql.lit(NEWEST_ROWS)}
    ) newest where words @@ ${queryOf(words)}::tsquery order by id desc limit ${most}`
}

type Counted = {
  /** How many of those counted have all of the words. */
  readonly together: number
  /** The word of several that the fewest of them have, if those are few. */
  readonly rarest: string | undefined
}

async function countAmongNewest(db: Kysely<Database>, words: readonly string[]): Promise<Counted> {
  if (words.length === 0) return { together: 0, rarest: undefined }
  const counts = [words, ...words.map((word) => [word])].map(
    (all) => sql`count(*) filter (where words @@ ${queryOf(all)}::tsquery)::int`,
  )
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts from (
    select words from appeal_words order by appeal desc limit ${sql.lit(COUNTED_ROWS)}) newest`.execute(db)
  const [together = 0, ...each] = rows[0]?.counts ?? []
  if (words.length === 1) return { together, rarest: undefined }
  // Of those that none of them has, the longest.
  const [least] = words
    .map((word, place) => ({ word, count: each[place] ?? 0 }))
    .toSorted((a, b) => a.count - b.count || b.word.length - a.word.length)
  return { together, rarest: least && least.count <= RARE_MAX_COUNTED ? least.word : undefined }
}

/** By a name as it is now: the words hold the one it was filed under. */
function byName(words: readonly string[], rarest: string | undefined): RawBuilder<unknown> {
  const has = (word: string) =>
    // The index would go through all that have three letters in common with any of them.
    rarest === undefined || word === rarest
      ? sql`search_key like ${`%${word}%`}`
      : sql`position(${word} in search_key) > 0`
  return ofCitizens(sql`select id from citizens where ${sql.join(words.map(has), sql` and `)}`)
}

/** Of these cards, or of any that is shown as the same citizen. */
function ofCitizens(cards: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select id from appeals where citizen in (
    select filed.id from citizens named join citizens filed on filed.shown_as = named.shown_as
    where named.id in (${cards}))`
}

function olderThan(column: string, before: AppealId | undefined): RawBuilder<unknown> {
  return before === undefined ? sql`true` : sql`${sql.ref(column)} < ${before}`
}

/** Letters and digits alone, so that nothing in it is an operator; every word, or one that begins so. */
function queryOf(words: readonly string[]): string {
  return words.map((word) => `'${word}'${word.length >= BEGINNING_MIN_CHARACTERS ? ':*' : ''}`).join(' & ')
}
