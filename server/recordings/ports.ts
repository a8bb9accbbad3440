/** What the recordings module needs from outside. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallId } from '#core/lib/ids.ts'
import type { RecordingStatus } from '#core/calls/call.ts'
import type { Database } from '../database/schema.ts'

export const RECORDING_ALARMS = [
  /** A leg is shorter or longer than the call: some of what was said may be missing. */
  'recordingShort',
  /** Nothing was recorded of a call. */
  'recordingMissing',
  /** There is no public key to seal with; the legs wait in the clear. */
  'recordingNotSealed',
  'recordingFailed',
  'diskFull',
  /** A leg lies in the spool and no call is known for it. */
  'recordingOrphan',
] as const
export type RecordingAlarmKind = (typeof RECORDING_ALARMS)[number]

export type RaiseAlarm = (
  db: Kysely<Database>,
  alarm: { kind: RecordingAlarmKind; subject: string; detail: string },
) => Promise<unknown>

/** Moments between which the server can be killed: `written` is a sealed file that no row knows of yet. */
export type PipelinePoint = RecordingStatus | 'written' | 'legsDeleted'

export type RecordingDeps = {
  db: Kysely<Database>
  log: Logger
  folders: { spool: string; recordings: string; keys: string }
  raiseAlarm: RaiseAlarm
  /** Told each point when it is reached; a test kills the process there. */
  reached?(point: PipelinePoint, call: CallId): void
  /** Told when work on a recording has ended, well or not: screens that show it look again. */
  finished?(call: CallId): void
}
