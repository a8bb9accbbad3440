import type { Kysely, Transaction } from 'kysely'
import type { AlarmRow } from '#contract/alarms.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

export type NewAlarm = { kind: string; subject: string; detail: string }

/** The new alarm, or nothing while one of this kind about this subject is open. */
export async function insertUnlessOpen(trx: Transaction<Database>, alarm: NewAlarm) {
  return await trx
    .insertInto('alarms')
    .values(alarm)
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).where('resolved_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
}

/** The alarm if it was open until now. */
export async function setResolved(trx: Transaction<Database>, id: string, by: StaffId) {
  return await trx
    .updateTable('alarms')
    .set({ resolved_at: new Date(), resolved_by: by })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .returning(['kind', 'subject'])
    .executeTakeFirst()
}

export async function alarmExists(db: Kysely<Database>, id: string): Promise<boolean> {
  return (await db.selectFrom('alarms').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

/** Open ones first, then the newest. */
export async function listAlarms(db: Kysely<Database>, limit: number): Promise<AlarmRow[]> {
  const rows = await db
    .selectFrom('alarms')
    .leftJoin('staff_members', 'staff_members.id', 'alarms.resolved_by')
    .select(['alarms.id', 'kind', 'subject', 'detail', 'raised_at', 'resolved_at', 'staff_members.name'])
    .orderBy((eb) => eb('resolved_at', 'is', null), 'desc')
    .orderBy('raised_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ raised_at, resolved_at, name, ...row }) => ({
    ...row,
    raisedAt: raised_at.getTime(),
    resolvedAt: resolved_at?.getTime() ?? null,
    resolvedByName: name,
  }))
}

export async function countOpen(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('alarms')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
