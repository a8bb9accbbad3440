import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  CheckedTemplate,
  DocumentLanguage,
  DocumentRow,
  MakeDocument,
  SaveDocumentSettings,
  ShownDocumentSettings,
  TemplateRow,
} from '#contract/documents.ts'
import { ATTACHMENT_MAX_BYTES } from '#core/attachments/attachment-problems.ts'
import type { AppealId, DocumentId } from '#core/lib/ids.ts'
import { Refusal } from '../errors.ts'
import { allow } from '../http-permissions.ts'
import { readUpload, takeUploads } from '../http-upload.ts'
import { DOCUMENT_FORMATS, type DocumentFormat, type DocumentService } from './service.ts'

/** A letter head with a coat of arms; more is no letter. */
const TEMPLATE_MAX_BYTES = 2 * 1024 * 1024
const AppealParams = z.object({ id: z.uuid().transform((id) => id as AppealId) })
const FileParams = z.object({
  id: z.uuid().transform((id) => id as DocumentId),
  format: z.enum(DOCUMENT_FORMATS),
})
const TemplateParams = z.object({ language: DocumentLanguage })
const BasedOn = z.object({ basedOn: z.coerce.number().int().min(0) })
const MIME: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** Looks a file through and keeps it, as it does with what citizens send. */
export type ReceiveFile = (sent: {
  name: string
  content: AsyncIterable<Uint8Array>
}) => Promise<{ sha256: string; type: string; bytes: number }>

export const documentRoutes =
  (documents: DocumentService, receive: ReceiveFile): FastifyPluginAsyncZod =>
  async (app) => {
    await takeUploads(app)
    await app.register(templateRoutes(documents, receive))

    const listSchema = {
      summary: 'The official documents that were made of an appeal',
      params: AppealParams,
      response: { 200: z.array(DocumentRow) },
    }
    app.get(
      '/appeals/:id/documents',
      { config: allow('seeAppeals'), schema: listSchema },
      ({ params, staff }) => documents.list(params.id, staff),
    )

    const makeSchema = {
      summary: 'Make the official document; the same words make it once',
      params: AppealParams,
      body: MakeDocument,
      response: { 201: z.array(DocumentRow) },
    }
    app.post(
      '/appeals/:id/documents',
      {
        config: allow('editAppeals', 'approveAppeals', 'answerAppeals', 'handleTrustAppeals'),
        schema: makeSchema,
      },
      async ({ body, params, staff }, response) =>
        response.code(201).send(await documents.make(params.id, body.language, staff)),
    )

    app.get(
      '/documents/:id/:format',
      {
        config: allow('seeAppeals'),
        // Asking for the headers alone would be written down as an opening.
        exposeHeadRoute: false,
        schema: { summary: 'The document as a file; it is written down who opened it', params: FileParams },
      },
      async ({ params, staff }, response) => {
        const { content, language, version } = await documents.open(params.id, params.format, staff)
        return asFile(response, content, { name: `v${version}-${language}`, format: params.format })
      },
    )
  }

const templateRoutes =
  (documents: DocumentService, receive: ReceiveFile): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeDispatch')
    const { templates } = documents

    const listSchema = { summary: 'The templates of the document', response: { 200: z.array(TemplateRow) } }
    app.get('/document-templates', { config, schema: listSchema }, () => templates.list())

    app.get(
      '/document-templates/:language/file',
      { config, schema: { summary: 'The template of today, to be changed in Word', params: TemplateParams } },
      async ({ params }, response) => {
        const { template } = await templates.current(params.language)
        return asFile(response, Buffer.from(template), {
          name: `template-${params.language}`,
          format: 'docx',
        })
      },
    )

    const checked = { params: TemplateParams, response: { 200: CheckedTemplate } }
    app.get(
      '/document-templates/:language/preview',
      { config, schema: { summary: 'How a letter from the template of today looks', ...checked } },
      ({ params }) => templates.preview(params.language),
    )

    app.put(
      '/document-templates/:language',
      {
        config,
        schema: {
          summary: 'Replace a template by a DOCX; with problems nothing is saved, and they are told',
          querystring: BasedOn,
          ...checked,
        },
      },
      async (request) => {
        const { params, query, staff } = request
        const kept = await receive(await readUpload(request, ATTACHMENT_MAX_BYTES))
        if (kept.bytes > TEMPLATE_MAX_BYTES) throw new Refusal('fileTooLarge', 'A template is smaller')
        if (kept.type !== 'docx') throw new Refusal('fileTypeNotTaken', `A template is no ${kept.type}`)
        return await templates.replace(params.language, kept, { basedOn: query.basedOn, by: staff.id })
      },
    )

    app.delete(
      '/document-templates/:language',
      {
        config,
        schema: {
          summary: 'Back to the template that every copy has',
          params: TemplateParams,
          querystring: BasedOn,
        },
      },
      async ({ params, query, staff }, response) => {
        await templates.reset(params.language, { basedOn: query.basedOn, by: staff.id })
        return response.code(204).send()
      },
    )

    const settings = { response: { 200: ShownDocumentSettings } }
    app.get(
      '/document-settings',
      { config, schema: { summary: 'In which language, and where an appeal is followed', ...settings } },
      () => documents.settings(),
    )
    app.put(
      '/document-settings',
      { config, schema: { summary: 'Change them', body: SaveDocumentSettings, ...settings } },
      ({ body, staff }) => documents.saveSettings(body, staff.id),
    )
  }

function asFile(
  response: FastifyReply,
  content: Buffer,
  { format, name }: { format: DocumentFormat; name: string },
) {
  return response
    .type(MIME[format])
    .header('Content-Disposition', `attachment; filename="${name}.${format}"`)
    .header('Content-Security-Policy', "sandbox; default-src 'none'")
    .header('Cache-Control', 'no-store')
    .send(content)
}
