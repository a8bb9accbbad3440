import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FlowCard, FlowRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { aSmallFlow } from '#core/ivr/small-flow.ts'
import type { FlowId, QueueId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { type HttpServer, openHttp } from '../http.ts'
import { promptService } from './prompt-service.ts'
import { promptSpeaker } from './prompts.ts'
import { flowRoutes } from './routes.ts'
import { type FlowService, flowService } from './service.ts'

const log = pino({ level: 'silent' })
const flow = 'test' as FlowId
const START = Date.UTC(2026, 10, 26, 4)
const HOUR_MS = 3_600_000

let database: TestDatabase
let folder: string
let app: HttpServer
let flows: FlowService
let prompts: ReturnType<typeof promptService>
/** Texts that the voice cannot speak. */
let unspeakable: string[]
let clock: ReturnType<typeof handClock>

/** Stands still until a test moves it on; an alarm that is due rings when it is moved. */
function handClock() {
  let now = START
  const alarms = new Map<() => void, number>()
  return {
    now: () => now,
    after(ms: number, what: () => void) {
      alarms.set(what, now + ms)
      return () => void alarms.delete(what)
    },
    moveTo(at: number) {
      now = at
      for (const [what, due] of alarms) if (due <= at && alarms.delete(what)) what()
    },
  }
}

/** A silence of a second stands for a text that was spoken. */
async function speak(texts: readonly { text: string; path: string }[]): Promise<void> {
  if (texts.some(({ text }) => unspeakable.includes(text))) throw new Error('there is no voice for it')
  await Promise.all(texts.map(({ path }) => writeFile(path, Buffer.alloc(8_000, 0xd5))))
}

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  folder = await mkdtemp(join(tmpdir(), 'javob-flows-'))
  const people = ['anna', 'bekzod'].map((login) => ({
    login,
    name: login,
    role: 'administrator' as const,
    languages: [],
    password_hash: '-',
  }))
  const staff = await db.insertInto('staff_members').values(people).returning(['id', 'login']).execute()
  const names = JSON.stringify({ uz: 'a', ru: 'b' })
  const queues = ['general', 'results'].map((id, position) => ({ id: id as QueueId, names, position }))
  await db.insertInto('queues').values(queues).execute()
  await db
    .insertInto('topics')
    .values({ code: '01.04' as TopicCode, parent: null, level: 1, names })
    .execute()
  const speaker = promptSpeaker({ folder, log, speak })
  prompts = promptService({ db, speaker, log })
  app = await openHttp({
    log,
    staffOf: async (login) => ({
      id: staff.find((one) => one.login === login)?.id as StaffId,
      name: login,
      role: 'administrator',
      signIn: login,
    }),
    health: async () => ({}),
  })
  const late = () => flows
  const proxy = new Proxy({} as FlowService, { get: (_, name) => late()[name as keyof FlowService] })
  await app.register(flowRoutes(proxy), { prefix: '/api' })
})
beforeEach(async () => {
  await database.db.deleteFrom('flow_versions').execute()
  unspeakable = []
  clock = handClock()
  flows = flowService({ db: database.db, log, prompts, clock })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask<Answer>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  { body, as = 'anna' }: { body?: object; as?: string } = {},
): Promise<Answer & { code?: string; problems?: FlowCard['problems'] }> {
  const answer = await app.inject({
    method,
    url: `/api${path}`,
    cookies: { javob: as },
    headers: { 'x-javob': '1' },
    ...(body && { payload: body }),
  })
  return answer.json()
}

const save = (body: Flow, basedOn: number | null = null, as = 'anna') =>
  ask<FlowCard>('PUT', '/flows/test/draft', { body: { basedOn, body }, as })
const publish = (basedOn: number, from: number | null = null) =>
  ask<FlowRow[]>('POST', '/flows/test/draft/publish', { body: { basedOn, from } })
const restore = (version: number, from: number | null = null) =>
  ask<FlowRow[]>('POST', `/flows/test/${version}/restore`, { body: { from } })

async function published(body: Flow): Promise<void> {
  await publish((await save(body)).savedAt)
}

const hostile = JSON.parse('{"nodes":{"__proto__":{"kind":"answer","next":"a"}}}') as object

const greeted = (word: string): Flow =>
  aSmallFlow({ greeting: { kind: 'announce', texts: { uz: word, ru: word }, next: 'answer' } })

async function versions(): Promise<string[]> {
  return (await flows.list()).map(
    ({ version, status, restored }) => `${version} ${status}${restored ? ` of ${restored}` : ''}`,
  )
}

async function newEvents(): Promise<string[]> {
  const rows = await database.db
    .selectFrom('events')
    .select(['type', 'actor'])
    .where('type', 'like', 'flow%')
    .orderBy('id')
    .execute()
  return rows.map(({ type, actor }) => `${type}${actor ? '' : ' by nobody'}`)
}

test('a draft is written over by whoever has seen it, under one number, and published under it', async () => {
  const first = await save(greeted('Salom'))
  const second = await save(greeted('Assalom'), first.savedAt)
  expect([first.version, second.version]).toEqual([1, 1])
  await publish(second.savedAt)
  expect(await versions()).toEqual(['1 published'])
  expect(flows.flowNow(flow)).toEqual(greeted('Assalom'))
})

test('of two who save at once the second is told, and nothing is written over', async () => {
  const { savedAt } = await save(greeted('Salom'))
  const [anna, bekzod] = await Promise.all([
    save(greeted('Anna'), savedAt, 'anna'),
    save(greeted('Bekzod'), savedAt, 'bekzod'),
  ])
  expect([anna.code, bekzod.code].filter((code) => code === 'changedMeanwhile')).toHaveLength(1)
  const kept = await ask<FlowCard>('GET', '/flows/test/1')
  expect(kept.body).toEqual(greeted(anna.code ? 'Bekzod' : 'Anna'))
  expect((await save(greeted('Nobody saw it'))).code).toBe('changedMeanwhile')
})

test('only the draft that its publisher has seen is published or thrown away', async () => {
  const first = await save(greeted('Salom'))
  const second = await save(greeted('Assalom'), first.savedAt, 'bekzod')
  expect((await publish(first.savedAt)).code).toBe('changedMeanwhile')
  const discard = (basedOn: number) =>
    ask<FlowRow[]>('POST', '/flows/test/draft/discard', { body: { basedOn } })
  expect((await discard(first.savedAt)).code).toBe('changedMeanwhile')
  expect(await discard(second.savedAt)).toEqual([])
  expect((await publish(second.savedAt)).code).toBe('notFound')
})

test('an older version is published anew as the newest, beside a draft that stays', async () => {
  await published(greeted('one'))
  await published(greeted('two'))
  await save(greeted('three'))
  await restore(1)
  expect(await versions()).toEqual(['4 published of 1', '3 draft', '2 retired', '1 retired'])
  expect(flows.flowNow(flow)).toEqual(greeted('one'))
  expect((await restore(3)).code).toBe('notFound')
  expect((await restore(99)).code).toBe('notFound')
})

test('a version scheduled for a moment holds from that very moment, and its row says so', async () => {
  await published(greeted('now'))
  const draft = await save(greeted('later'))
  const from = START + HOUR_MS
  await publish(draft.savedAt, from)
  expect(await versions()).toEqual(['2 scheduled', '1 published'])
  clock.moveTo(from - 1)
  expect(flows.flowNow(flow)).toEqual(greeted('now'))
  clock.moveTo(from)
  expect(flows.flowNow(flow)).toEqual(greeted('later'))
  await expect.poll(versions).toEqual(['2 published', '1 retired'])
  const events = await newEvents()
  expect(events.slice(-2)).toEqual(['flowScheduled', 'flowTookEffect by nobody'])
  const row = (await flows.list())[0]
  expect(row).toMatchObject({ publishedAt: from, publishedByName: 'anna' })
})

test('a server that was away at the moment settles it when it starts', async () => {
  await published(greeted('now'))
  const from = START + HOUR_MS
  await publish((await save(greeted('later'))).savedAt, from)
  flows.stop()

  const restarted = flowService({ db: database.db, log, prompts, clock })
  await restarted.reload(flow)
  expect(restarted.flowNow(flow)).toEqual(greeted('now'))
  restarted.stop()
  clock.moveTo(from + 5 * HOUR_MS)
  const later = flowService({ db: database.db, log, prompts, clock })
  await later.reload(flow)
  expect(later.flowNow(flow)).toEqual(greeted('later'))
  expect(await versions()).toEqual(['2 published', '1 retired'])
})

test('whatever the database does, calls walk what is scheduled from its moment on', async () => {
  await published(greeted('now'))
  const from = START + HOUR_MS
  await publish((await save(greeted('later'))).savedAt, from)
  await database.pool.query('alter table flow_versions rename to hidden')
  clock.moveTo(from)
  expect(flows.flowNow(flow)).toEqual(greeted('later'))
  await database.pool.query('alter table hidden rename to flow_versions')
  await expect
    .poll(() => {
      clock.moveTo(clock.now() + 10_000)
      return versions()
    })
    .toEqual(['2 published', '1 retired'])
})

test('what is scheduled can be taken back, and one version at a time is scheduled', async () => {
  await published(greeted('now'))
  const from = START + HOUR_MS
  await publish((await save(greeted('later'))).savedAt, from)
  const other = await save(greeted('latest'))
  expect((await publish(other.savedAt, from + 1)).code).toBe('wrongStatus')
  await ask('POST', '/flows/test/scheduled/withdraw')
  expect(await versions()).toEqual(['3 draft', '2 retired', '1 published'])
  clock.moveTo(from)
  expect(flows.flowNow(flow)).toEqual(greeted('now'))
  expect((await ask('POST', '/flows/test/scheduled/withdraw')).code).toBe('wrongStatus')
  await restore(2, from + HOUR_MS)
  expect(await versions()).toEqual(['4 scheduled of 2', '3 draft', '2 retired', '1 published'])
})

test('what is published while something is scheduled holds until its moment', async () => {
  await published(greeted('one'))
  await publish((await save(greeted('scheduled'))).savedAt, START + HOUR_MS)
  await published(greeted('two'))
  expect(flows.flowNow(flow)).toEqual(greeted('two'))
  clock.moveTo(START + HOUR_MS)
  expect(flows.flowNow(flow)).toEqual(greeted('scheduled'))
  await expect.poll(versions).toEqual(['3 retired', '2 published', '1 retired'])
})

test.each([
  ['in the past', START - 1],
  ['this very moment', START],
  ['in ten years', START + 3_650 * 24 * HOUR_MS],
])('nothing is published from a moment %s', async (_when, from) => {
  await published(greeted('now'))
  const { savedAt } = await save(greeted('later'))
  expect((await publish(savedAt, from)).code).toBe('badInput')
  expect(await versions()).toEqual(['2 draft', '1 published'])
})

test('a queue into which callers are led, now or from a moment on, is known', async () => {
  const { results: _, ...nodes } = aSmallFlow().nodes
  const withoutResults: Flow = {
    ...aSmallFlow(),
    nodes: { ...nodes, results: nodes.operator ?? neverThere() },
  }
  await published(withoutResults)
  expect(flows.leadsTo('results' as QueueId)).toBe(false)
  await publish((await save(aSmallFlow())).savedAt, START + HOUR_MS)
  expect(flows.leadsTo('results' as QueueId)).toBe(true)
})

test('a flow with faults is kept but not published, and each fault names its node', async () => {
  const { operator: _, ...nodes } = aSmallFlow().nodes
  const loop: Flow = {
    ...aSmallFlow(),
    operator: 'nowhere',
    nodes: { ...nodes, news: { kind: 'announce', texts: { uz: 'a', ru: 'b' }, next: 'news' } },
  }
  const saved = await save(loop)
  expect(saved.problems.map(({ node, code }) => `${node} ${code}`)).toEqual(
    expect.arrayContaining(['nowhere noOperator', 'news deadEnd', 'menu missingNode', 'menu unreachable']),
  )
  const refused = await publish(saved.savedAt)
  expect(refused).toMatchObject({ code: 'flowHasProblems', problems: saved.problems })
  expect(await versions()).toEqual(['1 draft'])
})

test('a text that the voice cannot speak is told at its node, and keeps the flow from being published', async () => {
  unspeakable = ['Ўў…']
  const saved = await save(greeted('Ўў…'))
  expect(saved.problems.map(({ node, field, code, params }) => ({ node, field, code, ...params }))).toEqual([
    { node: 'greeting', field: 'texts', code: 'soundMissing', language: 'uz' },
    { node: 'greeting', field: 'texts', code: 'soundMissing', language: 'ru' },
  ])
  expect((await publish(saved.savedAt)).code).toBe('flowHasProblems')
  unspeakable = []
  expect(await publish(saved.savedAt)).toMatchObject([{ status: 'published' }])
})

test('a text of 100 kB, tags and what a database cannot keep are text', async () => {
  const long = `<script>alert(1)</script>\0\ud800\u202e ${'ў'.repeat(100_000)}`
  const saved = await save(greeted(long))
  expect(saved.problems.map(({ code }) => code)).toContain('textTooLong')
  const { greeting } = saved.body.nodes
  expect(greeting?.kind === 'announce' && greeting.texts.uz).toBe(
    `<script>alert(1)</script> ${'ў'.repeat(100_000)}`,
  )
})

test.each<[string, object]>([
  ['another kind of node', { ...aSmallFlow(), nodes: { greeting: { kind: 'shell', command: 'reboot' } } }],
  ['a field too many', { ...aSmallFlow(), admin: true }],
  ['a node by a name of all objects', hostile],
  ['no nodes', { nodes: null }],
])('a body with %s is no flow', async (_what, body) => {
  expect((await save({ ...aSmallFlow(), ...body } as Flow)).code).toBe('badInput')
  expect(await versions()).toEqual([])
})

test('a flow by a name that is none is not found', async () => {
  expect(
    (await ask('PUT', '/flows/..%2Ftest/draft', { body: { basedOn: null, body: aSmallFlow() } })).code,
  ).toBe('badInput')
})

function neverThere(): never {
  throw new Error('the small flow has an operator')
}
