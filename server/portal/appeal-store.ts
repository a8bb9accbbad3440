/** What citizens see of appeals. */
import { type Kysely, sql, type Transaction } from 'kysely'
import { MOVE_RULES } from '#core/appeals/move-rules.ts'
import type { AppealId, CitizenId } from '#core/lib/ids.ts'
import { opens, type ProvenIdentity } from '#core/portal/proven-identity.ts'
import { FOLLOWED_APPEAL } from '../database/followed-appeals.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

/** A page that a telephone far away loads quickly. */
export const OWN_APPEALS_OF_PAGE = 50
/** Several where nobody has merged them yet. */
const CARDS_OF_PERSON_MAX = 8
const DAYS_GRANTED = [MOVE_RULES.study.event, MOVE_RULES.extend.event]

/** The one citizen whose number this is and who was reached by it. Of a number that several share nobody knows whose hand it is in. */
async function findSoleCitizen(db: Db, e164: string): Promise<CitizenId | undefined> {
  const { rows } = await sql<{ citizen: CitizenId; sure: boolean }>`
    select citizens.shown_as as citizen, bool_or(standing in ('calledFrom', 'confirmed')) as sure
    from citizen_numbers join citizens on citizens.id = citizen_numbers.citizen_id
    where e164 = ${e164} and standing <> 'notHis'
    group by citizens.shown_as limit 2`.execute(db)
  const [only, another] = rows
  return only?.sure && !another ? only.citizen : undefined
}

/** The cards of whoever is signed in: of a telephone that of its only citizen, of a person those with his PINFL. */
export async function cardsOf(db: Db, identity: ProvenIdentity): Promise<CitizenId[]> {
  if (identity.by === 'phone') return [(await findSoleCitizen(db, identity.e164)) ?? []].flat()
  const rows = await db
    .selectFrom('citizens')
    .select('id')
    .where('pinfl', '=', identity.pinfl)
    .where('status', '=', 'current')
    .orderBy('id')
    .limit(CARDS_OF_PERSON_MAX)
    .execute()
  return rows.map(({ id }) => id)
}

/** Those that the telephone follows; of a person those filed with this proof, and what agents wrote down on his cards. */
export function ownAppeals(identity: ProvenIdentity, cards: readonly CitizenId[]) {
  if (identity.by === 'phone')
    return sql<{ id: AppealId }>`(select id from appeals
      where telephone = ${identity.e164} and ${FOLLOWED_APPEAL})`
  const written = opens(identity, 'writtenDownOnItsCards') ? cards : []
  return sql<{ id: AppealId }>`(
    select appeal as id from portal_filings where pinfl = ${identity.pinfl} and appeal is not null
    union
    select appeals.id from appeals join citizens on citizens.id = appeals.citizen
    where citizens.shown_as = any(${written}::uuid[]) and appeals.track <> 'trust')`
}

/** The newest, or those before the appeal of that number; one more than a page has, if there are more. */
export async function listOwnAppeals(db: Db, identity: ProvenIdentity, before: string | undefined) {
  const cards = await cardsOf(db, identity)
  return await db
    .selectFrom('appeals')
    .innerJoin(ownAppeals(identity, cards).as('own'), 'own.id', 'appeals.id')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['number', 'kind', 'status', 'outcome', 'registered_on', 'due_on'])
    .$if(before !== undefined, (query) =>
      query.where('appeals.id', '<', sql<AppealId>`(select id from appeals where number = ${before})`),
    )
    .orderBy('appeals.id', 'desc')
    .limit(OWN_APPEALS_OF_PAGE + 1)
    .execute()
}

export async function findOwnAppeal(
  db: Db,
  identity: ProvenIdentity,
  number: string,
): Promise<AppealId | undefined> {
  const cards = await cardsOf(db, identity)
  const found = await db
    .selectFrom('appeals')
    .innerJoin(ownAppeals(identity, cards).as('own'), 'own.id', 'appeals.id')
    .select('appeals.id')
    .where('number', '=', number)
    .executeTakeFirst()
  return found?.id
}

export async function findAppealByNumber(db: Db, number: string) {
  return await db
    .selectFrom('appeals')
    .select(['id', 'follow_series'])
    .where('number', '=', number)
    .executeTakeFirst()
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
    .leftJoin('signatures', 'signatures.step', 'appeal_steps.id')
    .select(['action', 'from_status', 'to_status', 'actor', 'at', 'details', 'signatures.signer_name'])
    .where('appeal_steps.appeal', '=', id)
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
