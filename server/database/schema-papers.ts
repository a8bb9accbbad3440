/** The tables of files and of what is made and sent with an appeal. */
import type { Generated } from 'kysely'
import type { AttachmentPart } from '#core/attachments/attaching.ts'
import type { AppealId, AttachmentId, StaffId } from '#core/lib/ids.ts'

export interface PaperTables {
  stored_files: { sha256: string; bytes: number; seen_at: Generated<Date> }
  attachments: {
    id: Generated<AttachmentId>
    appeal: AppealId
    part: AttachmentPart
    sha256: string | null
    name: string | null
    type: string
    bytes: number
    added_at: Date
    added_by: StaffId | null
    removed_at: Date | null
    removed_by: StaffId | null
    request_key: string
  }
}
