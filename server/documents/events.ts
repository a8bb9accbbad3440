import type { DocumentLanguage } from '#core/documents/document-fields.ts'
import type { AppealId, DocumentId, StaffId } from '#core/lib/ids.ts'

export type DocumentEvent =
  | {
      type: 'documentMade'
      appeal: AppealId
      document: DocumentId
      version: number
      language: DocumentLanguage
      /** Of the PDF: a paper that comes back is known by it. */
      sha256: string
      /** None where it was made for sending. */
      by?: StaffId
    }
  | {
      type: 'documentOpened'
      appeal: AppealId
      document: DocumentId
      format: 'docx' | 'pdf'
      by: StaffId
    }
  | { type: 'templateSaved'; language: DocumentLanguage; version: number; by: StaffId }
  | { type: 'documentSettingsSaved'; by: StaffId }
