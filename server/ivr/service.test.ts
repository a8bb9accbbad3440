import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { promptsOf } from '#core/ivr/spoken.ts'
import { allWaitingTexts } from '#core/ivr/waiting.ts'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import type { FlowId, QueueId, StaffId, TopicCode } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { type HttpServer, openHttp } from '../http.ts'
import { fallbackPath, fallbackText } from './fallback-prompts.ts'
import { promptService } from './prompt-service.ts'
import { promptKey, promptSpeaker, secondsOf } from './prompts.ts'
import { flowRoutes, promptRoutes } from './routes.ts'
import { flowService } from './service.ts'

const log = pino({ level: 'silent' })
const flow = 'test' as FlowId
/** The demo flow cut down to what is quick to speak. */
const small = (greeting = 'Salom!'): Flow => ({
  start: 'greeting',
  languages: ['uz', 'ru'],
  operator: 'operator',
  wrongKey: { uz: 'Bunday tanlov yoʻq.', ru: 'Такого пункта нет.' },
  nodes: {
    greeting: { kind: 'announce', texts: { uz: greeting, ru: 'Привет!' }, next: 'answer' },
    answer: { kind: 'answer', next: 'operator' },
    operator: { kind: 'queue', queue: 'general' as QueueId },
  },
})

/** What the choices of the demo flow are about. */
function demoTopics(): TopicCode[] {
  const choices = Object.values(demoFlow().nodes).flatMap((node) =>
    node.kind === 'menu' ? node.choices : [],
  )
  return [...new Set(choices.flatMap(({ topic }) => topic ?? []))]
}

let database: TestDatabase
let folder: string
let app: HttpServer
let administrator: StaffId
let prompts: ReturnType<typeof promptService>
let flows: ReturnType<typeof flowService>

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  folder = await mkdtemp(join(tmpdir(), 'javob-ivr-'))
  const person = {
    login: 'admin',
    name: 'Administrator',
    role: 'administrator' as const,
    languages: [],
    password_hash: '-',
  }
  administrator = (
    await db.insertInto('staff_members').values(person).returning('id').executeTakeFirstOrThrow()
  ).id
  const names = JSON.stringify({ uz: 'Umumiy', ru: 'Общая' })
  const queues = ['general', 'admission', 'results', 'cert', 'tech', 'appeals', 'trust']
  await db
    .insertInto('queues')
    .values(queues.map((id, position) => ({ id: id as QueueId, names, position })))
    .execute()

  await db
    .insertInto('topics')
    .values(demoTopics().map((code) => ({ code, parent: null, level: 1, names })))
    .execute()

  const speaker = promptSpeaker({ folder, log })
  prompts = promptService({ db, speaker, log })
  // However long the voice takes on a busy machine: a draft waits for it here.
  flows = flowService({ db, log, prompts, clock: { now: Date.now, after: () => () => undefined } })
  app = await openHttp({
    log,
    staffOf: async (role) => ({ id: administrator, name: role, role: role as Role, signIn: role }),
    health: async () => ({}),
  })
  await app.register(flowRoutes(flows), { prefix: '/api' })
  await app.register(promptRoutes(prompts), { prefix: '/api' })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
  role: Role = 'administrator',
) =>
  app.inject({
    method,
    url: `/api${path}`,
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })

async function eventTypes(): Promise<string[]> {
  const rows = await database.db.selectFrom('events').select('type').orderBy('id').execute()
  return rows.map(({ type }) => type)
}

function upload(key: string, content: Uint8Array, role: Role = 'administrator') {
  const form = new FormData()
  form.append('recording', new Blob([new Uint8Array(content)]), '../../etc/passwd.wav')
  const request = new Request('http://test', { method: 'POST', body: form })
  return request.arrayBuffer().then((body) =>
    app.inject({
      method: 'POST',
      url: `/api/prompts/${key}/recording`,
      cookies: { javob: role },
      headers: { 'x-javob': '1', 'content-type': request.headers.get('content-type') ?? '' },
      payload: Buffer.from(body),
    }),
  )
}

const wavOfSeconds = (seconds: number) =>
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `sine=500:d=${seconds}`, '-f', 'wav', 'pipe:1'])

test('a flow is kept as a draft, spoken, published, and walked by the next call', async () => {
  const saved = await ask('PUT', '/flows/test/draft', { basedOn: null, body: small() })
  expect(saved.json()).toMatchObject({
    flow,
    version: 1,
    status: 'draft',
    problems: [],
    savedByName: 'Administrator',
  })
  expect(flows.flowNow(flow)).toBeUndefined()

  const basedOn = saved.json<{ savedAt: number }>().savedAt
  expect((await ask('POST', '/flows/test/draft/publish', { basedOn, from: null })).statusCode).toBe(200)
  expect(flows.flowNow(flow)).toEqual(small())
  expect((await eventTypes()).slice(-2)).toEqual(['flowSaved', 'flowPublished'])
})

test('a text is heard before it is in a flow, by the very sound that callers will hear', async () => {
  const say = { language: 'ru', text: 'Проба <b>голоса</b>.' } as const
  const row = (await ask('POST', '/prompts', say)).json<{ key: string; source: string; seconds: number }>()
  expect(row).toMatchObject({ ...say, key: promptKey(say), source: 'spoken' })
  const sound = await ask('GET', `/prompts/${row.key}/audio`)
  expect(sound.headers['content-type']).toBe('audio/wav')
  expect((await ask('POST', '/prompts', { ...say, text: 'а'.repeat(100_000) })).statusCode).toBe(400)
  expect((await ask('POST', '/prompts', { ...say, language: 'en' })).statusCode).toBe(400)
})

