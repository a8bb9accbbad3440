/** Callbacks that agents promise, over HTTP, with the real book of callbacks and real rows. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallbackOptions } from '#contract/callbacks.ts'
import type { AgentId, CallId, QueueId, TrunkId } from '#core/lib/ids.ts'
import { writeCallback, callbackService } from '../callbacks/service.ts'
import { record } from '../database/event-log.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { promiseRoutes } from './promise-routes.ts'
import { Promises } from './promises.ts'

const NOON = Date.parse('2026-03-02T12:00:00+05:00')
const HOUR_MS = 3_600_000
const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const clock = { now: () => NOON, after: () => () => undefined }
const waysOut = new Set(['demo'])
const people: Record<string, AgentId> = {}
const agentsOf = new Map<string, AgentId[]>()
let written: Promise<unknown> = Promise.resolve()

const callbacks = callbackService({
  db,
  log,
  clock,
  // As the journal writes it, one after the other.
  append(event) {
    written = written.then(() =>
      db.transaction().execute(async (trx) => {
        await record(trx, event)
        await writeCallback(trx, event, new Date(NOON))
      }),
    )
  },
  mayDial: (number) => number.startsWith('+998'),
  alarm: async () => undefined,
})
const promises = new Promises({ db, clock, callbacks, hasWayOut: (trunk) => waysOut.has(trunk) })
const app = await openHttp({
  log,
  staffOf: async (login) => ({ id: people[login] as AgentId, name: login, role: 'agent', signIn: login }),
  health: async () => ({}),
})
const agentsOfCall = async (call: CallId) => agentsOf.get(call)
await app.register(promiseRoutes({ promises, agentsOfCall }), { prefix: '/api' })
afterAll(() => app.close())

beforeAll(async () => {
  for (const login of ['dilnoza', 'jasur']) {
    const { id } = await db
      .insertInto('staff_members')
      .values({ login, name: login, role: 'agent', languages: [], password_hash: '-' })
      .returning('id')
      .executeTakeFirstOrThrow()
    people[login] = id as AgentId
  }
})

let phones = 0
const aPhone = () => `+99891${String(++phones).padStart(7, '0')}`

async function aCall(part: { number?: string | null; queue?: string | null; trunk?: string } = {}) {
  const { number = aPhone(), queue = 'results', trunk = 'demo' } = part
  const id = randomUUID() as string as CallId
  await db
    .insertInto('calls')
    .values({
      ...{ id, node: 'n1', did: '1195', caller_raw: number ?? '', caller_e164: number },
      ...{ caller_confidence: number ? 'high' : 'none', status: 'talking', language: 'ru' },
      ...{ arrived_at: new Date(NOON), queue: queue as QueueId | null, trunk: trunk as TrunkId },
    })
    .execute()
  agentsOf.set(id, [people.dilnoza as AgentId])
  return id
}

const promised = async (call: CallId, payload: object, login = 'dilnoza') => {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/calls/${call}/callback`,
    cookies: { javob: login },
    headers: { 'x-javob': '1' },
    payload,
  })
  await written
  return answer
}
const options = async (call: CallId, login = 'dilnoza') =>
  (
    await app.inject({ url: `/api/calls/${call}/callback`, cookies: { javob: login } })
  ).json<CallbackOptions>()

test('a call is promised to the queue as soon as this one is over', async () => {
  const call = await aCall()
  expect(await options(call)).toMatchObject({ whyNot: null, isQuietNow: false, promised: [] })
  expect((await promised(call, { to: 'queue', at: null })).statusCode).toBe(204)
  const now = await options(call)
  expect(now).toMatchObject({ whyNot: 'promisedBefore' })
  expect(now.promised).toMatchObject([
    { status: 'waiting', reason: 'promised', language: 'ru', promisedByName: 'dilnoza', meantForName: null },
  ])
  const event = await db
    .selectFrom('events')
    .selectAll()
    .where('call', '=', call)
    .where('type', '=', 'callbackPromised')
    .executeTakeFirstOrThrow()
  expect(event.actor).toBe(people.dilnoza)
})

test('an agent promises it for herself and for a moment', async () => {
  const call = await aCall()
  const at = NOON + 22 * HOUR_MS
  expect((await promised(call, { to: 'me', at })).statusCode).toBe(204)
  expect((await options(call)).promised).toMatchObject([{ dueAt: at, since: at, meantForName: 'dilnoza' }])
})

test('promised five times at once it is owed once', async () => {
  const call = await aCall()
  const asked = Array.from({ length: 5 }, () => promised(call, { to: 'queue', at: null }))
  const answers = await Promise.all(asked)
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
    204, 409, 409, 409, 409,
  ])
  expect((await options(call)).promised).toHaveLength(1)
})

test.each([
  ['a hidden number', { number: null }, 'numberHidden'],
  ['a foreign number', { number: '+79261234567' }, 'notAllowed'],
  ['a call that came to no queue', { queue: null }, 'noQueue'],
  ['a call by a trunk without a way out', { trunk: 'other' }, 'noWayOut'],
])('%s is promised nothing', async (_what, part, whyNot) => {
  const call = await aCall(part)
  expect((await options(call)).whyNot).toBe(whyNot)
  expect((await promised(call, { to: 'queue', at: null })).json()).toMatchObject({
    code: 'callbackNotPossible',
  })
})

test.each([
  ['in the night', NOON + 10 * HOUR_MS],
  ['in the past', NOON - HOUR_MS],
  ['in two weeks', NOON + 14 * 24 * HOUR_MS],
])('nothing is promised %s', async (_when, at) => {
  const call = await aCall()
  expect((await promised(call, { to: 'me', at })).statusCode).toBe(409)
  expect((await options(call)).promised).toEqual([])
})

test('what is no moment, or names a number, is bad input', async () => {
  const call = await aCall()
  expect((await promised(call, { to: 'me', at: 'soon' })).statusCode).toBe(400)
  expect((await promised(call, { to: 'me', at: null, number: '+998900000000' })).statusCode).toBe(400)
})

test('nobody promises anything in a call he had no part in', async () => {
  const call = await aCall()
  expect((await promised(call, { to: 'queue', at: null }, 'jasur')).statusCode).toBe(404)
  expect(await options(call, 'jasur')).toMatchObject({ code: 'notFound' })
})
