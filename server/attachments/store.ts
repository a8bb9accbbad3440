import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { AttachmentRow } from '#contract/attachments.ts'
import type { AppealId, AttachmentId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** As it stands while somebody attaches something: nobody moves it meanwhile. */
export async function lockAppeal(trx: Trx, appeal: AppealId) {
  return await trx
    .selectFrom('appeals')
    .select(['status', 'track'])
    .where('id', '=', appeal)
    .forUpdate()
    .executeTakeFirst()
}

export async function findByKey(db: Db, requestKey: string) {
  return await db
    .selectFrom('attachments')
    .select(['id', 'appeal'])
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
}

export async function insertAttachment(
  trx: Trx,
  row: Insertable<Database['attachments']>,
): Promise<AttachmentId> {
  const { id } = await trx.insertInto('attachments').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function listKept(db: Db, appeal: AppealId) {
  return await db
    .selectFrom('attachments')
    .select(['id', 'part', 'name', 'type', 'bytes', 'sha256'])
    .where('appeal', '=', appeal)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()
}

export async function findAttachment(db: Db, id: AttachmentId) {
  return await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function removeAttachment(trx: Trx, id: AttachmentId, by: { id: string; at: Date }) {
  const gone = { sha256: null, name: null, removed_at: by.at, removed_by: by.id as never }
  const { numUpdatedRows } = await trx
    .updateTable('attachments')
    .set(gone)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function listAttachments(db: Db, appeal: AppealId): Promise<AttachmentRow[]> {
  const rows = await db
    .selectFrom('attachments')
    .leftJoin('staff_members as adders', 'adders.id', 'attachments.added_by')
    .leftJoin('staff_members as removers', 'removers.id', 'attachments.removed_by')
    .select(['attachments.id', 'part', 'attachments.name', 'type', 'bytes', 'added_at', 'removed_at'])
    .select(['added_by', 'adders.name as added_by_name', 'removers.name as removed_by_name'])
    .where('appeal', '=', appeal)
    .orderBy('attachments.id')
    .execute()
  const openings = await listOpenings(db, appeal)
  return rows.map(({ added_at, added_by, removed_at, added_by_name, removed_by_name, ...row }) => ({
    ...row,
    addedBy: added_by,
    addedAt: added_at.getTime(),
    addedByName: added_by_name,
    removedAt: removed_at?.getTime() ?? null,
    removedByName: removed_by_name,
    opened: openings.get(row.id) ?? null,
  }))
}

/** Who opened what, from the log that nobody can change. */
async function listOpenings(db: Db, appeal: AppealId) {
  const attachment = sql<string>`events.body ->> 'attachment'`
  const rows = await db
    .selectFrom('events')
    .innerJoin('staff_members', 'staff_members.id', 'events.actor')
    .select(attachment.as('attachment'))
    .select(({ fn }) => [
      fn.countAll<string>().as('count'),
      fn.max('events.at').as('at'),
      sql<string>`(array_agg(staff_members.name order by events.at desc))[1]`.as('name'),
    ])
    .where('events.appeal', '=', appeal)
    .where('events.type', '=', 'attachmentOpened')
    .groupBy(attachment)
    .execute()
  return new Map(
    rows.map((row) => [
      row.attachment,
      { count: Number(row.count), lastAt: row.at.getTime(), lastByName: row.name },
    ]),
  )
}
