/**
 * The web port: sign-in cookie, permissions, problems, headers, the OpenAPI
 * document and the console's files. Routes come from the modules; the wiring plugs
 * them in below /api.
 *
 * What must hold: no route answers without saying who may use it; what changes
 * something carries a header that a foreign page cannot send; nothing of the
 * inside of an error reaches the browser.
 */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import swagger from '@fastify/swagger'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { z } from 'zod'
import { Refusal } from './errors.ts'
import { openApi } from './http-openapi.ts'
import { guardRoutes, open, type Permission, type SignedInStaff } from './http-permissions.ts'
import { handleError, sendProblem } from './http-problems.ts'

export const SIGN_IN_COOKIE = 'javob'
/** A note and an appeal of 100,000 letters each, in any script, written as JSON: what is too long is told by its field, not by its weight. */
const BODY_MAX_BYTES = 1024 * 1024
/** The whole request: a prompt recorded in a studio, over a poor line. */
const REQUEST_TIMEOUT_MS = 120_000
/** Console files with a hash in their name never change. */
const HASHED_FILES = '/assets/'
const HASHED_FILES_MAX_AGE_MS = 365 * 86_400_000
const FILES = '/api/files/'
const HSTS_SECONDS = 180 * 86_400

export type HttpDeps = {
  log: Logger
  /** Who is behind a sign-in cookie. */
  staffOf(token: string): Promise<SignedInStaff | undefined>
  /** Each part the server stands on, and whether it is there. */
  health(): Promise<Record<string, boolean>>
  /** The built console; without it only the API is served. */
  consoleFolder?: string | undefined
  /** Under which name files are handed out, where it is another than the console's. */
  filesOrigin?: string | undefined
  /** Where its pages may connect to beside to us. */
  reaches?: (() => readonly string[]) | undefined
}

export type HttpServer = Awaited<ReturnType<typeof openHttp>>

export async function openHttp(deps: HttpDeps) {
  const { log, staffOf, health, consoleFolder, filesOrigin } = deps
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    // An address may hold a search, and that is personal data; modules log their decisions by id.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A proxy on the same machine says by which scheme and address a request came; nobody else is believed.
    trustProxy: 'loopback',
    // Live streams stay open for hours and must not hold up the end.
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>()

  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler<FastifyError>(handleError)
  app.setNotFoundHandler((_request, response) => sendProblem(response, 'notFound'))

  await app.register(swagger, openApi(SIGN_IN_COOKIE, rememberPermissions(app)))
  await app.register(cookie)
  await app.register(helmet, securityHeaders(deps.reaches))
  app.addHook('onRequest', async (request, response) => {
    response.header('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()')
    if (request.url.startsWith('/api/')) response.header('Cache-Control', 'no-store')
    refuseForeignPages(request)
    if (filesOrigin) keepFilesApart(request, new URL(filesOrigin).host)
  })
  guardRoutes(app, async (request) => {
    const token = request.cookies[SIGN_IN_COOKIE]
    return token ? await staffOf(token) : undefined
  })

  const Health = z.object({ ok: z.boolean(), parts: z.record(z.string(), z.boolean()) })
  const healthSchema = {
    summary: 'Whether the server and what it stands on are there',
    response: { 200: Health, 503: Health },
  }
  app.get('/api/health', { config: open, schema: healthSchema }, async (_request, response) => {
    const parts = await health()
    const ok = Object.values(parts).every(Boolean)
    return response.code(ok ? 200 : 503).send({ ok, parts })
  })
  app.get('/api/openapi.json', { config: open, schema: { hide: true } }, async (_request, response) =>
    response.type('application/json').send(JSON.stringify(app.swagger())),
  )
  if (consoleFolder) await serveConsole(app, consoleFolder)
  return app
}

/** Puts a sign-in into the browser, or with an empty token takes it out. */
export function setSignInCookie(
  request: FastifyRequest,
  response: FastifyReply,
  token: string,
  maxAgeSeconds: number,
): void {
  response.setCookie(SIGN_IN_COOKIE, token, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: request.protocol === 'https',
    maxAge: maxAgeSeconds,
  })
}

/**
 * A page of another site can make a browser send a form with our cookie, though
 * SameSite should prevent it; it cannot add a header without being asked first.
 */
function refuseForeignPages(request: FastifyRequest): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return
  const site = request.headers['sec-fetch-site']
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
  // A page without a program cannot send a header: its forms carry a token, which their routes ask for.
  const isOurs = request.headers['x-javob'] === '1' || request.routeOptions.config.ownForm === true
  if (isForeign || !isOurs) {
    throw new Refusal(
      'notAllowed',
      'What changes something comes from our own page and carries the header x-javob: 1',
    )
  }
}

/** Under the files' own name there is nothing but files, and under ours there is none of them. */
function keepFilesApart(request: FastifyRequest, filesHost: string): void {
  const isForFiles = request.host === filesHost
  const isFile = request.url.startsWith(FILES)
  if (isForFiles !== isFile) throw new Refusal('notFound', 'Not under this name')
}

type RequestWithHost = { headers: { host?: string | undefined } }

/** Older browsers do not take a WebSocket for the same origin, so it is named; a host with other signs in it is not. */
function ownSockets(request: RequestWithHost): string {
  const host = request.headers.host ?? ''
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? `ws://${host} wss://${host}` : "'self'"
}

const securityHeaders = (reaches: HttpDeps['reaches'] = () => []) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // The component library sets sizes and colours in the page.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: [
        "'self'",
        (request: object) => [ownSockets(request as RequestWithHost), ...reaches()].join(' '),
      ],
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'", 'blob:'],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: { maxAge: HSTS_SECONDS, includeSubDomains: false },
  referrerPolicy: { policy: 'no-referrer' as const },
})

/** The console is one page: whatever is not a file of it is an address inside it. */
async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(files, { root: folder, serve: false, preCompressed: true })
  app.get<{ Params: { '*': string } }>(
    '/*',
    { config: open, schema: { hide: true } },
    (request, response) => {
      const path = `/${request.params['*']}`
      if (path.startsWith('/api/')) return response.callNotFound()
      if (path.startsWith(HASHED_FILES))
        return response.sendFile(path, { maxAge: HASHED_FILES_MAX_AGE_MS, immutable: true })
      const isFile = /\.[a-z0-9]+$/i.test(path)
      return response
        .header('Cache-Control', 'no-cache')
        .sendFile(isFile ? path : 'index.html', { cacheControl: false })
    },
  )
}

/** Collects what each route states, for the OpenAPI document. A plugin may still state it after the route was seen. */
function rememberPermissions(app: FastifyInstance): (method: string, path: string) => Permission | undefined {
  const routes = new Map<string, RouteOptions>()
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      routes.set(`${method.toLowerCase()} ${route.url.replace(/:(\w+)/g, '{$1}')}`, route)
    }
  })
  return (method, path) => routes.get(`${method} ${path}`)?.config as Permission | undefined
}
