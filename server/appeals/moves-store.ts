/** The SQL of moves. */
import { type Insertable, type Kysely, sql, type Transaction, type Updateable } from 'kysely'
import type { AppealMove, MoveDetails } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** The appeals a move is about, locked in one order, so that two moves never wait for each other. */
export async function lockAppeals(trx: Trx, ids: readonly AppealId[]) {
  return await trx
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select([
      'id',
      'kind',
      'status',
      'track',
      'topic',
      'outcome',
      'edited_text',
      'received_at',
      'registered_on',
      'reopened_at',
      'due_on',
      'grants',
    ])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export type LockedAppeal = Awaited<ReturnType<typeof lockAppeals>>[number]

export async function listMoves(db: Db, appeal: AppealId): Promise<AppealMove[]> {
  const rows = await db
    .selectFrom('appeal_steps')
    .leftJoin('staff_members', 'staff_members.id', 'appeal_steps.actor')
    .select(['place', 'action', 'from_status', 'to_status', 'at', 'actor', 'details', 'staff_members.name'])
    .where('appeal', '=', appeal)
    .orderBy('place')
    .execute()
  return rows.map(({ from_status, to_status, at, actor, name, details, ...row }) => ({
    ...row,
    from: from_status,
    to: to_status,
    at: at.getTime(),
    by: actor,
    byName: name,
    details: details as MoveDetails,
  }))
}

export async function findMoveByKey(db: Db, requestKey: string): Promise<AppealId | undefined> {
  const row = await db
    .selectFrom('appeal_steps')
    .select('appeal')
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
  return row?.appeal
}

/** What a step did to which appeal, and how many there are of it by now. */
export async function findStep(db: Db, step: string) {
  return await db
    .selectFrom('appeal_steps')
    .select(({ selectFrom }) => [
      'appeal',
      'action',
      'place',
      selectFrom('appeal_steps as every')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('every.appeal', '=', 'appeal_steps.appeal')
        .as('version'),
    ])
    .where('id', '=', step)
    .executeTakeFirst()
}

export async function insertStep(trx: Trx, step: Insertable<Database['appeal_steps']>): Promise<string> {
  const { id } = await trx.insertInto('appeal_steps').values(step).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function updateAppeal(
  trx: Trx,
  id: AppealId,
  change: Updateable<Database['appeals']>,
): Promise<void> {
  await trx.updateTable('appeals').set(change).where('id', '=', id).execute()
}

export async function updateDays(
  trx: Trx,
  appeal: AppealId,
  days: Updateable<Database['appeal_days']>,
): Promise<void> {
  await trx.updateTable('appeal_days').set(days).where('appeal', '=', appeal).execute()
}

/** Whether another appeal was merged into this one: then it cannot go away itself. */
export async function hasMerged(trx: Trx, id: AppealId): Promise<boolean> {
  const row = await trx
    .selectFrom('appeals')
    .select(sql`1`.as('one'))
    .where('merged_into', '=', id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
