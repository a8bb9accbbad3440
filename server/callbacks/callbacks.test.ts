import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { CallbackSettings } from '#contract/callbacks.ts'
import type { CallbackId, CallId, OfferId, QueueId, StaffId, TrunkId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { record } from '../database/event-log.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import type { CallbackEvent, PromisedCallback } from './events.ts'
import type { OpenCallback } from './ports.ts'
import { callbackRoutes } from './routes.ts'
import { callbackService, writeCallback } from './service.ts'

const { db } = await testDatabase()
const ALI = '+998901234567'
/** Noon in Tashkent. */
const NOON = Date.UTC(2026, 10, 23, 7)
const HOUR_MS = 3_600_000
type Rules = CallbackSettings['rules']

const [dilnoza, saodat] = await Promise.all(
  (['agent', 'supervisor'] as const).map(async (role) => {
    const person = { login: role, name: role, role, languages: [], password_hash: '-' }
    const { id } = await db
      .insertInto('staff_members')
      .values(person)
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }),
)

beforeEach(async () => {
  await db.deleteFrom('offers').execute()
  await db.deleteFrom('callbacks').execute()
})

/** One run of a server: what it appends is written to the rows at once. */
async function run(startedAt = NOON) {
  let now = startedAt
  const alarms: string[] = []
  const inLine = new Set<CallbackId>()
  const onTheLine = new Set<CallId>()
  const written: Promise<void>[] = []
  let last: Promise<unknown> = Promise.resolve()
  const append = (event: CallbackEvent) => {
    const at = new Date(now)
    last = last.then(() =>
      db.transaction().execute(async (trx) => {
        await record(trx, event)
        await writeCallback(trx, event, at)
      }),
    )
    written.push(last as Promise<void>)
  }
  const service = callbackService({
    db,
    log: pino({ level: 'silent' }),
    clock: { now: () => now, after: () => () => undefined },
    append,
    mayDial: (number) => number.startsWith('+998'),
    alarm: async (kind, subject) => void alarms.push(`${kind} ${subject}`),
  })
  service.book.attach({
    join: ({ id }: OpenCallback) => void inLine.add(id),
    leave: ({ id }: OpenCallback) => void inLine.delete(id),
    positionOf: (id) => (inLine.has(id) ? [...inLine].indexOf(id) + 1 : undefined),
    isStillOn: (call) => onTheLine.has(call),
  })
  await service.load()
  return {
    service,
    book: service.book,
    inLine,
    onTheLine,
    alarms,
    written: () => Promise.all(written),
    advance: (ms: number) => void (now += ms),
  }
}

async function aCall(): Promise<CallId> {
  const id = randomUUID() as string as CallId
  const facts = { node: 'n1', did: '1195', caller_raw: ALI, caller_confidence: 'high' as const }
  const ended = { status: 'ended' as const, arrived_at: new Date(NOON), ended_at: new Date(NOON) }
  await db
    .insertInto('calls')
    .values({ id, ...facts, ...ended })
    .execute()
  return id
}

async function promised(number = ALI): Promise<PromisedCallback> {
  return {
    call: await aCall(),
    trunk: 'demo' as TrunkId,
    did: '1195',
    number,
    queue: 'results' as QueueId,
    language: 'ru',
    since: NOON - 300_000,
    priority: 1,
    reason: 'asked',
  }
}

const rowOf = (id: CallbackId) =>
  db.selectFrom('callbacks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('a promise and each of its moves are rows and events', async () => {
  const t = await run()
  const { id } = t.book.promise(await promised())
  t.book.offered(id, { agent: dilnoza as StaffId, offer: 'o1' as OfferId })
  t.book.dialled(id, dilnoza as StaffId)
  t.book.notReached(id, 'busy')
  await t.written()
  expect(await rowOf(id)).toMatchObject({
    number: ALI,
    queue: 'results',
    language: 'ru',
    priority: 1,
    since: new Date(NOON - 300_000),
    status: 'waiting',
    attempts: 1,
    cause: 'busy',
    due_at: new Date(NOON + 15 * 60_000),
    expires_at: new Date(NOON + 24 * HOUR_MS),
    ended_at: null,
  })
  const offers = await db.selectFrom('offers').select(['id', 'agent', 'ended_at']).execute()
  expect(offers).toEqual([{ id: 'o1', agent: dilnoza, ended_at: null }])
  const events = await db.selectFrom('events').select('type').orderBy('id').execute()
  expect(events.map(({ type }) => type)).toEqual([
    'callbackPromised',
    'callbackMoved',
    'callbackOffered',
    'callbackMoved',
    'callbackMoved',
  ])
})

