/** What the database knows of a number that calls, asked in one go; measured by bench/caller-lookup.ts. */
import type { Kysely } from 'kysely'
import type { CallerCard } from '#contract/calls.ts'
import type { Database } from '../database/schema.ts'
import { earlierCalls } from './store.ts'

type Deps = {
  db: Kysely<Database>
  callersOf(e164: string): Promise<Pick<CallerCard, 'candidates' | 'openAppeals'>>
}

export type KnownCaller = Pick<CallerCard, 'candidates' | 'openAppeals' | 'earlier'>

export async function lookUpCaller(
  { db, callersOf }: Deps,
  e164: string,
  before: Date,
): Promise<KnownCaller> {
  const [known, earlier] = await Promise.all([callersOf(e164), earlierCalls(db, e164, before)])
  return { ...known, earlier }
}
