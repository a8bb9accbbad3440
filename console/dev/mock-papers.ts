/** The papers that the make-believe server begins its day with. */
import type { AttachmentRow } from '#contract/attachments.ts'
import type { DispatchSettings } from '#contract/dispatch.ts'
import type { DocumentRow, ShownDocumentSettings, TemplateRow } from '#contract/documents.ts'
import { FIRST_DISPATCH } from '#core/appeals/dispatch-form.ts'
import { DOCUMENT_LANGUAGES } from '#core/documents/document-fields.ts'
import { madeId } from './mock-data.ts'

export type MockAttachment = AttachmentRow & { appeal: string }

export function mockPapers(now: number) {
  const attachments: MockAttachment[] = [
    {
      id: madeId(9, 1),
      appeal: madeId(3, 0),
      part: 'appeal',
      name: 'Ruxsatnoma (nusxa).pdf',
      type: 'pdf',
      bytes: 184_320,
      addedAt: now - 3_600_000,
      addedBy: null,
      addedByName: null,
      removedAt: null,
      removedByName: null,
      opened: { count: 2, lastAt: now - 600_000, lastByName: 'Aziz Nazarov' },
    },
  ]
  const documents: (DocumentRow & { appeal: string })[] = []
  const templates: TemplateRow[] = DOCUMENT_LANGUAGES.map((language) => ({
    language,
    version: 0,
    isStandard: true,
    versions: [],
  }))
  const documentSettings: ShownDocumentSettings = { changedAt: null, settings: { language: 'uz' } }
  const dispatch: DispatchSettings = {
    version: 0,
    form: FIRST_DISPATCH,
    hasPassword: false,
    hasSecret: false,
    publicKey: '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n',
  }
  return { attachments, documents, templates, documentSettings, dispatch }
}
