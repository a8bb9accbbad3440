/**
 * Finds items by words in either script, with mistakes of typing, the best first.
 *
 * The vocabulary says which kept words a sought one may have meant (core/knowledge/search-words.ts decides), the kept
 * words say which items have them. An item counts for each sought word by its best match: how near, how rare, in the
 * title or in the text. Everything is in PostgreSQL: it is true for every process at once, and the process that commands
 * calls does no searching.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { KnowledgeContent } from '#core/knowledge/knowledge-content.ts'
import {
  keptWords,
  nearness,
  neededWords,
  rarity,
  soughtWords,
  MISTAKEN_FROM_CHARACTERS,
  STEM_MIN,
} from '#core/knowledge/search-words.ts'
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

/** Raised when words are kept by other rules than before: everything is then read anew at the next start. */
export const FOUND_FORM = 1
/** Of each way in which a word can be meant. */
const MEANT_WORDS_MAX = 40
/** Looked at for each sought word; one word that all items have is looked at whole. */
const REACHED_ITEMS_MAX = 2_000
const READ_ANEW_AT_ONCE = 50
const WORDS_LOCK = 7_290_011

export type FoundItem = { item: KnowledgeItemId; score: number }
type MeantWord = { place: number; word: string; weight: number }

/** How each item answers the words; `needed` is how many of them an item must have. Nothing when no word is sought. */
export async function findMeant(db: Db, search: string) {
  const sought = soughtWords(search)
  if (sought.length === 0) return undefined
  return { meant: await meantWords(db, sought), needed: neededWords(sought.length) }
}

export type Meant = NonNullable<Awaited<ReturnType<typeof findMeant>>>

/** As a table of item and score, to be joined with what else is asked: of the best so many, or of all. */
export function scores({ meant, needed }: Meant, best?: number) {
  return sql<FoundItem>`
    (select item, sum(best) as score from (
      select kept.item, meant.place, max(meant.weight * kept.weight) as best
      from unnest(${meant.map(({ place }) => place)}::int[], ${meant.map(({ word }) => word)}::text[],
        ${meant.map(({ weight }) => weight)}::real[]) as meant (place, word, weight)
      join knowledge_words kept on kept.word = meant.word collate "C"
      group by kept.item, meant.place) answers
    group by item having count(*) >= ${needed}
    ${best === undefined ? sql`` : sql`order by score desc, item limit ${best}`})`
}

/**
 * What it begins, what it shares its beginning with, and what it is like: a word that is kept as it was typed is no
 * mistake, and to look for all that is like it is most of what a search costs.
 */
async function meantWords(db: Db, sought: readonly string[]): Promise<MeantWord[]> {
  const { rows } = await sql<{ place: number; word: string; items: number; total: number }>`
    select asked.place::int, near.word, near.items, (select count(*) from knowledge_items)::int as total
    from unnest(${sought}::text[]) with ordinality as asked (word, place)
    cross join lateral (
      (select word, items from knowledge_vocabulary
        where word >= asked.word collate "C" and word < (asked.word || U&'\\FFFF') collate "C"
        order by word limit ${MEANT_WORDS_MAX})
      union
      (select word, items from knowledge_vocabulary
        where length(asked.word) >= ${STEM_MIN} and word >= left(asked.word, ${STEM_MIN}) collate "C"
          and word < (left(asked.word, ${STEM_MIN}) || U&'\\FFFF') collate "C"
        order by similarity(word, asked.word) desc, word limit ${MEANT_WORDS_MAX})
      union
      (select word, items from knowledge_vocabulary
        where length(asked.word) >= ${MISTAKEN_FROM_CHARACTERS} and word % asked.word
          and not exists (select from knowledge_vocabulary known where known.word = asked.word collate "C")
        order by similarity(word, asked.word) desc, word limit ${MEANT_WORDS_MAX})) near`.execute(db)
  const near = rows
    .map((row) => ({ ...row, near: nearness(sought[row.place - 1] ?? '', row.word) }))
    .filter((row) => row.near > 0)
  return sought.flatMap((_word, at) => withinReach(near.filter(({ place }) => place === at + 1)))
}

type NearWord = { place: number; word: string; items: number; total: number; near: number }

/** The nearest, then the rarest, until they are in so many items that more would only cost time. */
function withinReach(near: readonly NearWord[]): MeantWord[] {
  const sorted = near.toSorted((one, other) => other.near - one.near || one.items - other.items)
  let reached = 0
  return sorted.flatMap(({ place, word, items, total, near }, at) => {
    reached += items
    if (at > 0 && reached > REACHED_ITEMS_MAX) return []
    return [{ place, word, weight: near * rarity(items, total) }]
  })
}

/** Keeps the words of one item as they are now; with no content it is found no more. */
export async function keepWords(
  trx: Transaction<Database>,
  item: KnowledgeItemId,
  found: { version: number; content: KnowledgeContent } | undefined,
): Promise<void> {
  // One at a time: two that share words would otherwise wait for each other for ever.
  await sql`select pg_advisory_xact_lock(${WORDS_LOCK})`.execute(trx)
  const gone = await trx.deleteFrom('knowledge_words').where('item', '=', item).returning('word').execute()
  const kept = found ? keptWords(found.content) : new Map<string, number>()
  await countWords(trx, [...kept.keys()], 1)
  await sql`
    insert into knowledge_words (word, item, weight) select word, ${item}, weight
    from unnest(${[...kept.keys()]}::text[], ${[...kept.values()]}::real[]) as kept (word, weight)`.execute(
    trx,
  )
  const former = gone.map(({ word }) => word)
  await countWords(trx, former, -1)
  await sql`delete from knowledge_vocabulary where word = any(${former}::text[]) and items = 0`.execute(trx)
  await trx
    .updateTable('knowledge_items')
    .set({ found_version: found?.version ?? null, found_form: FOUND_FORM })
    .where('id', '=', item)
    .execute()
}

async function countWords(trx: Transaction<Database>, words: readonly string[], by: 1 | -1): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into knowledge_vocabulary (word, items) select word, ${by} from unnest(${words}::text[]) as kept (word)
    on conflict (word) do update set items = knowledge_vocabulary.items + ${by}`.execute(trx)
}

/** Reads what was kept by no rules or by older ones: after a first start, and after the rules have changed. */
export async function keepOutdatedWords(db: Db): Promise<number> {
  for (let done = 0; ; ) {
    const items = await db
      .selectFrom('knowledge_items')
      .select('id')
      .where((eb) => eb.or([eb('found_form', 'is', null), eb('found_form', '<>', FOUND_FORM)]))
      .orderBy('id')
      .limit(READ_ANEW_AT_ONCE)
      .execute()
    if (items.length === 0) return done
    await db.transaction().execute(async (trx) => {
      for (const { id } of items) await keepWords(trx, id, await versionToFind(trx, id))
    })
    done += items.length
  }
}

/** The published version; until there is one the newest, so that those who work on it find it. */
export async function versionToFind(db: Db, item: KnowledgeItemId) {
  return await db
    .selectFrom('knowledge_versions')
    .select(['version', 'content'])
    .where('item', '=', item)
    .orderBy(sql`status = 'published'`, 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}
