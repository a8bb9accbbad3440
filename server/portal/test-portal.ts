/** For tests: a portal as citizens meet it, over HTTP, with messages that can be read, and a browser that keeps its cookies. */
import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import type { Kysely } from 'kysely'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import pino from 'pino'
import type { MoveAppeal } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { appealService, type Moved } from '../appeals/service.ts'
import { attachmentService } from '../attachments/service.ts'
import type { Database } from '../database/schema.ts'
import { fileService } from '../files/service.ts'
import { type HttpServer, openHttp } from '../http.ts'
import type { SentSms, SmsSender } from '../messages/ports.ts'
import { messageService } from '../messages/service.ts'
import type { IdentityProvider } from './ports.ts'
import { portalRoutes } from './routes.ts'
import { citizensTold, keyed, portalService } from './service.ts'

const FILES = mkdtempSync(join(tmpdir(), 'javob-portal-files-'))
const SECRET = 'a secret of a copy that is only tested'
const log = pino({ level: 'silent' })

export type SentMessage = { to: string; text: string }

/** Built as the wiring builds it, with a gateway that answers as it is told to. */
function services(db: Kysely<Database>, clock: { now: Instant }, gateway: Gateway) {
  const now = () => clock.now
  const keys = keyed(SECRET)
  const messages = messageService({
    db,
    log,
    now,
    followCode: keys.writtenFollowCode,
    address: async () => undefined,
    sender: async () => ({
      ...(gateway.reports && { reports: gateway.reports }),
      async send({ to, text }) {
        gateway.sent.push({ to, text })
        return gateway.answer
      },
    }),
    told: (told) => appeals.citizenTold(told),
  })
  const moved: Moved = (trx, steps) => citizensTold(trx, steps, { messages, attach: attachments.attach, now })
  const appeals = appealService({ db, log, now, moved, telephoneNamed: messages.tellOfTelephone })
  const attachments = attachmentService({
    db,
    log,
    now,
    files: fileService({ db, folder: FILES }),
    mustSee: appeals.card,
    secret: SECRET,
  })
  const portal = portalService({
    db,
    log,
    now,
    keys,
    appeals,
    messages,
    attachments,
    identityProvider: async () => gateway.identityProvider,
    recordings: { openForCitizen: async () => Buffer.from('OggS') },
    items: {
      answersForCitizens: async (search) =>
        'imtihon'.startsWith(search) ? [{ uz: { title: 'Imtihon qachon?', text: 'Iyulda.' } }] : [],
    },
  })
  return { appeals, attachments, keys, messages, portal }
}

type Gateway = {
  answer: SentSms
  sent: SentMessage[]
  reports?: SmsSender['reports']
  /** Where one is set up. */
  identityProvider?: IdentityProvider
}

/** `more`: routes beside the portal's own. */
export async function testPortal(
  { db, pool }: { db: Kysely<Database>; pool: pg.Pool },
  start: Instant,
  more?: (built: ReturnType<typeof services>) => FastifyPluginAsync,
) {
  await runMigrations({ pgPool: pool })
  const clock = { now: start }
  const sent: SentMessage[] = []
  const gateway: Gateway = { answer: { outcome: 'accepted' }, sent }
  const built = services(db, clock, gateway)
  const { appeals, messages, portal } = built
  const app = await openHttp({ log, staffOf: async () => undefined, health: async () => ({}) })
  await app.register(portalRoutes(portal), { prefix: '/portal' })
  if (more) await app.register(more(built), { prefix: '/api' })
  await app.ready()

  return {
    ...built,
    app,
    clock,
    gateway,
    sent,
    /** Takes away what was sent. */
    removeFiles: () => rmSync(FILES, { recursive: true, force: true }),
    /** The same on other connections, which may break. */
    on: (other: Kysely<Database>) => services(other, clock, gateway),
    codeIn: (at = -1): string =>
      /\d{6}/.exec(sent.filter(({ text }) => /kodi: \d/.test(text)).at(at)?.text ?? '')?.[0] ?? '',
    browser: (address = '10.0.0.1') => browser(app, address),

    /** As the running copy is wired: the citizen is told in the transaction of the move. */
    async move(
      id: AppealId,
      action: MoveAppeal['action'],
      by: Parameters<typeof appeals.move>[2],
      details: MoveAppeal['details'] = {},
    ): Promise<void> {
      const { version } = await appeals.card(id, by)
      await appeals.move(id, { requestKey: randomUUID(), action, version, details }, by)
    },

    /** What waits in the worker's list, done now. */
    async deliverAll(): Promise<void> {
      const waiting = await db
        .selectFrom('messages')
        .select('id')
        .where('status', '=', 'queued')
        .orderBy('id')
        .execute()
      for (const { id } of waiting) await messages.send(id).catch(() => undefined)
    },
  }
}

