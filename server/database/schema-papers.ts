/** The tables of files and of what is made and sent with an appeal. */
import type { Generated } from 'kysely'
import type { AttachmentPart } from '#core/attachments/attaching.ts'
import type { DocumentLanguage } from '#core/documents/document-fields.ts'
import type { AppealId, AttachmentId, DocumentId, StaffId } from '#core/lib/ids.ts'

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
  document_templates: {
    language: DocumentLanguage
    version: number
    sha256: string | null
    saved_at: Date
    saved_by: StaffId
  }
  appeal_documents: {
    id: Generated<DocumentId>
    appeal: AppealId
    version: number
    language: DocumentLanguage
    template: number | null
    step: string | null
    docx: string
    pdf: string
    docx_bytes: number
    pdf_bytes: number
    made_at: Date
    made_by: StaffId | null
  }
}
