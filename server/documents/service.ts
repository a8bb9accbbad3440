/**
 * The official document of an appeal: made from the template of its language, as DOCX and PDF, and kept by version.
 *
 * What must hold: what is sent is made once, whoever dies in between, and is the same bytes if it is made again; nothing
 * that was made is ever changed; and nobody sees a document of an appeal he may not see.
 */
import type { DocumentRow, SaveDocumentSettings, ShownDocumentSettings } from '#contract/documents.ts'
import type { DocumentLanguage } from '#core/documents/document-fields.ts'
import type { AppealId, DocumentId, StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import { Refusal } from '../errors.ts'
import type { DocumentEvent } from './events.ts'
import { documentMaker } from './making.ts'
import type { DocumentServiceDeps, Reader } from './ports.ts'
import { DOCUMENT_SETTINGS } from './settings.ts'
import { findAppealOfStep, findDocument, findOfStep, listDocuments } from './store.ts'
import { templates } from './templates.ts'

export const DOCUMENT_FORMATS = ['pdf', 'docx'] as const
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

export type DocumentService = ReturnType<typeof documentService>

export function documentService(deps: DocumentServiceDeps) {
  const { db, files, log, mustSee, now = Date.now, portalAddress } = deps
  const ofTemplates = templates({ db, log, files, portalAddress, now })

  const { keep, make } = documentMaker({ ...deps, templates: ofTemplates, now })

  return {
    templates: ofTemplates,
    async settings(): Promise<ShownDocumentSettings> {
      const { changedAt, value } = await DOCUMENT_SETTINGS.readKept(db)
      return { changedAt, settings: value }
    },

    async saveSettings(
      { basedOn, settings }: SaveDocumentSettings,
      by: StaffId,
    ): Promise<ShownDocumentSettings> {
      const changedAt = await db.transaction().execute(async (trx) => {
        await record<DocumentEvent>(trx, { type: 'documentSettingsSaved', by })
        return await DOCUMENT_SETTINGS.change(trx, { basedOn, value: settings, by })
      })
      log.info({ by }, 'document settings saved')
      return { changedAt, settings }
    },

    async list(appeal: AppealId, by: Reader): Promise<DocumentRow[]> {
      await mustSee(appeal, by)
      return await listDocuments(db, appeal)
    },

    /** By hand: the same words make the same document, which is there once. */
    async make(appeal: AppealId, language: DocumentLanguage, by: Reader): Promise<DocumentRow[]> {
      await mustSee(appeal, by)
      await keep(await make(appeal, language), { step: null, by: by.id })
      return await listDocuments(db, appeal)
    },

    /** What goes to the chancellery with this move: made the first time it is asked for, and the same from then on. */
    async ofStep(step: string) {
      const found = await findOfStep(db, step)
      if (found) return found
      const sent = await findAppealOfStep(db, step)
      if (!sent) throw new Error(`There is no move ${step}`)
      const { language } = await DOCUMENT_SETTINGS.read(db)
      await keep(await make(sent.appeal, language), { step, by: null })
      const made = await findOfStep(db, step)
      if (!made) throw new Error(`The document of ${step} was not kept`)
      return made
    },

    /** It is written down who opened it. */
    async open(id: DocumentId, format: DocumentFormat, by: Reader) {
      const row = await findDocument(db, id)
      if (!row) throw new Refusal('notFound', `No document ${id}`)
      await mustSee(row.appeal, by)
      const content = await files.read({ sha256: row[format] })
      await db.transaction().execute((trx) =>
        record<DocumentEvent>(trx, {
          type: 'documentOpened',
          appeal: row.appeal,
          document: id,
          format,
          by: by.id,
        }),
      )
      return { content, version: row.version, language: row.language }
    },
  }
}
