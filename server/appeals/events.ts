import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { LinkFlag } from '#core/appeals/likeness.ts'
import type { AppealMoveEvent } from '#core/appeals/move-rules.ts'
import type { Duty } from '#core/deadlines/duties.ts'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'

/** Without the text and the citizen: the log is for ever, and they must be able to go. */
export type AppealEvent =
  | {
      type: 'appealRegistered'
      appeal: AppealId
      call?: CallId
      number: string
      kind: AppealKind
      track: AppealTrack
      registeredOn: string
      dueOn: string | null
      /** Nobody where the citizen did it himself. */
      by?: StaffId
    }
  | {
      /** The chancellery's system has it. */
      type: 'appealHandedOver'
      appeal: AppealId
      step: string
      incomingNumber: string | null
      /** In whose words it was taken: a mail server's number of the message. */
      receipt?: string
      by?: StaffId
    }
  | {
      type: 'appealLinkDecided'
      appeal: AppealId
      other: AppealId
      flag: LinkFlag
      accepted: boolean
      by: StaffId
    }
  | { type: 'appealAssigned'; appeal: AppealId; editor: StaffId; by: StaffId }
  | { type: 'appealPutUnderControl' | 'appealLeftControl'; appeal: AppealId; by: StaffId }
  | { type: 'appealFilersChanged'; appeal: AppealId; cosigners: number; isRepresented: boolean; by: StaffId }
  /** Without the numbers. */
  | { type: 'appealTelephoneChanged'; appeal: AppealId; by: StaffId }
  /** Once a day for each person. */
  | { type: 'appealOpened'; appeal: AppealId; by: StaffId }
  /** One of those that an export took out. */
  | { type: 'appealExported'; appeal: AppealId; export: string; by: StaffId }
  /** Why stands beside the export: it may name somebody. */
  | { type: 'appealsExported'; export: string; appeals: number; by: StaffId }
  | { type: 'appealWarned'; appeal: AppealId; duty: Duty; warning: DueWarning; dueOn: string }
  | {
      /** By a calendar that was changed. */
      type: 'appealDaysMoved'
      appeal: AppealId
      dueOn: string | null
      by: StaffId
    }
  | {
      type: Exclude<AppealMoveEvent, 'appealRegistered'>
      appeal: AppealId
      from: AppealStatus
      to: AppealStatus
      /** As the move left it. */
      dueOn: string | null
      /** Of a merge. */
      into?: AppealId
      by?: StaffId
    }
