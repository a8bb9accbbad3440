/** What citizens see of appeals. */
import { type Kysely, sql, type Transaction } from 'kysely'
import { MOVE_RULES } from '#core/appeals/move-rules.ts'
import type { AppealId, CitizenId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

/** A page that a telephone far away loads quickly. */
export const OWN_APPEALS_OF_PAGE = 50
const DAYS_GRANTED = [MOVE_RULES.study.event, MOVE_RULES.extend.event]

/** The one citizen whose number this is and who was reached by it. Of a number that several share nobody knows whose hand it is in. */
export async function findSoleCitizen(db: Db, e164: string): Promise<CitizenId | undefined> {
  const { rows } = await sql<{ citizen: CitizenId; sure: boolean }>`
    select citizens.shown_as as citizen, bool_or(standing in ('calledFrom', 'confirmed')) as sure
    from citizen_numbers join citizens on citizens.id = citizen_numbers.citizen_id
    where e164 = ${e164} and standing <> 'notHis'
    group by citizens.shown_as limit 2`.execute(db)
  const [only, another] = rows
  return only?.sure && !another ? only.citizen : undefined
}

/** Those filed with a proof of this number; and of its only citizen also those an agent wrote down, but no report of corruption. */
export function ownAppeals(e164: string, citizen: CitizenId | undefined) {
  return sql<{ id: AppealId }>`(
    select appeal as id from portal_filings where e164 = ${e164} and appeal is not null
    union
    select appeals.id from appeals join citizens on citizens.id = appeals.citizen
    where citizens.shown_as = ${citizen ?? null} and appeals.track <> 'trust')`
}

/** The newest, or those before the appeal of that number; one more than a page has, if there are more. */
export async function listOwnAppeals(db: Db, e164: string, before: string | undefined) {
  const citizen = await findSoleCitizen(db, e164)
  return await db
    .selectFrom('appeals')
    .innerJoin(ownAppeals(e164, citizen).as('own'), 'own.id', 'appeals.id')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['number', 'kind', 'status', 'outcome', 'registered_on', 'due_on'])
    .$if(before !== undefined, (query) =>
      query.where('appeals.id', '<', sql<AppealId>`(select id from appeals where number = ${before})`),
    )
    .orderBy('appeals.id', 'desc')
    .limit(OWN_APPEALS_OF_PAGE + 1)
    .execute()
}

export async function findOwnAppeal(db: Db, e164: string, number: string): Promise<AppealId | undefined> {
  const citizen = await findSoleCitizen(db, e164)
  const found = await db
    .selectFrom('appeals')
    .innerJoin(ownAppeals(e164, citizen).as('own'), 'own.id', 'appeals.id')
    .select('appeals.id')
    .where('number', '=', number)
    .executeTakeFirst()
  return found?.id
}

export async function findAppealByNumber(db: Db, number: string): Promise<AppealId | undefined> {
  return (await db.selectFrom('appeals').select('id').where('number', '=', number).executeTakeFirst())?.id
}

export async function readAppeal(db: Db, id: AppealId) {
  const appeal = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .leftJoin('appeal_ratings', 'appeal_ratings.appeal', 'appeals.id')
    .select(['number', 'kind', 'status', 'track', 'outcome', 'text', 'registered_on', 'due_on'])
    .select(['appeal_ratings.stars', 'appeal_ratings.words'])
    .where('appeals.id', '=', id)
    .executeTakeFirstOrThrow()
  const steps = await db
    .selectFrom('appeal_steps')
    .select(['action', 'from_status', 'to_status', 'actor', 'at', 'details'])
    .where('appeal', '=', id)
    .orderBy('place')
    .execute()
  const days = await db
    .selectFrom('events')
    .select(['type', sql<string | null>`body ->> 'dueOn'`.as('due_on')])
    .where('appeal', '=', id)
    .where('type', 'in', DAYS_GRANTED)
    .orderBy('id')
    .execute()
  return { appeal, days, steps }
}

export type ReadAppeal = Awaited<ReturnType<typeof readAppeal>>

/** The first rating stays: whoever sends it twice has rated once. */
export async function addRating(
  trx: Transaction<Database>,
  rating: { appeal: AppealId; stars: number; words: string; rated_at: Date },
): Promise<boolean> {
  const added = await trx
    .insertInto('appeal_ratings')
    .values(rating)
    .onConflict((conflict) => conflict.column('appeal').doNothing())
    .returning('appeal')
    .executeTakeFirst()
  return added !== undefined
}
