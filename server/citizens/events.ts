import type { CitizenId, StaffId } from '#core/lib/ids.ts'

/** Without the name and the number: the log is for ever, and they must be able to go. */
export type CitizenEvent = { type: 'citizenAdded'; citizen: CitizenId; by: StaffId }
