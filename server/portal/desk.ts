/** Where the routes of the portal meet: each is told who visits and answers with a page or another address. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Html } from '../../portal/html.ts'
import { problemPage } from '../../portal/pages/home.ts'
import type { SentFile } from '../attachments/service.ts'
import { type Download, sendDownload } from '../http-download.ts'
import { readUpload } from '../http-upload.ts'
import { ATTACHMENT_MAX_BYTES } from '#core/attachments/attachment-problems.ts'
import { textsIn } from '../../portal/texts.ts'
import { addresses } from '../../portal/addresses.ts'
import { type AddressLimits, addressLimits, type Counted } from './limits.ts'
import type { PortalService } from './service.ts'
import { isOwnForm, setCookie, type Visit, visitOf } from './visit.ts'

export type Answer = Html | { readonly to: string } | { readonly sound: Buffer } | { readonly file: Download }
export type Handler = (visit: Visit, more: More) => Promise<Answer>

type More = {
  request: FastifyRequest
  response: FastifyReply
  cookie(name: string, value: string, maxAgeSeconds: number): void
}

export type Desk = ReturnType<typeof portalDesk>

const FOR_EVERYBODY = { config: { public: true as const, ownForm: true as const }, schema: { hide: true } }
const FORM_GONE_STATUS = 403

export function portalDesk(app: FastifyInstance, portal: PortalService) {
  const limits: AddressLimits = addressLimits()

  async function answer(handler: Handler, request: FastifyRequest, response: FastifyReply, path?: string) {
    const visit = await visitOf(portal, request, { response, path })
    const cookie: More['cookie'] = (name, value, maxAgeSeconds) =>
      setCookie({ request, response }, { name, value, maxAgeSeconds })
    const given = await handler(visit, { request, response, cookie })
    // After a form another page is shown by its own address: reloading it sends nothing again.
    if ('to' in given) return response.redirect(given.to, 303)
    if ('file' in given) return sendDownload(response, given.file)
    if ('sound' in given) return response.type('audio/ogg').send(given.sound)
    return response.type('text/html; charset=utf-8').send(given.toString())
  }

  return {
    page(path: string, handler: Handler): void {
      app.get(path, { ...FOR_EVERYBODY, exposeHeadRoute: false }, (request, response) =>
        answer(handler, request, response),
      )
    },

    /** `shown`: the address of the page that is shown again when something is wrong with the form. */
    form(path: string, counted: readonly Counted[], handler: Handler, shown: string = path): void {
      app.post(path, FOR_EVERYBODY, async (request, response) => {
        for (const what of ['form' as const, ...counted]) await limits.count(what, request.ip)
        if (!isOwnForm(portal, request)) return await formGone(request, response)
        return await answer(handler, request, response, shown)
      })
    },

    /** A form with one file after its fields. What is wrong with the file is told by an address, as with codes. */
    upload(path: string, handler: (visit: Visit, file: SentFile) => Promise<Answer>): void {
      app.post(path, FOR_EVERYBODY, async (request, response) => {
        for (const what of ['form', 'file'] as const) await limits.count(what, request.ip)
        const { fields, ...file } = await readUpload(request, ATTACHMENT_MAX_BYTES)
        request.body = fields
        if (!isOwnForm(portal, request)) return await formGone(request, response)
        return await answer((visit) => handler(visit, file), request, response)
      })
    },

    count: (what: Counted, visit: Visit): Promise<void> => limits.count(what, visit.address),
  }

  async function formGone(request: FastifyRequest, response: FastifyReply) {
    const { view } = await visitOf(portal, request, { response, path: addresses.home })
    const t = textsIn(view.language)
    const text = t(
      'The page was open for too long, or cookies are switched off in your browser. Go back, load the page anew and send it once more.',
    )
    return response
      .code(FORM_GONE_STATUS)
      .type('text/html; charset=utf-8')
      .send(problemPage(view, { title: t('Something went wrong'), text }).toString())
  }
}
