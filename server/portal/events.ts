import type { AppealId, AttachmentId, CallId, StaffId } from '#core/lib/ids.ts'

/** Without numbers and words: the log is for ever, and they must be able to go. */
export type PortalEvent =
  | { type: 'appealRated'; appeal: AppealId; stars: number }
  /** `proof`: number and code, or the cabinet of a telephone or of a person. */
  | {
      type: 'replyFileOpenedByCitizen'
      appeal: AppealId
      attachment: AttachmentId
      proof: 'code' | 'telephone' | 'person'
    }
  | { type: 'recordingAskedFor'; call: CallId }
  | { type: 'recordingDecided'; call: CallId; granted: boolean; by: StaffId }
  | { type: 'recordingHeardByCitizen'; call: CallId }
  | { type: 'portalSettingsChanged'; by: StaffId }