test('after a restart callbacks are in line again at their places; what was under way is settled', async () => {
  const before = await run()
  const [waiting, offered, dialling, talking, over] = (await Promise.all(
    ['1', '2', '3', '4', '5'].map(async (n) => before.book.promise(await promised(`+99890123456${n}`)).id),
  )) as [CallbackId, CallbackId, CallbackId, CallbackId, CallbackId]
  const agent = dilnoza as StaffId
  for (const id of [offered, dialling, talking, over])
    before.book.offered(id, { agent, offer: `o ${id}` as OfferId })
  for (const id of [dialling, talking, over]) before.book.dialled(id, agent)
  for (const id of [talking, over]) before.book.reached(id)
  await before.written()

  const after = await run(NOON + 60_000)
  expect(after.inLine.size).toBe(0)
  after.book.settle((id) => id === talking)
  await after.written()
  expect([...after.inLine].sort()).toEqual([waiting, offered, dialling].sort())
  expect(after.book.get(dialling)).toMatchObject({ status: 'waiting', attempts: 1, since: NOON - 300_000 })
  expect(after.book.get(talking)?.status).toBe('connected')
  expect(await rowOf(over)).toMatchObject({ status: 'done' })

  after.book.settle(() => false)
  expect(after.book.get(talking)?.status, 'only what was left behind is settled').toBe('connected')
})

test('a restart forgets neither whom we owe a call nor how often he was promised one today', async () => {
  const before = await run()
  for (let n = 0; n < 3; n++) {
    const { id } = before.book.promise(await promised())
    if (n < 2) before.book.cancel(id, { cause: 'spokeMeanwhile' })
  }
  await before.written()
  const after = await run(NOON + HOUR_MS)
  expect(after.book.judge(ALI)).toBe('promisedBefore')
  after.book.spoke(ALI)
  await after.written()
  expect((await run(NOON + HOUR_MS)).book.judge(ALI)).toBe('calledEnough')
  expect((await run(NOON + 13 * HOUR_MS)).book.judge(ALI), 'the next day').toBe('callable')
  expect(after.book.judge('+79161234567')).toBe('notAllowed')
})

test('a promise whose time went by while the server was away has expired, and is an alarm', async () => {
  const before = await run()
  const { id, call } = before.book.promise(await promised())
  await before.written()
  const after = await run(NOON + 25 * HOUR_MS)
  after.book.settle(() => false)
  await after.written()
  expect(await rowOf(id)).toMatchObject({ status: 'expired' })
  expect(after.alarms).toEqual([`callbackExpired ${call}`])
})

test('supervisors see who is to be called and at which place, and then what became of others', async () => {
  const t = await run()
  const first = t.book.promise(await promised())
  const second = t.book.promise({ ...(await promised('+998901234568')), since: NOON - 900_000 })
  t.book.cancel(first.id, { by: saodat as StaffId })
  t.advance(15_000)
  await t.written()
  const after = await run(NOON + 15_000)
  after.book.settle(() => false)
  expect(await after.service.list()).toMatchObject([
    { id: second.id, number: '+998 90 123 45 68', status: 'waiting', place: 1, endedAt: null },
    { id: first.id, status: 'cancelled', place: null, cancelledByName: 'supervisor' },
  ])
})

test('only a callback that waits can be cancelled', async () => {
  const t = await run()
  const by = saodat as StaffId
  const { id } = t.book.promise(await promised())
  t.book.offered(id, { agent: dilnoza as StaffId, offer: 'o1' as OfferId })
  t.book.dialled(id, dilnoza as StaffId)
  expect(() => t.service.cancel(id, by)).toThrow(expect.objectContaining({ code: 'wrongStatus' }))
  t.book.notReached(id, 'noAnswer')
  t.service.cancel(id, by)
  expect(() => t.service.cancel(id, by)).toThrow(expect.objectContaining({ code: 'notFound' }))
  await t.written()
  expect(await rowOf(id)).toMatchObject({ status: 'cancelled', cancelled_by: saodat })
})

test('settings that change hold at once, also for who waits for the end of the night, and are kept', async () => {
  const night = Date.UTC(2026, 10, 23, 18)
  const t = await run(night)
  t.book.promise(await promised())
  t.advance(60_000)
  expect(t.inLine.size).toBe(0)
  const never = { fromMinute: 0, toMinute: 0 }
  const { changedAt: basedOn, value } = t.service.keptSettings()
  const rules: Rules = { ...value, queuesWithout: [], quiet: never, attemptsMax: 1 }
  await t.service.changeSettings({ basedOn, rules }, saodat as StaffId)
  expect(t.inLine.size).toBe(1)
  await t.written()
  const after = (await run(night)).service
  expect(after.keptSettings().value).toMatchObject({ quiet: never, attemptsMax: 1, expiresAfterHours: 24 })
  const event = await db
    .selectFrom('events')
    .selectAll()
    .where('type', '=', 'callbackSettingsChanged')
    .executeTakeFirstOrThrow()
  expect(event).toMatchObject({ actor: saodat, body: { rules: { attemptsMax: 1 } } })

  await expect(after.changeSettings({ basedOn, rules }, saodat as StaffId)).rejects.toMatchObject({
    code: 'changedMeanwhile',
  })
  const wrong: Rules = { ...rules, attemptsMax: 11, queuesWithout: ['nowhere' as QueueId] }
  const seen = after.keptSettings().changedAt
  await expect(
    after.changeSettings({ basedOn: seen, rules: wrong }, saodat as StaffId),
  ).rejects.toMatchObject({
    problems: [
      { field: 'attemptsMax', code: 'outOfRange' },
      { field: 'queuesWithout', code: 'unknown', params: { value: 'nowhere' } },
    ],
  })
  expect(after.keptSettings().value).toMatchObject({ attemptsMax: 1 })
})

