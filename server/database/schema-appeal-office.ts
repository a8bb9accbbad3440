/** The tables of by when appeals are owed a reply, and of what an office does with many of them. */
import type { Generated, JSONColumnType } from 'kysely'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'

export interface AppealOfficeTables {
  appeal_days: {
    appeal: AppealId
    due_on: string | null
    due_steps: JSONColumnType<object, string, string>
    /** Follows the status by itself. */
    clock_runs: Generated<boolean>
  }
  appeal_warnings: { appeal: AppealId; warning: DueWarning; due_on: string; at: Generated<Date> }
  appeal_exports: {
    id: Generated<string>
    at: Generated<Date>
    by: StaffId
    reason: string
    chosen: JSONColumnType<object, string, string>
    appeals: number
  }
}
