/** The tables of what an office does with many appeals. */
import type { Generated, JSONColumnType } from 'kysely'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'

export interface AppealOfficeTables {
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