test('an administrator reads and changes them, and nobody else', async () => {
  const { service } = await run()
  const app = await openHttp({
    log: pino({ level: 'silent' }),
    staffOf: async (role) => ({ id: saodat as StaffId, name: role, role: role as Role, signIn: role }),
    health: async () => ({}),
  })
  await app.register(callbackRoutes(service), { prefix: '/api' })
  const ask = (role: Role, payload?: object) =>
    app.inject({
      method: payload ? 'PUT' : 'GET',
      url: '/api/callback-settings',
      cookies: { javob: role },
      headers: { 'x-javob': '1' },
      ...(payload && { payload }),
    })
  await db
    .insertInto('queues')
    .values({ id: 'quietly' as QueueId, names: '{}', position: 90 })
    .execute()
  expect((await ask('supervisor')).statusCode).toBe(403)
  const { changedAt: basedOn, rules } = (await ask('administrator')).json<CallbackSettings>()
  const changed = { ...rules, queuesWithout: ['quietly'] }
  expect((await ask('administrator', { basedOn, rules: changed })).json()).toMatchObject({ rules: changed })
  expect((await ask('administrator')).json()).toMatchObject({ rules: changed })
  expect((await ask('administrator', { basedOn, rules })).json()).toMatchObject({ code: 'changedMeanwhile' })
  expect((await ask('administrator', { basedOn, rules: { ...rules, secretly: 1 } })).statusCode).toBe(400)
  await app.close()
})

test('a citizen whom we lost is owed a call, unless his number is not one that we call', async () => {
  const t = await run()
  const { reason, ...lost } = await promised()
  expect(reason).toBe('asked')
  expect(t.service.callBackAfterLoss(lost)).toBe('callable')
  expect(t.service.callBackAfterLoss(lost)).toBe('promisedBefore')
  expect(t.service.callBackAfterLoss({ ...lost, number: '+79161234567' })).toBe('notAllowed')
  await t.written()
  expect(await t.service.list()).toMatchObject([{ reason: 'lost', number: '+998 90 123 45 67' }])
})

test('what an agent promised for a moment is due then, is his alone to take, and outlives a restart and another talk', async () => {
  const t = await run()
  const at = NOON + 20 * HOUR_MS
  const mine = { by: dilnoza as StaffId, only: dilnoza as StaffId, reason: 'promised' as const }
  const { id, call } = t.book.promise({ ...(await promised()), ...mine, since: at }, at)
  await t.written()
  expect(await rowOf(id)).toMatchObject({
    reason: 'promised',
    promised_by: dilnoza,
    meant_for: dilnoza,
    due_at: new Date(at),
    expires_at: new Date(at + 24 * HOUR_MS),
  })
  const after = await run(NOON + HOUR_MS)
  after.book.settle(() => false)
  after.book.spoke(ALI)
  expect(after.book.get(id)).toMatchObject({ status: 'waiting', only: dilnoza, dueAt: at })
  expect(after.inLine.size, 'not before its moment').toBe(0)
  const then = await run(at)
  then.book.settle(() => false)
  expect([...then.inLine]).toEqual([id])
  expect(await then.service.ofCall(call)).toMatchObject([
    { promisedByName: 'agent', meantForName: 'agent', place: 1 },
  ])
})

test('nobody is called who is still on the line in which he was promised it', async () => {
  const t = await run()
  const given = await promised()
  t.onTheLine.add(given.call)
  const saveAgain = () => {
    const { changedAt: basedOn, value } = t.service.keptSettings()
    const rules: Rules = { ...value, queuesWithout: [...value.queuesWithout] }
    return t.service.changeSettings({ basedOn, rules }, saodat as StaffId)
  }
  const { id } = t.book.promise({ ...given, by: dilnoza as StaffId, reason: 'promised' })
  t.advance(60_000)
  t.book.settle(() => false)
  await saveAgain()
  expect(t.inLine.has(id)).toBe(false)
  t.onTheLine.clear()
  await saveAgain()
  expect(t.inLine.has(id)).toBe(true)
})
