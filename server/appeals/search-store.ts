/**
 * Which appeals are found: their ids, the newest first, to be listed with what else is asked.
 *
 * A word that many appeals have is found among the newest, without looking at the others; a rare one by the index of
 * words. So neither takes long. Of several words the rarest goes through the index and the others are looked for in what
 * it finds: the index would gather everything that begins as any of them does.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AppealSearch } from '#core/appeals/appeal-search.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

/** The newest in which words are looked for first. */
const NEWEST_ROWS = 5_000
/** Among so many of them it is counted how many have each word. */
const COUNTED_ROWS = 500
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
 * one: by words alone among the newest, by words alone, by anything, and all of that without an end.
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
  let rarest: Promise<string | undefined> | undefined
  const rarestOnce = () => (rarest ??= rarestOf(db, search.by === 'words' ? search.words : []))
  const whole = async () => sql.join(waysOf(finding, await rarestOnce()), sql` union `)
  const endless = way(whole, true, Math.max(FOUND_MAX_ROWS, first))
  if (search.by !== 'words') return [way(whole, true), endless]
  const newest = sql`select id from (
      select appeal as id, words from appeal_words where ${olderThan('appeal', before)}
      order by appeal desc limit ${sql.lit(NEWEST_ROWS)}
    ) newest where words @@ ${queryOf(search.words)}::tsquery`
  const words = way(async () => byWords(search.words, await rarestOnce()), false)
  const names = way(async () => byName(search.words), false)
  // What the words have found is not looked for again, only what the names add to it.
  const found = { byWords: [] as AppealId[] }
  return [
    way(async () => newest, false),
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
      return [byWords(search.words, rarest), byName(search.words)]
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

/** The word of several that the fewest of the newest have, if those are few. */
async function rarestOf(db: Kysely<Database>, words: readonly string[]): Promise<string | undefined> {
  if (words.length < 2) return undefined
  const counts = words.map((word) => sql`count(*) filter (where words @@ ${queryOf([word])}::tsquery)::int`)
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts from (
    select words from appeal_words order by appeal desc limit ${sql.lit(COUNTED_ROWS)}) newest`.execute(db)
  const counted = words.map((word, place) => ({ word, count: rows[0]?.counts[place] ?? 0 }))
  // Of those that none of them has, the longest.
  const [least] = counted.toSorted((a, b) => a.count - b.count || b.word.length - a.word.length)
  return least && least.count <= RARE_MAX_COUNTED ? least.word : undefined
}

/** By a name as it is now: the words hold the one it was filed under. */
function byName(words: readonly string[]): RawBuilder<unknown> {
  const names = sql.join(
    words.map((word) => sql`search_key like ${`%${word}%`}`),
    sql` and `,
  )
  return ofCitizens(sql`select id from citizens where ${names}`)
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