test('the demo flow has the shape of a flow and no problems', async () => {
  const saved = await ask('PUT', '/flows/demo/draft', { basedOn: null, body: demoFlow() })
  expect(saved.json()).toMatchObject({ problems: [] })
  expect((await ask('GET', '/flows/demo/1')).json<{ body: Flow }>().body).toEqual(demoFlow())
})

test.each(['agent', 'supervisor', 'editor'] as const)(
  'a member of staff who is %s changes neither flows nor prompts',
  async (role) => {
    expect((await ask('GET', '/flows', undefined, role)).statusCode).toBe(403)
    const draft = { basedOn: null, body: small() }
    expect((await ask('PUT', '/flows/test/draft', draft, role)).statusCode).toBe(403)
    expect(
      (await ask('POST', '/flows/test/draft/publish', { basedOn: 1, from: null }, role)).statusCode,
    ).toBe(403)
    expect((await ask('POST', '/flows/test/1/restore', { from: null }, role)).statusCode).toBe(403)
    expect((await ask('POST', '/prompts', { language: 'uz', text: 'a' }, role)).statusCode).toBe(403)
    expect((await ask('GET', '/prompts', undefined, role)).statusCode).toBe(403)
    expect((await upload('0'.repeat(32), wavOfSeconds(1), role)).statusCode).toBe(403)
  },
)

test('at start everything that can be said is spoken, with the fall-back for both languages', async () => {
  await prompts.prepareAll(demoFlow(), allWaitingTexts())
  const listed = await prompts.list()
  const keys = new Set(listed.map(({ key }) => key))
  for (const say of [...promptsOf(demoFlow()), ...allWaitingTexts()])
    expect(keys.has(promptKey(say)), say.text).toBe(true)
  expect(listed.every(({ seconds }) => seconds > 0.2)).toBe(true)
  expect(await secondsOf(fallbackPath(folder, 'uz'))).toBeGreaterThan(8)
  expect(await secondsOf(fallbackPath(folder, 'ru'))).toBeGreaterThan(8)

  const { mtimeMs: spokenAt } = await stat(fallbackPath(folder, 'uz'))
  await prompts.prepareAll(demoFlow(), allWaitingTexts())
  expect((await stat(fallbackPath(folder, 'uz'))).mtimeMs, 'nothing is spoken twice').toBe(spokenAt)
})

test('a recording replaces the voice at once, and can be taken back', async () => {
  const say = { language: 'uz', text: 'Bunday tanlov yoʻq.' } as const
  const key = promptKey(say)
  const before = await promptSpeaker({ folder, log }).promptFile(say.language, say.text)

  expect((await upload(key, wavOfSeconds(4))).statusCode).toBe(204)
  const after = await promptSpeaker({ folder, log }).promptFile(say.language, say.text)
  expect(after).not.toBe(before)
  expect(await secondsOf(`${after}.alaw`)).toBeCloseTo(4, 0)
  expect((await prompts.list()).find((row) => row.key === key)).toMatchObject({
    source: 'uploaded',
    madeByName: 'Administrator',
  })
  const sound = await ask('GET', `/prompts/${key}/audio`)
  expect(sound.headers['content-type']).toBe('audio/wav')
  expect(sound.rawPayload.length).toBe(44 + 2 * (await stat(`${after}.alaw`)).size)

  // A restart speaks nothing over it.
  await prompts.prepareAll(demoFlow())
  expect((await prompts.list()).find((row) => row.key === key)?.source).toBe('uploaded')

  expect((await ask('DELETE', `/prompts/${key}/recording`)).statusCode).toBe(204)
  expect(await promptSpeaker({ folder, log }).promptFile(say.language, say.text)).toBe(before)
  expect((await prompts.list()).find((row) => row.key === key)?.source).toBe('spoken')
  expect((await eventTypes()).slice(-2)).toEqual(['promptUploaded', 'promptReset'])
})

test('a recording of the fall-back is what is heard while the server is away', async () => {
  const key = promptKey(fallbackText(demoFlow(), 'ru'))
  await upload(key, wavOfSeconds(6))
  expect((await readFile(fallbackPath(folder, 'ru'))).length / ALAW_RATE).toBeCloseTo(6, 0)
  await ask('DELETE', `/prompts/${key}/recording`)
  expect((await readFile(fallbackPath(folder, 'ru'))).length / ALAW_RATE).toBeGreaterThan(8)
})

test('an upload that is no recording is refused with the reason and changes nothing', async () => {
  const key = promptKey({ language: 'uz', text: 'Bunday tanlov yoʻq.' })
  const events = await eventTypes()
  expect((await upload(key, Buffer.from('no sound'))).json()).toMatchObject({ code: 'badInput' })
  expect((await upload(key, Buffer.alloc(11 * 1024 * 1024))).json()).toMatchObject({ code: 'tooLarge' })
  expect((await upload('0'.repeat(32), wavOfSeconds(1))).json()).toMatchObject({ code: 'notFound' })
  expect((await ask('POST', `/prompts/${key}/recording`, { recording: 'text' })).json()).toMatchObject({
    code: 'badInput',
  })
  expect(await eventTypes()).toEqual(events)
})

test('without a voice the server starts, and speaks what is missing when it can', async () => {
  const path = process.env.PATH
  process.env.PATH = '/nonexistent'
  await prompts.prepareAll(small('Xayrli kun!'))
  process.env.PATH = path
  await prompts.prepareAll(small('Xayrli kun!'))
  expect((await prompts.list()).some(({ text }) => text === 'Xayrli kun!')).toBe(true)
})
