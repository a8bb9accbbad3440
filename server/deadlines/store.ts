import { type Kysely, sql, type Transaction } from 'kysely'
import type { CalendarForm } from '#core/deadlines/calendar-form.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

/** Held together by whoever counts a due day, and alone by whoever changes what they are counted by. */
const CALENDAR_LOCK = 7_290_004

export async function holdCalendar(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(CALENDAR_LOCK)})`.execute(trx)
}

export async function lockCalendar(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(CALENDAR_LOCK)})`.execute(trx)
}

export async function findCalendar(db: Kysely<Database>) {
  const row = await db
    .selectFrom('calendar_versions')
    .innerJoin('staff_members', 'staff_members.id', 'saved_by')
    .select(['version', 'form', 'saved_at', 'staff_members.name'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, form: row.form as CalendarForm }
}

type NewVersion = { version: number; form: CalendarForm; moved: number; by: StaffId }

export async function insertCalendar(
  trx: Transaction<Database>,
  { version, form, moved, by }: NewVersion,
): Promise<void> {
  await trx
    .insertInto('calendar_versions')
    .values({ version, form: JSON.stringify(form), moved, saved_by: by })
    .execute()
}
