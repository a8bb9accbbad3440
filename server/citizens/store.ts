import { type ExpressionBuilder, type Kysely, sql, type Transaction } from 'kysely'
import { APPEAL_STATUSES, clockRuns } from '#core/appeals/appeal-status.ts'
import type { CitizenId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const OPEN = APPEAL_STATUSES.filter(clockRuns)

/** Calls and open appeals of each citizen of the query. */
function counts(eb: ExpressionBuilder<Database, 'citizens'>) {
  const { fn } = eb
  const calls = eb.selectFrom('calls').whereRef('calls.citizen', '=', 'citizens.id')
  const appeals = eb
    .selectFrom('appeals')
    .whereRef('appeals.citizen', '=', 'citizens.id')
    .where('status', 'in', OPEN)
  return [
    calls.select(fn.countAll<string>().as('n')).as('calls'),
    appeals.select(fn.countAll<string>().as('n')).as('openAppeals'),
  ] as const
}

const numbersOf = sql<
  string[]
>`array(select e164 from citizen_numbers where citizen_id = citizens.id order by seen_at desc)`

/** Those who use the number, the one seen last first. */
export async function listByNumber(db: Db, e164: string, limit: number) {
  return await db
    .selectFrom('citizens')
    .innerJoin('citizen_numbers', 'citizen_numbers.citizen_id', 'citizens.id')
    .select(['citizens.id', 'name'])
    .select((eb) => counts(eb))
    .where('e164', '=', e164)
    .orderBy('seen_at', 'desc')
    .limit(limit)
    .execute()
}

/** Those whose name holds every one of these words, by the start of the first. */
export async function listByName(db: Db, words: readonly string[], limit: number) {
  return await db
    .selectFrom('citizens')
    .select(['citizens.id', 'name', numbersOf.as('numbers')])
    .select((eb) => counts(eb))
    .where((eb) => eb.and(words.map((word) => eb('search_key', 'like', `%${word}%`))))
    .orderBy((eb) => eb('search_key', 'like', `${words[0] ?? ''}%`), 'desc')
    .orderBy('search_key')
    .limit(limit)
    .execute()
}

export async function listByDigits(db: Db, digits: string, limit: number) {
  return await db
    .selectFrom('citizens')
    .select(['citizens.id', 'name', numbersOf.as('numbers')])
    .select((eb) => counts(eb))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('citizen_numbers')
          .select('e164')
          .whereRef('citizen_id', '=', 'citizens.id')
          .where('e164', 'like', `%${digits}%`),
      ),
    )
    .orderBy('search_key')
    .limit(limit)
    .execute()
}

export async function citizenExists(db: Db, id: CitizenId): Promise<boolean> {
  return (await db.selectFrom('citizens').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

export async function findByKeyAndNumber(
  trx: Trx,
  searchKey: string,
  e164: string,
): Promise<CitizenId | undefined> {
  const found = await trx
    .selectFrom('citizens')
    .innerJoin('citizen_numbers', 'citizen_numbers.citizen_id', 'citizens.id')
    .select('citizens.id')
    .where('e164', '=', e164)
    .where('search_key', '=', searchKey)
    .orderBy('citizens.id')
    .executeTakeFirst()
  return found?.id
}

/** Until the end of the transaction nobody else adds a citizen of this number. */
export async function lockNumber(trx: Trx, e164: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${e164}, 0))`.execute(trx)
}

export async function insertCitizen(trx: Trx, name: string, searchKey: string): Promise<CitizenId> {
  const row = await trx
    .insertInto('citizens')
    .values({ name, search_key: searchKey })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function putNumber(
  trx: Trx,
  citizen: CitizenId,
  e164: string,
  confidence: 'high' | 'low',
): Promise<void> {
  await trx
    .insertInto('citizen_numbers')
    .values({ citizen_id: citizen, e164, confidence })
    .onConflict((conflict) => conflict.columns(['citizen_id', 'e164']).doUpdateSet({ seen_at: new Date() }))
    .execute()
}
