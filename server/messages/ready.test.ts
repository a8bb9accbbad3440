/** What agents send to whoever calls, over HTTP, with a gateway that answers as it is told to. */
import { randomUUID } from 'node:crypto'
import { runMigrations } from 'graphile-worker'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallMessages, ReadyMessageSettings } from '#contract/messages.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import type { SentSms } from './ports.ts'
import { readyMessageRoutes } from './ready-routes.ts'
import { messageService, readyMessageService, sentInCall } from './service.ts'

const log = pino({ level: 'silent' })
const NOW = Date.parse('2026-03-02T10:00:00+05:00')
const HOUR_MS = 3_600_000
const PORTAL = 'https://murojaat.uz'
const PORTAL_TEXT = `Murojaatni shu yerda yuborish va kuzatish mumkin: ${PORTAL}`

const { db, pool } = await testDatabase()
const gateway = { sent: [] as { to: string; text: string }[], answer: { outcome: 'accepted' } as SentSms }
const told: string[] = []
const world = { address: PORTAL as string | undefined, hasSender: true, now: NOW }
const ready = readyMessageService({
  db,
  log,
  address: async () => world.address,
  hasSender: async () => world.hasSender,
  now: () => world.now,
})
ready.onMoved((call) => told.push(call))
const messages = messageService({
  db,
  log,
  followCode: () => '',
  address: async () => undefined,
  told: async () => undefined,
  callMessageMoved: ready.moved,
  sender: async () => ({
    async send({ to, text }) {
      gateway.sent.push({ to, text })
      return gateway.answer
    },
  }),
})
const people: Record<string, AgentId> = {}
const partsOf = new Map<string, AgentId[]>()
const app = await openHttp({
  log,
  staffOf: async (login) => {
    const role: Role = login === 'admin' ? 'administrator' : 'agent'
    return { id: people[login] as AgentId, name: login, role, signIn: login }
  },
  health: async () => ({}),
})
await app.register(
  readyMessageRoutes(ready, async (call) => partsOf.get(call)),
  { prefix: '/api' },
)

beforeAll(async () => {
  await runMigrations({ pgPool: pool })
  for (const login of ['dilnoza', 'jasur', 'admin']) {
    const role: Role = login === 'admin' ? 'administrator' : 'agent'
    const { id } = await db
      .insertInto('staff_members')
      .values({ login, name: login, role, languages: [], password_hash: '-' })
      .returning('id')
      .executeTakeFirstOrThrow()
    people[login] = id as AgentId
  }
})
beforeEach(() => {
  Object.assign(gateway, { sent: [], answer: { outcome: 'accepted' } })
  Object.assign(world, { address: PORTAL, hasSender: true, now: NOW })
  told.length = 0
})
afterAll(() => app.close())

let phones = 0
const aPhone = () => `+99891${String(++phones).padStart(7, '0')}`

async function aCallOf(phone: string | null, part: { language?: 'uz' | 'ru'; endedAt?: number } = {}) {
  const id = randomUUID() as string as CallId
  const ended =
    part.endedAt === undefined ? {} : { ended_at: new Date(part.endedAt), ended_by: 'citizen' as const }
  await db
    .insertInto('calls')
    .values({
      ...{ id, node: 'n1', did: '1195', caller_raw: phone ?? '', caller_e164: phone },
      ...{ caller_confidence: phone ? 'high' : 'none', language: part.language ?? 'uz' },
      ...{ status: part.endedAt === undefined ? 'talking' : 'ended', arrived_at: new Date(NOW - HOUR_MS) },
      ...ended,
    })
    .execute()
  partsOf.set(id, [people.dilnoza as AgentId])
  return id
}

async function asked(login: string, url: string, payload?: object, method: 'POST' | 'PUT' = 'POST') {
  const answer = await app.inject({
    url: `/api${url}`,
    cookies: { javob: login },
    ...(payload && { method, headers: { 'x-javob': '1' }, payload }),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const listed = async (call: CallId) =>
  (await asked('dilnoza', `/calls/${call}/messages`)).body as CallMessages
const send = (call: CallId, { login = 'dilnoza', code = 'portal', text = PORTAL_TEXT } = {}) =>
  asked(login, `/calls/${call}/messages`, { code, text })

async function deliverAll(): Promise<void> {
  const waiting = await db.selectFrom('messages').select('id').where('status', '=', 'queued').execute()
  for (const { id } of waiting) await messages.send(id).catch(() => undefined)
}

test('a message goes to the number of the call, in its language, as it was seen, and its state is told', async () => {
  const phone = aPhone()
  const call = await aCallOf(phone)
  const before = await listed(call)
  expect(before).toMatchObject({ language: 'uz', whyNot: null, sent: [] })
  expect(before.offered).toMatchObject([
    { code: 'portal', written: { text: PORTAL_TEXT, parts: 1 }, wasSent: false },
  ])
  const { status, body } = await send(call)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    offered: [{ wasSent: true }],
    sent: [{ ready: 'portal', text: PORTAL_TEXT, status: 'queued', parts: null, byName: 'dilnoza' }],
  })
  await deliverAll()
  expect(gateway.sent).toEqual([{ to: phone, text: PORTAL_TEXT }])
  expect(await sentInCall(db, call)).toMatchObject([{ status: 'sent', parts: 1, text: PORTAL_TEXT }])
  expect(told, 'chosen and sent').toEqual([call, call])
  const events = await db.selectFrom('events').selectAll().where('call', '=', call).orderBy('id').execute()
  expect(events).toMatchObject([
    { type: 'readyMessageChosen', actor: people.dilnoza },
    { type: 'messageSent', actor: null },
  ])
  expect(JSON.stringify(events), 'the log is for ever').not.toContain(phone)
})

test('pressed five times at once it is sent once', async () => {
  const call = await aCallOf(aPhone())
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(call)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])
  await deliverAll()
  expect(gateway.sent).toHaveLength(1)
})

