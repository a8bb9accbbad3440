/** The SQL of warnings. */
import { type Kysely, sql, type SqlBool, type Transaction } from 'kysely'
import type { DueWarningRow } from '#contract/appeal-office.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { Duty } from '#core/deadlines/duties.ts'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

/** `soonBy`: the last day of each duty that is warned of. */
type Until = { today: string; oneDayLeft: string; soonBy: Readonly<Record<Duty, string>> }
type Warned = {
  appeal: AppealId
  number: string
  track: AppealTrack
  duty: Duty
  due_on: string
  warning: DueWarning
}

/** What has to be done for an appeal, and by when: a row for each. */
const DUTY_DAYS = sql`lateral (values ('reply', appeal_days.due_on), ('notice', notice_on), ('forwarding', forward_on))
  as duties (duty, due_on)`

/** Those that were not given yet, the most urgent first; each duty of an appeal gets the most urgent one it is worth. */
export async function giveWarnings(
  trx: Transaction<Database>,
  { until, at, limit }: { until: Until; at: Date; limit: number },
): Promise<Warned[]> {
  const last = Object.values(until.soonBy).reduce((a, b) => (a > b ? a : b))
  const { rows } = await sql<Warned>`
    with worth as (
      select id as appeal, number, track, duties.duty, duties.due_on,
        case when duties.due_on < ${until.today}::date then 'overdue'
          when duties.due_on <= ${until.oneDayLeft}::date then 'oneDayLeft' else 'threeDaysLeft' end as warning
      from appeal_days join appeals on appeals.id = appeal, ${DUTY_DAYS}
      where clock_runs and next_on <= ${last}::date and duties.due_on <= case duties.duty
        when 'reply' then ${until.soonBy.reply}::date when 'notice' then ${until.soonBy.notice}::date
        else ${until.soonBy.forwarding}::date end
    ), due as (
      select * from worth where not exists (select from appeal_warnings given where given.appeal = worth.appeal
        and given.due_on = worth.due_on and given.warning = worth.warning and given.duty = worth.duty)
      order by due_on, appeal, duty limit ${limit}
    ), given as (
      insert into appeal_warnings (appeal, duty, warning, due_on, at)
      select appeal, duty, warning, due_on, ${at}::timestamptz from due
      on conflict do nothing returning appeal, duty
    )
    select due.* from due join given using (appeal, duty) order by due_on, appeal, duty`.execute(trx)
  return rows
}

export type WarnedFor = {
  whose: 'all' | 'edited' | 'dispatched' | 'registered'
  of: StaffId
  withTrust: boolean
  limit: number
}

/** The last warning of everything that still has to be done by that day; the most urgent first. */
export async function listWarnings(
  db: Kysely<Database>,
  { whose, of, withTrust, limit }: WarnedFor,
): Promise<DueWarningRow[]> {
  const rows = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .innerJoinLateral(LAST_WARNINGS, (join) => join.onTrue())
    .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
    .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
    .leftJoin('staff_members as editors', 'editors.id', 'appeals.editor')
    .select(['appeals.id', 'number', 'appeals.status', 'last.duty', 'last.due_on', 'last.warning', 'last.at'])
    .select(['citizens.name', 'editors.name as editor_name'])
    .where('clock_runs', '=', true)
    .where(IS_FOR[whose](of))
    .$if(!withTrust, (query) => query.where('track', '<>', 'trust'))
    .orderBy('last.due_on')
    .orderBy('appeals.id')
    .orderBy('last.duty')
    .limit(limit)
    .execute()
  return rows.map(({ id, number, status, duty, due_on, warning, at, name, editor_name }) => ({
    appeal: { id, number },
    duty,
    warning,
    dueOn: due_on,
    status,
    citizenName: name,
    editorName: editor_name,
    at: at.getTime(),
  }))
}

type LastWarning = { duty: Duty; due_on: string; warning: DueWarning; at: Date }

const LAST_WARNINGS = sql<LastWarning>`(select distinct on (duty) duty, due_on, warning, at
  from appeal_warnings join ${DUTY_DAYS} using (duty, due_on) where appeal_warnings.appeal = appeals.id
  order by duty, at desc)`.as<'last'>(sql.ref('last'))

const IS_FOR = {
  all: () => sql<SqlBool>`true`,
  edited: (of: StaffId) => sql<SqlBool>`(appeals.editor = ${of} or appeals.editor is null)`,
  dispatched: () => sql<SqlBool>`appeals.status in ('dispatched', 'received')`,
  registered: (of: StaffId) => sql<SqlBool>`appeals.registered_by = ${of}`,
}
