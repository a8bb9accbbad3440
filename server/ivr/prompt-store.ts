import type { Kysely, Transaction } from 'kysely'
import type { PromptRow } from '#contract/flows.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Database } from '../database/schema.ts'
import type { PreparedPrompt } from './prompts.ts'

type Reader = Kysely<Database>
type Writer = Transaction<Database>

const LISTED_MAX_PROMPTS = 2_000

/** All of them, or those with these keys. */
export async function listPrompts(db: Reader, wanted?: readonly string[]): Promise<PromptRow[]> {
  const rows = await db
    .selectFrom('prompts')
    .leftJoin('staff_members', 'staff_members.id', 'prompts.made_by')
    .select([
      'key',
      'prompts.language',
      'text',
      'source',
      'seconds',
      'made_at as madeAt',
      'staff_members.name as madeByName',
    ])
    .$if(wanted !== undefined, (query) => query.where('key', 'in', wanted ?? []))
    .orderBy('text')
    .orderBy('prompts.language')
    .limit(LISTED_MAX_PROMPTS)
    .execute()
  return rows.map(({ language, madeAt, ...row }) => ({
    ...row,
    language: language as CallLanguage,
    madeAt: madeAt.getTime(),
  }))
}

export async function findPrompt(db: Reader, key: string) {
  const row = await db
    .selectFrom('prompts')
    .select(['key', 'language', 'text'])
    .where('key', '=', key)
    .executeTakeFirst()
  return row && { ...row, language: row.language as CallLanguage }
}

/** Notes what the files are at a start. Who uploaded what, and when, stays as it is. */
export async function notePrompts(db: Reader, prompts: readonly PreparedPrompt[]): Promise<void> {
  if (prompts.length === 0) return
  await db
    .insertInto('prompts')
    .values(prompts)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ seconds: row.ref('excluded.seconds'), source: row.ref('excluded.source') })),
    )
    .execute()
}

export async function setPrompt(trx: Writer, prompt: PreparedPrompt, by: StaffId): Promise<void> {
  const { key, seconds, source } = prompt
  await trx
    .updateTable('prompts')
    .set({ seconds, source, made_at: new Date(), made_by: by })
    .where('key', '=', key)
    .execute()
}
