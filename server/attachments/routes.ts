import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AddAttachment, AttachmentRow, OpenedAttachment } from '#contract/attachments.ts'
import { ATTACHMENT_MAX_BYTES } from '#core/attachments/attachment-problems.ts'
import type { AppealId, AttachmentId } from '#core/lib/ids.ts'
import { sendDownload } from '../http-download.ts'
import { allow, open } from '../http-permissions.ts'
import { readUpload, takeUploads } from '../http-upload.ts'
import type { AttachmentService } from './service.ts'

const AppealParams = z.object({ id: z.uuid().transform((id) => id as AppealId) })
const AttachmentParams = z.object({ id: z.uuid().transform((id) => id as AttachmentId) })
const FileParams = AttachmentParams.extend({ ticket: z.string().max(100) })
const ATTACHERS = ['registerAppeal', 'editAppeals', 'answerAppeals', 'handleTrustAppeals'] as const
const Rows = z.array(AttachmentRow)

export const attachmentRoutes =
  (attachments: AttachmentService): FastifyPluginAsyncZod =>
  async (app) => {
    await takeUploads(app)

    const listSchema = {
      summary: 'What is attached to an appeal',
      params: AppealParams,
      response: { 200: Rows },
    }
    app.get(
      '/appeals/:id/attachments',
      { config: allow('seeAppeals'), schema: listSchema },
      ({ params, staff }) => attachments.list(params.id, staff),
    )

    const addSchema = {
      summary: 'Attach a file, as multipart/form-data; the same requestKey attaches once',
      params: AppealParams,
      querystring: AddAttachment,
      response: { 201: Rows },
    }
    app.post(
      '/appeals/:id/attachments',
      { config: allow(...ATTACHERS), schema: addSchema },
      async (request, response) => {
        const { params, query, staff } = request
        const { name, content } = await readUpload(request, ATTACHMENT_MAX_BYTES)
        const sent = { name, content, requestKey: query.requestKey }
        return response.code(201).send(await attachments.add(params.id, sent, staff))
      },
    )

    const removeSchema = {
      summary: 'Take an attachment away again while the appeal is being worked on',
      params: AttachmentParams,
      response: { 200: Rows },
    }
    app.delete(
      '/attachments/:id',
      { config: allow(...ATTACHERS), schema: removeSchema },
      ({ params, staff }) => attachments.remove(params.id, staff),
    )

    const openSchema = {
      summary: 'Open an attachment: an address that holds for a minute; it is written down who did',
      params: AttachmentParams,
      response: { 200: OpenedAttachment },
    }
    app.post(
      '/attachments/:id/open',
      { config: allow('seeAppeals'), schema: openSchema },
      async ({ params, staff }) => ({ address: await attachments.open(params.id, staff) }),
    )

    const fetchSchema = { summary: 'The file, for whoever holds its ticket', params: FileParams }
    app.get('/files/:id/:ticket', { config: open, schema: fetchSchema }, async ({ params }, response) =>
      sendDownload(response, await attachments.fetch(params.id, params.ticket)),
    )
  }
