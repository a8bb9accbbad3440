/**
 * The citizens' portal: pages that this server writes, that need no program in the browser, and that may load nothing
 * but our style sheet.
 */
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { AttachmentId } from '#core/lib/ids.ts'
import type { ProblemCode } from '#contract/problems.ts'
import { addresses } from '../../portal/addresses.ts'
import { faqPage } from '../../portal/pages/faq.ts'
import { homePage, problemPage } from '../../portal/pages/home.ts'
import { textsIn, type TextKey } from '../../portal/texts.ts'
import { Refusal } from '../errors.ts'
import { PROBLEM_STATUS } from '../http-problems.ts'
import { takeUploads } from '../http-upload.ts'
import { cabinetRoutes } from './cabinet-routes.ts'
import { portalDesk } from './desk.ts'
import { filingRoutes, formFileRoutes, statusRoutes } from './filing-routes.ts'
import type { PortalService } from './service.ts'
import { oneIdRoutes, signInRoutes } from './sign-in-routes.ts'
import { STYLE, STYLE_VERSION } from './style.ts'
import { visitOf } from './visit.ts'

/** 100 000 letters in any script, as a form writes them: what is too long comes back to be shortened. */
const FORM_MAX_BYTES = 1024 * 1024
const STYLE_SECONDS = 365 * 86_400
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const portalRoutes =
  (portal: PortalService): FastifyPluginAsync =>
  async (app) => {
    readForms(app)
    await takeUploads(app)
    app.addHook('onRequest', async (_request, response) => {
      response.header('Content-Security-Policy', POLICY)
      response.header('Permissions-Policy', 'microphone=(), camera=(), geolocation=()')
      response.header('Cache-Control', 'no-store')
    })
    app.setErrorHandler<FastifyError>((error, request, response) =>
      tellProblem(portal, { error, request, response }),
    )

    const desk = portalDesk(app, portal)
    desk.page('/', async ({ view }) => homePage(view))
    desk.page('/faq', async (visit) => {
      const search = visit.asked['q'] ?? ''
      if (search !== '') await desk.count('search', visit)
      return faqPage(visit.view, { search, answers: await portal.answers(search, visit.view.language) })
    })
    filingRoutes(desk, portal)
    formFileRoutes(desk, portal)
    statusRoutes(desk, portal)
    signInRoutes(desk, portal)
    oneIdRoutes(desk, portal)
    cabinetRoutes(desk, portal)
    desk.page('/files/:id/:ticket', async (_visit, { request }) => {
      const { id, ticket } = request.params as { id: AttachmentId; ticket: string }
      return { file: await portal.file(id, ticket) }
    })
    desk.page('/*', async () => {
      throw new Refusal('notFound', 'No such page')
    })

    const style = { config: { public: true as const }, schema: { hide: true } }
    app.get(`/style-${STYLE_VERSION}.css`, style, async (_request, response) =>
      response
        .header('Cache-Control', `public, max-age=${STYLE_SECONDS}, immutable`)
        .type('text/css; charset=utf-8')
        .send(STYLE),
    )
  }

/** As a browser sends them; a field that comes twice counts as it came last. */
function readForms(app: FastifyInstance): void {
  // In JSON a field could be anything but a text.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_MAX_BYTES },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
}

const TITLES: Partial<Record<ProblemCode, TextKey>> = {
  badInput: 'It was not taken',
  notFound: 'Not found',
  tooLarge: 'It was not taken',
  tooManyAttempts: 'Too many attempts',
}
const WORDS: Partial<Record<ProblemCode, TextKey>> = {
  badInput: 'It did not arrive whole. Go back, look at what you wrote and send it once more.',
  tooLarge:
    'There is too much in it. Go back, make it shorter and send it once more; more can be added later.',
  notFound: 'No page is here.',
  tooManyAttempts: 'That was too much at once. Try again in an hour, or call {number}.',
  wrongStatus: 'This can no longer be confirmed. Fill in the form once more.',
  moveNotPossible: 'This cannot be done as the appeal stands now.',
}

type Failed = { error: FastifyError; request: FastifyRequest; response: FastifyReply }

/** In the reader's language, with what he can do; nothing of the inside. */
async function tellProblem(portal: PortalService, { error, request, response }: Failed) {
  const code = codeOf(error)
  const where = { method: request.method, route: request.routeOptions.url }
  if (code !== 'somethingWentWrong') request.log.info({ ...where, code }, error.message)
  else
    request.log.error(
      { ...where, error: { message: error.message, stack: error.stack } },
      'something went wrong',
    )
  const { view } = await visitOf(portal, request, { response, path: addresses.home, asksWho: false })
  const t = textsIn(view.language)
  const text = t(WORDS[code] ?? 'We are working on it. Try again in some minutes, or call {number}.', {
    number: view.shortNumber,
  })
  return response
    .code(PROBLEM_STATUS[code])
    .type('text/html; charset=utf-8')
    .send(problemPage(view, { title: t(TITLES[code] ?? 'Something went wrong'), text }).toString())
}

/** The code of what cannot be done or read; anything else is our mistake. */
function codeOf(error: FastifyError): ProblemCode {
  if (error instanceof Refusal) return error.code
  if (error.statusCode === 413) return 'tooLarge'
  const isReadersFault = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
  return isReadersFault ? 'badInput' : 'somethingWentWrong'
}
