import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'

/** Without the text and the citizen: the log is for ever, and they must be able to go. */
export type AppealEvent = {
  type: 'appealRegistered'
  appeal: AppealId
  call?: CallId
  number: string
  kind: AppealKind
  registeredOn: string
  dueOn: string
  by: StaffId
}