test('what the gateway refused has failed, and what nobody knows stays uncertain', async () => {
  const [failed, uncertain] = [await aCallOf(aPhone()), await aCallOf(aPhone())]
  gateway.answer = { outcome: 'refused', problem: 'not approved' }
  await send(failed)
  await deliverAll()
  gateway.answer = { outcome: 'unknown' }
  await send(uncertain)
  await deliverAll()
  expect((await listed(failed)).sent).toMatchObject([{ status: 'failed', text: PORTAL_TEXT }])
  expect((await listed(uncertain)).sent).toMatchObject([{ status: 'uncertain' }])
})

test('nobody sends anything in a call he had no part in', async () => {
  const call = await aCallOf(aPhone())
  expect((await send(call, { login: 'jasur' })).status).toBe(404)
  expect((await asked('jasur', `/calls/${call}/messages`)).status).toBe(404)
  expect((await send(call, { login: 'admin' })).status).toBe(403)
  expect((await send(randomUUID() as string as CallId)).status).toBe(404)
})

test('what the agent did not see does not go', async () => {
  const call = await aCallOf(aPhone())
  expect((await send(call, { text: 'Pul yuboring' })).body.code).toBe('changedMeanwhile')
  expect((await send(call, { code: 'other' })).status).toBe(404)
  world.address = undefined
  expect((await listed(call)).offered).toMatchObject([{ written: null }])
  expect((await send(call)).status).toBe(404)
})

test.each([
  ['a hidden number', async () => await aCallOf(null), 'numberHidden'],
  ['a foreign number', async () => await aCallOf('+79261234567'), 'numberNotAllowed'],
  ['a call of two days ago', async () => await aCallOf(aPhone(), { endedAt: NOW - 48 * HOUR_MS }), 'tooLate'],
])('%s gets none', async (_what, made, whyNot) => {
  const call = await made()
  expect((await listed(call)).whyNot).toBe(whyNot)
  expect((await send(call)).body.code).toBe('messageNotPossible')
})

test('without a sender none is taken', async () => {
  world.hasSender = false
  const call = await aCallOf(aPhone())
  expect((await listed(call)).whyNot).toBe('noSender')
  expect((await send(call)).body.code).toBe('messageNotPossible')
})

test('one number gets ten a day, however often it calls and however many send at once', async () => {
  const phone = aPhone()
  const calls = await Promise.all(Array.from({ length: 12 }, () => aCallOf(phone)))
  const answers = await Promise.all(calls.map((call) => send(call)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
})

test('an administrator writes the list; what is wrong is told by row, and nobody is overwritten', async () => {
  const { body: first } = await asked('admin', '/ready-messages')
  const { changedAt, messages: rows, portal } = first as ReadyMessageSettings
  expect({ changedAt, portal }).toEqual({ changedAt: null, portal: PORTAL })
  const results = {
    code: 'results',
    names: { uz: 'Natijalar', ru: 'Результаты' },
    texts: { uz: 'Natija: my.example.uz', ru: 'Результат: my.example.uz' },
    isOffered: true,
  }
  const save = (changed: object[], login = 'admin') =>
    asked(login, '/ready-messages', { basedOn: changedAt, messages: changed }, 'PUT')
  expect((await save(rows, 'dilnoza')).status).toBe(403)
  expect((await save([...rows, { ...results, code: '' }])).body).toMatchObject({
    code: 'settingsHaveProblems',
    problems: [{ row: '2', field: 'code', code: 'badCode' }],
  })
  const [portalRow] = rows
  expect((await save([{ ...portalRow, isOffered: false }, results])).status).toBe(200)
  expect((await save(rows)).body.code).toBe('changedMeanwhile')
  const call = await aCallOf(aPhone(), { language: 'ru' })
  expect((await listed(call)).offered).toMatchObject([
    { code: 'results', written: { text: 'Результат: my.example.uz', parts: 1 } },
  ])
  const event = await db
    .selectFrom('events')
    .selectAll()
    .where('type', '=', 'readyMessagesChanged')
    .executeTakeFirstOrThrow()
  expect(event.actor).toBe(people.admin)
})