export type TestPortal = Awaited<ReturnType<typeof testPortal>>
type App = HttpServer

export type Shown = { status: number; text: string; to: string | undefined; bytes: number; headers: object }

/** As much of a browser as pages without a program need. */
function browser(app: App, address: string) {
  const cookies = new Map<string, string>()
  let token = ''

  async function ask(options: { method: 'GET' | 'POST'; url: string; payload?: string }): Promise<Shown> {
    const response = await app.inject({
      ...options,
      remoteAddress: address,
      cookies: Object.fromEntries(cookies),
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(options.payload !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    })
    for (const { name, value } of response.cookies) cookies.set(name, value)
    const text = response.body
    token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? token
    return {
      status: response.statusCode,
      text,
      to: response.headers.location,
      bytes: response.rawPayload.length,
      headers: response.headers,
    }
  }

  const get = (url: string) => ask({ method: 'GET', url })
  const post = (url: string, fields: Record<string, string>) =>
    ask({ method: 'POST', url, payload: new URLSearchParams({ token, ...fields }).toString() })
  /** One file, as a form without a program sends it. */
  async function upload(
    url: string,
    fields: Record<string, string>,
    file: { name: string; content: BlobPart },
  ) {
    const form = new FormData()
    for (const [name, value] of Object.entries({ token, ...fields })) form.set(name, value)
    form.set('file', new Blob([file.content]), file.name)
    const sent = new Response(form)
    const response = await app.inject({
      method: 'POST',
      url,
      remoteAddress: address,
      cookies: Object.fromEntries(cookies),
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': sent.headers.get('content-type') ?? '' },
      payload: Buffer.from(await sent.arrayBuffer()),
    })
    return response.headers.location === undefined
      ? { status: response.statusCode, text: response.body }
      : await get(response.headers.location)
  }
  return {
    cookies,
    upload,
    get,
    post,
    /** Sends a form and goes where the answer leads. */
    async send(url: string, fields: Record<string, string>): Promise<Shown> {
      const answer = await post(url, fields)
      return answer.to === undefined ? answer : await get(answer.to)
    },
  }
}

export type Browser = ReturnType<typeof browser>

/** The key of the form on a page. */
export function keyOn({ text }: Pick<Shown, 'text'>): string {
  return /name="key" value="([^"]+)"/.exec(text)?.[1] ?? ''
}

export const FILED_WORDS = 'Ruxsatnomamda ismim xato yozilgan, tuzatib bersangiz.'

/** What a citizen does in a browser before anything else can be seen. */
export function citizenSteps(portal: () => Pick<TestPortal, 'codeIn'>) {
  const aForm = (phone: string, change: Record<string, string> = {}): Record<string, string> => ({
    kind: 'complaint',
    name: 'Gulnora Rahimova',
    phone,
    text: FILED_WORDS,
    website: '',
    ...change,
  })

  /** As far as the page that asks for the code; with a `key` it is the form that was sent before. */
  async function fill(from: Browser, phone: string, change: Record<string, string> = {}) {
    const key = change['key'] ?? keyOn(await from.get('/portal/appeal'))
    return { key, page: await from.send('/portal/appeal', { key, ...aForm(phone, change) }) }
  }

  return {
    aForm,
    fill,

    async file(from: Browser, phone: string, change: Record<string, string> = {}) {
      const { key } = await fill(from, phone, change)
      const page = await from.send('/portal/appeal/confirm', { form: key, code: portal().codeIn() })
      return { key, page, ...numberAndCode(page) }
    },

    async signIn(from: Browser, phone: string): Promise<Shown> {
      await from.get('/portal/sign-in')
      const asked = await from.post('/portal/sign-in', { phone })
      const id = new URL(asked.to ?? '', 'http://portal').searchParams.get('code') ?? ''
      await from.get(asked.to ?? '')
      return await from.send('/portal/sign-in/code', { id, code: portal().codeIn() })
    },
  }
}

export function numberAndCode({ text }: Shown) {
  const [number = '', code = ''] = [...text.matchAll(/<dd class="big">([^<]+)<\/dd>/g)].map(
    ([, value]) => value ?? '',
  )
  return { number, code }
}
