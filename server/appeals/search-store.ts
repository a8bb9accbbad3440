/**
 * Which appeals are found, as a part of a statement that lists them.
 *
 * A word that many appeals have is found among the newest, without looking at the others; a rare one by the index of
 * words. So neither takes long, and both give the newest first.
 */
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { AppealSearch } from '#core/appeals/appeal-search.ts'
import type { AppealId } from '#core/lib/ids.ts'

/** The newest in which words are looked for first. */
const NEWEST_ROWS = 5_000
/** Found by a word that more have, the newest of them are enough for a page. */
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
}

/** A condition on `appeals`. */
export function isFound({ search, byDocuments, before }: Finding): RawBuilder<SqlBool> {
  switch (search.by) {
    case 'number':
      return search.sequence === undefined
        ? sql`appeals.year = ${search.year}`
        : sql`(appeals.year = ${search.year} and appeals.sequence = ${search.sequence})`
    case 'digits':
      return hasDigits(search.digits, byDocuments)
    case 'words':
      return search.words.length === 0 ? sql`false` : hasWords(search.words, before)
  }
}

/** Whether words are sought among the newest alone; a page that this fills needs no more. */
export function isFoundAmongNewest({ search, before }: Finding): RawBuilder<SqlBool> | undefined {
  if (search.by !== 'words' || search.words.length === 0) return undefined
  return sql`appeals.id in (
    select appeal from (
      select appeal, words from appeal_words where ${olderThan('appeal', before)} order by appeal desc limit ${sql.lit(NEWEST_ROWS)}
    ) newest where words @@ ${queryOf(search.words)}::tsquery)`
}

function hasWords(words: readonly string[], before: AppealId | undefined): RawBuilder<SqlBool> {
  const names = sql.join(
    words.map((word) => sql`shown.search_key like ${`%${word}%`}`),
    sql` and `,
  )
  return sql`appeals.id in (
    with by_words as materialized (
      select appeal from appeal_words where words @@ ${queryOf(words)}::tsquery
    ), by_name as materialized (
      select appeals.id as appeal from appeals where appeals.citizen in (
        select filed.id from citizens shown join citizens filed on filed.shown_as = shown.id where ${names})
    )
    select appeal from (select appeal from by_words union select appeal from by_name) found
    where ${olderThan('appeal', before)} order by appeal desc limit ${sql.lit(FOUND_MAX_ROWS)})`
}

function hasDigits(digits: string, byDocuments: boolean): RawBuilder<SqlBool> {
  const ways: RawBuilder<SqlBool>[] = []
  if (digits.length <= PLACE_MAX_DIGITS) ways.push(sql`appeals.sequence = ${Number(digits)}`)
  if (digits.length >= PHONE_MIN_DIGITS)
    ways.push(ofCitizens(sql`select citizen_id from citizen_numbers where e164 like ${`%${digits}%`}`))
  if (digits.length >= PINFL_MIN_DIGITS && byDocuments)
    ways.push(
      ofCitizens(
        sql`select id from citizens where right(pinfl, 4) = ${digits.slice(-4)} and pinfl like ${`%${digits}`}`,
      ),
    )
  ways.push(sql`appeals.id in (select appeal from appeal_words where words @@ ${queryOf([digits])}::tsquery)`)
  // Each by an index of its own.
  const all = ways.map((way) => sql`select appeals.id from appeals where ${way}`)
  return sql`appeals.id in (${sql.join(all, sql` union `)})`
}

/** Of these cards, or of any that is shown as the same citizen. */
function ofCitizens(cards: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`appeals.citizen in (select filed.id from citizens named join citizens filed on filed.shown_as = named.shown_as
    where named.id in (${cards}))`
}

function olderThan(column: string, before: AppealId | undefined): RawBuilder<SqlBool> {
  return before === undefined ? sql`true` : sql`${sql.ref(column)} < ${before}`
}

/** Letters and digits alone, so that nothing in it is an operator; every word, or one that begins so. */
function queryOf(words: readonly string[]): string {
  return words.map((word) => `'${word}'${word.length >= BEGINNING_MIN_CHARACTERS ? ':*' : ''}`).join(' & ')
}
