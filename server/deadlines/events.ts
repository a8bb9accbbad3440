import type { StaffId } from '#core/lib/ids.ts'

export type DeadlinesEvent = { type: 'calendarSaved'; version: number; moved: number; by: StaffId }
