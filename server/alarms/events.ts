import type { StaffId } from '#core/lib/ids.ts'

/** The detail stays in the alarm's row: it may name what the log must not. */
export type AlarmEvent =
  | { type: 'alarmRaised'; alarm: string; kind: string; subject: string }
  | { type: 'alarmResolved'; alarm: string; kind: string; subject: string; by: StaffId }
