/**
 * The pages of the portal before half a million appeals and five thousand questions, over HTTP as a browser asks for
 * them, eight citizens at once: how long the server takes for a page, and how large it is. The peer is a text as long as
 * the largest page, handed out by the same server in the same run.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import pino from 'pino'
import type { AppealId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { openDatabase } from '../server/database/pool.ts'
import { openHttp } from '../server/http.ts'
import { appealService } from '../server/appeals/service.ts'
import { itemService } from '../server/knowledge/items.ts'
import { keepOutdatedWords } from '../server/knowledge/search.ts'
import { messageService } from '../server/messages/service.ts'
import { portalRoutes } from '../server/portal/routes.ts'
import { keyed, portalService } from '../server/portal/service.ts'
import { type Article, articles, typed, WAYS } from './knowledge/articles.ts'
import { insertArticles } from './knowledge/articles-in-database.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, median, p95, percentile } from './lib/measure.ts'
import { withDatabase } from './lib/own-database.ts'
import { APPEALS, CITIZENS, seedAppeals } from './lib/seeded-appeals.ts'
import { timed } from './lib/timed.ts'

const PAGE_P95_MAX_MS = 100
const PAGE_MAX_KIB = 50
const KIB = 1024
const SEED = 6
const ANSWERS = 5_000
const AT_ONCE = 8
const WARM_UP = 80
const EACH = 400
/** Whoever writes to an office for years. */
const BUSY = { appeals: 300, calls: 300 }
const LANGUAGES = ['uz', 'uz-Cyrl', 'ru', 'en'] as const

type Asked = { readonly path: string; readonly cookies: string; readonly body?: string }
type Page = { readonly name: string; readonly ask: () => Asked }
type Served = {
  readonly address: string
  readonly pages: readonly Page[]
  readonly longAs: (bytes: number) => void
}

export async function run({ say }: BenchOptions): Promise<Measure[]> {
  return await withDatabase(async (pool) => {
    say(`Seeding ${APPEALS} appeals and ${ANSWERS} answers …`)
    await seedAppeals(pool, say)
    const written = articles(ANSWERS, SEED)
    const db = openDatabase(pool)
    await insertArticles(db, written, 'faq')
    await keepOutdatedWords(db)
    const phone = await seedBusyCitizen(pool)
    await pool.query('vacuum analyze')
    const app = await openHttp({
      log: pino({ level: 'silent' }),
      staffOf: async () => undefined,
      health: async () => ({}),
    })
    try {
      return await measure(await serve({ app, pool, written, phone }), say)
    } finally {
      await app.close()
    }
  })
}

/** One citizen has more appeals and calls than a page shows; his number. */
async function seedBusyCitizen(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string; e164: string }>(
    `select citizen_id as id, e164 from citizen_numbers where citizen_id = (select id from seeded_citizens where n = 1)`,
  )
  const { id, e164 } = rows[0] as { id: string; e164: string }
  await pool.query(
    `update appeals set citizen = $1, telephone = $2
      where id in (select id from appeals order by id desc limit ${BUSY.appeals})`,
    [id, e164],
  )
  await pool.query(
    `update calls set caller_e164 = $1, caller_confidence = 'high', queued_at = arrived_at, connected_at = arrived_at,
      talk_seconds = 75 where id in (select id from calls limit ${BUSY.calls})`,
    [e164],
  )
  return e164
}

type Serving = {
  readonly app: Awaited<ReturnType<typeof openHttp>>
  readonly pool: pg.Pool
  readonly written: readonly Article[]
  readonly phone: string
}

/** The portal with what stands behind its pages; nothing is sent and nothing is heard. */
async function serve({ app, pool, written, phone }: Serving): Promise<Served> {
  const db = openDatabase(pool)
  const log = pino({ level: 'silent' })
  const keys = keyed(randomUUID())
  const notHere = async () => {
    throw new Error('No page of this benchmark asks for it')
  }
  const messages = messageService({
    db,
    log,
    sender: async () => undefined,
    followCode: keys.writtenFollowCode,
    address: async () => undefined,
    told: notHere,
  })
  const portal = portalService({
    db,
    log,
    keys,
    messages,
    identityProvider: async () => undefined,
    appeals: appealService({ db, log }),
    items: itemService({ db, log, unknownTopics: () => [] }),
    attachments: { receive: notHere, fetch: notHere, kept: async () => [], ticketFor: () => '' },
    recordings: { openForCitizen: notHere },
  })
  await app.register(portalRoutes(portal), { prefix: '/portal' })
  let text = ''
  app.get(
    '/bench/text',
    { config: { public: true as const }, schema: { hide: true } },
    async (_request, response) => response.type('text/html; charset=utf-8').send(text),
  )
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    address,
    pages: await pagesOf({ pool, keys, written, phone }),
    longAs: (bytes) => {
      text = 'x'.repeat(bytes)
    },
  }
}

type Asking = Pick<Serving, 'pool' | 'written' | 'phone'> & { readonly keys: ReturnType<typeof keyed> }

