/** The tables of by when appeals are owed a reply, and of what an office does with many of them. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { DueStep } from '#core/deadlines/due-day.ts'
import type { Duty, OtherDuty } from '#core/deadlines/duties.ts'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'

export interface AppealOfficeTables {
  appeal_days: {
    appeal: AppealId
    due_on: string | null
    due_steps: JSONColumnType<object, string, string>
    notice_on: Generated<string | null>
    forward_on: Generated<string | null>
    /** Of each of the two that is there. */
    other_steps: JSONColumnType<Partial<Record<OtherDuty, DueStep[]>>, string | undefined, string>
    /** The first of the three. */
    next_on: ColumnType<string | null, never, never>
    /** Follows the status by itself. */
    clock_runs: Generated<boolean>
  }
  appeal_warnings: {
    appeal: AppealId
    warning: DueWarning
    due_on: string
    at: Generated<Date>
    duty: Generated<Duty>
  }
  appeal_exports: {
    id: Generated<string>
    at: Generated<Date>
    by: StaffId
    reason: string
    chosen: JSONColumnType<object, string, string>
    appeals: number
  }
}
