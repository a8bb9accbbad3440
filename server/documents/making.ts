/** One version of the official document: both files made and whole on the disk, and then the row that names them. */
import { documentFacts } from '#core/documents/document-facts.ts'
import type { DocumentLanguage } from '#core/documents/document-fields.ts'
import type { AppealId, DocumentId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { statusAddress } from '../../portal/addresses.ts'
import { record } from '../database/event-log.ts'
import { Refusal } from '../errors.ts'
import type { KeptFile } from '../files/service.ts'
import { theOrganisation } from '../organisation/service.ts'
import type { DocumentEvent } from './events.ts'
import type { DocumentServiceDeps } from './ports.ts'
import { renderLetter } from './render.ts'
import { findAppealFacts, insertDocument, lockVersions } from './store.ts'
import type { Templates } from './templates.ts'

type Made = {
  appeal: AppealId
  language: DocumentLanguage
  template: number | null
  docx: KeptFile
  pdf: KeptFile
}
type Why = { step: string | null; by: StaffId | null }

type Deps = Pick<
  DocumentServiceDeps,
  'attachmentsOf' | 'changed' | 'db' | 'files' | 'log' | 'portalAddress' | 'render'
> & {
  templates: Templates
  now: () => Instant
}

export function documentMaker(deps: Deps) {
  const {
    attachmentsOf,
    changed,
    db,
    files,
    log,
    now,
    portalAddress,
    render = renderLetter,
    templates,
  } = deps

  /** Both files, whole on the disk; until a row names them they are nobody's. */
  async function make(appeal: AppealId, language: DocumentLanguage): Promise<Made> {
    const [facts, organisation, address, attachments, { template, version }] = await Promise.all([
      findAppealFacts(db, appeal),
      theOrganisation(db),
      portalAddress(),
      attachmentsOf(appeal),
      templates.current(language),
    ])
    if (!facts) throw new Refusal('notFound', `No appeal ${appeal}`)
    const { movedAt, ...known } = facts
    const ofCitizen = attachments.filter(({ part }) => part === 'appeal')
    const filledIn = documentFacts(
      {
        ...known,
        organisation,
        statusAddress: statusAddress(address, known.number),
        attachments: ofCitizen.map(({ bytes, name }) => ({ name: name ?? '', bytes })),
      },
      language,
    )
    const made = await render({ template, facts: filledIn, title: known.number, madeAt: movedAt })
    const [docx, pdf] = [await files.keepBytes(made.docx), await files.keepBytes(made.pdf)]
    return { appeal, language, template: version, docx, pdf }
  }

  async function keep(made: Made, { by, step }: Why): Promise<DocumentId> {
    const { appeal, docx, language, pdf, template } = made
    const id = await db.transaction().execute(async (trx) => {
      const versions = await lockVersions(trx, appeal)
      const same = step
        ? versions.find((one) => one.step === step)
        : versions.find((one) => one.docx === docx.sha256 && one.pdf === pdf.sha256)
      if (same) return same.id
      const version = (versions[0]?.version ?? 0) + 1
      const ofFiles = { docx: docx.sha256, pdf: pdf.sha256, docx_bytes: docx.bytes, pdf_bytes: pdf.bytes }
      const row = { appeal, version, language, template, step, made_by: by, made_at: new Date(now()) }
      const document = await insertDocument(trx, { ...row, ...ofFiles })
      const facts = { appeal, document, version, language, sha256: pdf.sha256, ...(by && { by }) }
      await record<DocumentEvent>(trx, { type: 'documentMade', ...facts })
      return document
    })
    log.info({ appeal, document: id, language, step }, 'official document made')
    changed?.(appeal)
    return id
  }

  return { keep, make }
}