/** What citizens look at, each in every language by turns. */
async function pagesOf({ pool, keys, written, phone }: Asking): Promise<Page[]> {
  const random = seededRandom(SEED)
  const any = (below: number) => Math.floor(random() * below)
  const { rows: known } = await pool.query<{ id: AppealId; number: string }>(
    `select id, number from appeals where sequence % 100 = 1`,
  )
  const { rows: own } = await pool.query<{ number: string }>(
    `select number from appeals where telephone = $1`,
    [phone],
  )
  const visitor = randomBytes(16).toString('base64url')
  const token = keys.hash('form', visitor).toString('base64url')
  const signIns = {
    busy: await signIn(pool, phone),
    anybody: await Promise.all(
      Array.from({ length: AT_ONCE }, () =>
        signIn(pool, `+99890${String(2 + any(CITIZENS - 2)).padStart(7, '0')}`),
      ),
    ),
  }
  const asVisitor = () => `javob-visitor=${visitor}; javob-language=${LANGUAGES[any(LANGUAGES.length)]}`
  const signedIn = (by: string) => `${asVisitor()}; javob-citizen=${by}`
  const search = () =>
    typed(written[any(written.length)] as Article, WAYS[any(WAYS.length)] ?? 'as written', random)
  return [
    { name: 'home', ask: () => ({ path: '/portal/', cookies: asVisitor() }) },
    { name: 'form', ask: () => ({ path: '/portal/appeal', cookies: asVisitor() }) },
    {
      name: 'status by number and code',
      ask: () => {
        const { id, number } = known[any(known.length)] as { id: AppealId; number: string }
        const body = new URLSearchParams({ token, number, code: keys.writtenFollowCode(id) }).toString()
        return { path: '/portal/status', cookies: asVisitor(), body }
      },
    },
    {
      name: 'cabinet',
      ask: () => ({ path: '/portal/cabinet', cookies: signedIn(signIns.anybody[any(AT_ONCE)] ?? '') }),
    },
    {
      name: 'cabinet with all it shows',
      ask: () => ({ path: '/portal/cabinet', cookies: signedIn(signIns.busy) }),
    },
    { name: 'calls', ask: () => ({ path: '/portal/cabinet/calls', cookies: signedIn(signIns.busy) }) },
    { name: 'openings', ask: () => ({ path: '/portal/cabinet/opened', cookies: signedIn(signIns.busy) }) },
    {
      name: 'own appeal',
      ask: () => ({
        path: `/portal/cabinet/appeals/${own[any(own.length)]?.number}`,
        cookies: signedIn(signIns.busy),
      }),
    },
    { name: 'answers', ask: () => ({ path: '/portal/faq', cookies: asVisitor() }) },
    {
      name: 'search for an answer',
      ask: () => ({ path: `/portal/faq?q=${encodeURIComponent(search())}`, cookies: asVisitor() }),
    },
  ]
}

/** As the server keeps it; the code that proves the telephone is another benchmark's matter. */
async function signIn(pool: pg.Pool, e164: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await pool.query(
    `insert into citizen_sign_ins (token_hash, e164, language, expires_at) values ($1, $2, 'uz', now() + interval '1 hour')`,
    [createHash('sha256').update(token).digest(), e164],
  )
  return token
}

async function measure({ address, pages, longAs }: Served, say: BenchOptions['say']): Promise<Measure[]> {
  const all: { name: string; ms: number[]; bytes: number }[] = []
  for (const { name, ask } of pages) {
    let bytes = 0
    const look = async () => {
      bytes = Math.max(bytes, await load(address, ask()))
    }
    await timed({ count: WARM_UP, atOnce: AT_ONCE }, look)
    const ms = await timed({ count: EACH, atOnce: AT_ONCE }, look)
    say(
      `${name}: p50 ${median(ms)?.toFixed(1)} ms, p95 ${p95(ms)?.toFixed(1)} ms, at most ${(bytes / KIB).toFixed(1)} KiB`,
    )
    all.push({ name, ms, bytes })
  }
  const largest = Math.max(...all.map(({ bytes }) => bytes))
  longAs(largest)
  const peer = await timed({ count: EACH, atOnce: AT_ONCE }, () =>
    load(address, { path: '/bench/text', cookies: '' }),
  )
  const slowest = all.toSorted((a, b) => (p95(b.ms) ?? 0) - (p95(a.ms) ?? 0))[0]
  const work = `${all.map(({ name }) => name).join(', ')}; ${EACH} each in four languages, ${AT_ONCE} at once, ${APPEALS} appeals, ${ANSWERS} answers`
  return [
    atMost(PAGE_P95_MAX_MS, {
      name: 'page of the portal, p95 of the slowest',
      work: `${work}; milliseconds of ${slowest?.name}; peer: a text as long as the largest page`,
      ours: slowest && percentile(slowest.ms, 95),
      peer: p95(peer),
    }),
    atMost(PAGE_MAX_KIB, {
      name: 'page of the portal, the largest',
      work: `${work}; KiB, not packed`,
      ours: largest / KIB,
    }),
  ]
}

let asked = 0

/** Its bytes. Each comes from an address of its own, as one address may not ask for so much. */
async function load(address: string, { path, cookies, body }: Asked): Promise<number> {
  const from = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked++ & 255}`
  const response = await fetch(`${address}${path}`, {
    headers: {
      cookie: cookies,
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': from,
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    redirect: 'error',
    ...(body !== undefined && { method: 'POST', body }),
  })
  const { byteLength } = await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  return byteLength
}
