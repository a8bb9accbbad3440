/** The templates of the official document: checked before they are saved, kept in versions, given back to the standard. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CheckedTemplate, TemplateRow } from '#contract/documents.ts'
import { documentFacts } from '#core/documents/document-facts.ts'
import {
  checkTemplate,
  DOCUMENT_LANGUAGES,
  type DocumentLanguage,
  type TemplateProblem,
} from '#core/documents/document-fields.ts'
import type { NotShown } from '#core/documents/not-shown.ts'
import { sampleAppeal } from '#core/documents/sample-appeal.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { statusAddress } from '../../portal/addresses.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { FileService } from '../files/service.ts'
import { theOrganisation } from '../organisation/service.ts'
import type { DocumentEvent } from './events.ts'
import { readTags } from './fill-template.ts'
import { renderLetter } from './render.ts'
import { standardTemplate } from './standard-template.ts'
import { findTemplate, insertTemplate, listTemplates } from './store.ts'

/** As if an administrator had said it. */
const SAMPLE_ADDRESS = 'https://murojaat.example'
const MADE_AT = new Date('2026-03-02T05:00:00Z')

type Deps = {
  db: Kysely<Database>
  log: Logger
  files: FileService
  portalAddress: () => Promise<string>
  now: () => Instant
}
type Saving = { basedOn: number; by: StaffId }

export type Templates = ReturnType<typeof templates>

export function templates({ db, files, log, now, portalAddress }: Deps) {
  const check = checker({ db, log, portalAddress })

  /** The template of today, with its version where somebody saved one. */
  async function current(
    language: DocumentLanguage,
  ): Promise<{ template: Uint8Array; version: number | null }> {
    const saved = await findTemplate(db, language)
    if (!saved?.sha256) return { template: standardTemplate(language), version: null }
    return { template: await files.read({ sha256: saved.sha256 }), version: saved.version }
  }

  async function save(
    language: DocumentLanguage,
    sha256: string | null,
    { basedOn, by }: Saving,
  ): Promise<void> {
    const version = basedOn + 1
    await db.transaction().execute(async (trx) => {
      const row = { language, version, sha256, saved_at: new Date(now()), saved_by: by }
      if (!(await insertTemplate(trx, row)))
        throw new Refusal('changedMeanwhile', `The template ${language} was saved meanwhile`)
      await record<DocumentEvent>(trx, { type: 'templateSaved', language, version, by })
    })
    log.info({ language, version, by }, 'document template saved')
  }

  return {
    current,
    check,
    preview: async (language: DocumentLanguage) => await check(language, (await current(language)).template),

    async list(): Promise<TemplateRow[]> {
      const rows = await listTemplates(db)
      return DOCUMENT_LANGUAGES.map((language) => {
        const versions = rows
          .filter((row) => row.language === language)
          .map(({ name, saved_at, sha256, version }) => ({
            version,
            isStandard: sha256 === null,
            savedAt: saved_at.getTime(),
            savedByName: name,
          }))
        const [last] = versions
        return { language, version: last?.version ?? 0, isStandard: last?.isStandard ?? true, versions }
      })
    },

    /** What is wrong is told and nothing saved, so that no letter goes out with an empty place. */
    async replace(
      language: DocumentLanguage,
      { sha256 }: { sha256: string },
      saving: Saving,
    ): Promise<CheckedTemplate> {
      const checked = await check(language, await files.read({ sha256 }))
      if (checked.problems.length === 0) await save(language, sha256, saving)
      return checked
    },

    reset: (language: DocumentLanguage, saving: Saving) => save(language, null, saving),
  }
}

/** What is wrong with a template, and how a letter from it looks: seen on a made-up appeal. */
const checker =
  ({ db, log, portalAddress }: Pick<Deps, 'db' | 'log' | 'portalAddress'>) =>
  async (language: DocumentLanguage, template: Uint8Array): Promise<CheckedTemplate> => {
    const problems = await problemsOf(template)
    if (problems.some(({ code }) => code === 'notReadable')) return { problems, notShown: [], preview: null }
    const address = (await portalAddress()) || SAMPLE_ADDRESS
    const appeal = sampleAppeal({
      organisation: await theOrganisation(db),
      statusAddress: statusAddress(address, 'A-2026-000123'),
    })
    const facts = documentFacts(appeal, language)
    try {
      const made = await renderLetter({ template, facts, title: appeal.number, madeAt: MADE_AT })
      const preview = Buffer.from(made.pdf).toString('base64')
      return { problems, notShown: made.notShown as NotShown[], preview }
    } catch (error) {
      // Too many letters are waiting: that says nothing of the template.
      if (error instanceof Refusal) throw error
      log.info({ error: String(error) }, 'a template could not be filled in')
      return { problems: [...problems, { code: 'notReadable', name: '' }], notShown: [], preview: null }
    }
  }

async function problemsOf(template: Uint8Array): Promise<TemplateProblem[]> {
  try {
    return checkTemplate(await readTags(template))
  } catch (error) {
    // A bracket that is not closed is told by its text; whatever else cannot be read is no DOCX.
    const name =
      error instanceof Error && /tag|delimiter/i.test(error.message) ? error.message.slice(0, 120) : ''
    return [{ code: 'notReadable', name }]
  }
}
