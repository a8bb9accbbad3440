import type { AttachmentPart } from '#core/attachments/attaching.ts'
import type { AppealId, AttachmentId, StaffId } from '#core/lib/ids.ts'

/** Without the name of the file, which may name a person. Who opened what stays known when the file has gone. */
export type AttachmentEvent =
  | {
      type: 'attachmentAdded'
      appeal: AppealId
      attachment: AttachmentId
      part: AttachmentPart
      fileType: string
      bytes: number
      /** None where the citizen sent it. */
      by?: StaffId
    }
  | { type: 'attachmentOpened'; appeal: AppealId; attachment: AttachmentId; by: StaffId }
  | { type: 'attachmentRemoved'; appeal: AppealId; attachment: AttachmentId; by: StaffId }
