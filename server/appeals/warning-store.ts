/** The SQL of warnings. */
import { type Kysely, sql, type SqlBool, type Transaction } from 'kysely'
import type { DueWarningRow } from '#contract/appeal-office.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Until = { today: string; oneDayLeft: string; threeDaysLeft: string }
type Warned = { appeal: AppealId; number: string; track: AppealTrack; due_on: string; warning: DueWarning }

/** Those that were not given yet, the most urgent first; each appeal gets the most urgent one it is worth. */
export async function giveWarnings(
  trx: Transaction<Database>,
  { until, at, limit }: { until: Until; at: Date; limit: number },
): Promise<Warned[]> {
  const { rows } = await sql<Warned>`
    with worth as (
      select id as appeal, number, track, due_on, case when due_on < ${until.today}::date then 'overdue'
        when due_on <= ${until.oneDayLeft}::date then 'oneDayLeft' else 'threeDaysLeft' end as warning
      from appeal_days join appeals on appeals.id = appeal where clock_runs and due_on <= ${until.threeDaysLeft}::date
    ), due as (
      select * from worth where not exists (select from appeal_warnings given
        where given.appeal = worth.appeal and given.due_on = worth.due_on and given.warning = worth.warning)
      order by due_on, appeal limit ${limit}
    ), given as (
      insert into appeal_warnings (appeal, warning, due_on, at)
      select appeal, warning, due_on, ${at}::timestamptz from due
      on conflict do nothing returning appeal
    )
    select due.* from due join given using (appeal) order by due_on, appeal`.execute(trx)
  return rows
}

export type WarnedFor = {
  whose: 'all' | 'edited' | 'dispatched' | 'registered'
  of: StaffId
  withTrust: boolean
  limit: number
}

/** The last warning of each appeal that still waits for a reply by that day; the most urgent first. */
export async function listWarnings(
  db: Kysely<Database>,
  { whose, of, withTrust, limit }: WarnedFor,
): Promise<DueWarningRow[]> {
  const rows = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('appeal_warnings')
          .select(['warning', 'at'])
          .whereRef('appeal_warnings.appeal', '=', 'appeals.id')
          .whereRef('appeal_warnings.due_on', '=', 'appeal_days.due_on')
          .orderBy('at', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
    .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
    .leftJoin('staff_members as editors', 'editors.id', 'appeals.editor')
    .select(['appeals.id', 'number', 'appeals.status', 'due_on', 'last.warning', 'last.at'])
    .select(['citizens.name', 'editors.name as editor_name'])
    .where('clock_runs', '=', true)
    .where(IS_FOR[whose](of))
    .$if(!withTrust, (query) => query.where('track', '<>', 'trust'))
    .orderBy('due_on')
    .orderBy('appeals.id')
    .limit(limit)
    .execute()
  return rows.map(({ id, number, status, due_on, warning, at, name, editor_name }) => ({
    appeal: { id, number },
    warning,
    dueOn: due_on ?? '',
    status,
    citizenName: name,
    editorName: editor_name,
    at: at.getTime(),
  }))
}

const IS_FOR = {
  all: () => sql<SqlBool>`true`,
  edited: (of: StaffId) => sql<SqlBool>`(appeals.editor = ${of} or appeals.editor is null)`,
  dispatched: () => sql<SqlBool>`appeals.status in ('dispatched', 'received')`,
  registered: (of: StaffId) => sql<SqlBool>`appeals.registered_by = ${of}`,
}
