/** By which words appeals are found: kept with each change of what they are made of. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Filers } from '#contract/appeals.ts'
import { appealWords } from '#core/appeals/appeal-search.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import { filersOf } from './filers-columns.ts'

type Trx = Transaction<Database>
type Words = { readonly appeal: AppealId; readonly words: readonly string[] }

/** Of appeals from before words were kept. */
const KEPT_AT_ONCE = 1_000

export async function putWords(trx: Trx, all: readonly Words[]): Promise<void> {
  await sql`insert into appeal_words (appeal, words)
    select appeal, array_to_tsvector(string_to_array(words, ' '))
    from unnest(${all.map(({ appeal }) => appeal)}::uuid[], ${all.map(({ words }) => words.join(' '))}::text[])
      as one (appeal, words)
    on conflict (appeal) do update set words = excluded.words`.execute(trx)
}

/** Reads the appeals again and keeps their words. */
export async function keepWords(trx: Trx, ids: readonly AppealId[]): Promise<void> {
  const rows = await trx
    .selectFrom('appeals')
    .innerJoin('citizens', 'citizens.id', 'appeals.citizen')
    .select(['appeals.id', 'text', 'edited_text', 'incoming_number', 'search_key', 'cosigners'])
    .select('appeals.representative')
    .where('appeals.id', 'in', ids)
    .execute()
  await putWords(
    trx,
    rows.map(({ id, text, edited_text, incoming_number, search_key, ...filers }) => ({
      appeal: id,
      words: appealWords({
        text,
        editedText: edited_text,
        incomingNumber: incoming_number,
        nameKey: search_key,
        others: namesOf(filersOf(filers)),
      }),
    })),
  )
}

/** Those who filed it beside the citizen. */
export function namesOf({ cosigners, representative }: Filers): string[] {
  return [...cosigners.map(({ name }) => name), ...(representative ? [representative.name] : [])]
}

/** After an upgrade; until it is done some are not found by their words. Answers how many there were. */
export async function keepMissingWords(db: Kysely<Database>): Promise<number> {
  let kept = 0
  let last: AppealId | undefined
  for (;;) {
    const after = last
    const rows = await db
      .selectFrom('appeals')
      .leftJoin('appeal_words', 'appeal_words.appeal', 'appeals.id')
      .select('appeals.id')
      .where('appeal_words.appeal', 'is', null)
      .$if(after !== undefined, (query) => query.where('appeals.id', '>', after as AppealId))
      .orderBy('appeals.id')
      .limit(KEPT_AT_ONCE)
      .execute()
    if (rows.length === 0) return kept
    const ids = rows.map(({ id }) => id)
    await db.transaction().execute((trx) => keepWords(trx, ids))
    kept += ids.length
    last = ids.at(-1)
  }
}
