import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { AppealsQuery, RegisterAppeal } from '#contract/appeals.ts'
import type { AppealId, CallId, StaffId, TopicCode } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import type { Role } from '#core/staff/permissions.ts'
import { citizenService } from '../citizens/service.ts'
import type { Database } from '../database/schema.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { writeOrganisation } from '../organisation/service.ts'
import { failingPool } from './failing-pool.ts'
import { appealRoutes } from './routes.ts'
import { appealService } from './service.ts'

const { db, pool } = await testDatabase()
const log = pino({ level: 'silent' })
const SEED = 20_260_302
const MONDAY_MORNING = Date.parse('2026-03-02T10:00:00+05:00')
let now = MONDAY_MORNING
beforeEach(() => {
  now = MONDAY_MORNING
})

const organisation = {
  code: 'test',
  names: { uz: 'Agentlik', ru: 'Агентство' },
  appealPrefix: 'A',
  shortNumber: '1195',
}
await db.transaction().execute((trx) => writeOrganisation(trx, organisation))
const topic = '01' as TopicCode
await db
  .insertInto('topics')
  .values({
    code: topic,
    parent: null,
    level: 1,
    names: '{"uz":"a","ru":"b"}',
    default_kind: null,
  })
  .execute()
const dilnoza = await newStaff('dilnoza', 'agent')
const rustam = await newStaff('rustam', 'agent')
const saodat = await newStaff('saodat', 'supervisor')

const appeals = appealService({ db, log, now: () => now })

async function registered(form: RegisterAppeal, by = dilnoza) {
  return await appeals.card((await appeals.register(form, by)).id as AppealId, by)
}
const citizens = citizenService({ db })

async function newStaff(login: string, role: Role): Promise<{ id: StaffId; role: Role }> {
  const member = { login, name: login, role, languages: ['uz' as const], password_hash: '-' }
  const { id } = await db.insertInto('staff_members').values(member).returning('id').executeTakeFirstOrThrow()
  return { id, role }
}

async function newCall(agent: StaffId | null): Promise<CallId> {
  const id = randomUUID() as string as CallId
  await sql`insert into calls (id, node, did, caller_raw, caller_confidence, status, arrived_at, ended_at, agent)
    values (${id}, 'n1', '1195', '', 'none', 'ended', now(), now(), ${agent})`.execute(db)
  return id
}

function anAppeal(with_: Partial<RegisterAppeal> = {}): RegisterAppeal {
  return {
    requestKey: randomUUID(),
    kind: 'application',
    text: 'Ruxsatnomada xato bor',
    topic: null,
    call: null,
    citizen: { name: 'Gulnora Rahimova', number: '+998 90 123 45 67' },
    ...with_,
  }
}

const withdraw = (id: AppealId) =>
  appeals.move(
    id,
    { requestKey: randomUUID(), action: 'withdraw', version: 1, details: { reason: 'Fuqaro qaytarib oldi' } },
    dilnoza,
  )

const listed = (query: Partial<AppealsQuery>, by = dilnoza) =>
  appeals.list({ list: 'all', limit: 50, ...query }, by)

const sequences = async (year: number) =>
  (
    await db.selectFrom('appeals').select('sequence').where('year', '=', year).orderBy('sequence').execute()
  ).map((row) => row.sequence)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('an appeal gets its number, its day and its due day by law, and the event in the same transaction', async () => {
  const card = await registered(anAppeal({ topic }))
  expect(card).toMatchObject({
    number: expect.stringMatching(/^A-2026-00000\d$/),
    status: 'registered',
    registeredOn: '2026-03-02',
    dueOn: '2026-03-17',
    receivedAt: MONDAY_MORNING,
    registeredByName: 'dilnoza',
    citizen: { name: 'Gulnora Rahimova', numbers: ['+998 90 123 45 67'] },
    timeline: [{ type: 'appealRegistered', actorName: 'dilnoza' }],
  })
  expect(card.dueSteps.map(({ text, article }) => `${text} ${article}`)).toEqual([
    'receivedInTime OʻRQ-445, 23-modda',
    'dayZero OʻRQ-445, 23-modda',
    'fifteenDays OʻRQ-445, 28-modda',
  ])
  const [event] = await db.selectFrom('events').selectAll().where('type', '=', 'appealRegistered').execute()
  expect(JSON.stringify(event?.body)).not.toMatch(/Rahimova|xato/)
})

test('what comes after hours is registered on the next working day; a proposal has a month', async () => {
  now = Date.parse('2026-03-06T19:00:00+05:00')
  const card = await appeals.register(anAppeal({ kind: 'proposal' }), dilnoza)
  expect([card.registeredOn, card.dueOn]).toEqual(['2026-03-10', '2026-04-10'])
})

test('each year counts from one', async () => {
  now = Date.parse('2027-05-31T10:00:00+05:00')
  expect((await appeals.register(anAppeal(), dilnoza)).number).toBe('A-2027-000001')
  now = Date.parse('2029-12-31T20:00:00+05:00')
  expect(
    (await appeals.register(anAppeal(), dilnoza)).number,
    'after hours of the last day it is the next year',
  ).toBe('A-2030-000001')
  now = Date.parse('2027-06-01T10:00:00+05:00')
  expect((await appeals.register(anAppeal(), dilnoza)).number).toBe('A-2027-000002')
})

test('two hundred registrations of eight people, a part of them failing anywhere, leave no gap and no double', async () => {
  now = Date.parse('2031-03-03T10:00:00+05:00')
  const failing = failingPool(pool, SEED, 0.02)
  const shaky = appealService({
    db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: failing.pool }) }),
    log,
    now: () => now,
  })
  const random = seededRandom(SEED)
  const left = Array.from({ length: 200 }, (_, n) => n)
  const told: { key: string; number: string }[] = []
  const registerOne = async (n: number) => {
    const form = anAppeal({
      citizen: { name: `Citizen ${String.fromCharCode(97 + (n % 26))}`, number: `90123450${n % 9}` },
    })
    // As a browser does: the same form again, unless its user has given up.
    for (let attempt = 0; attempt < 10; attempt++) {
      const appeal = await shaky.register(form, dilnoza).catch(() => undefined)
      if (appeal) return void told.push({ key: form.requestKey, number: appeal.number })
      if (random() < 0.3) return
    }
  }
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let n = left.pop(); n !== undefined; n = left.pop()) await registerOne(n)
    }),
  )
  expect(failing.failures()).toBeGreaterThan(10)
  const kept = await db
    .selectFrom('appeals')
    .select(['number', 'request_key', 'sequence'])
    .where('year', '=', 2031)
    .execute()
  expect(told.length).toBeGreaterThan(100)
  const numberOf = new Map(kept.map((row) => [row.request_key, row.number]))
  expect(told.filter(({ key, number }) => numberOf.get(key) !== number)).toEqual([])
  expect(kept.map((row) => row.sequence).toSorted((a, b) => a - b)).toEqual(upTo(kept.length))
  const events = await db
    .selectFrom('events')
    .select('appeal')
    .where('type', '=', 'appealRegistered')
    .execute()
  const all = await db.selectFrom('appeals').select('id').execute()
  expect(events.map((event) => event.appeal as string).sort(), 'one event for each').toEqual(
    all.map((row) => row.id as string).sort(),
  )
})

test('a form sent twice, or twenty times at once, registers once', async () => {
  now = Date.parse('2033-03-01T10:00:00+05:00')
  const form = anAppeal()
  const cards = await Promise.all(Array.from({ length: 20 }, () => appeals.register(form, dilnoza)))
  expect(new Set(cards.map((card) => card.number))).toEqual(new Set(['A-2033-000001']))
  expect(await appeals.register({ ...form, text: 'other words' }, dilnoza)).toEqual(cards[0])
  await appeals.register(anAppeal(), dilnoza)
  expect(await sequences(2033)).toEqual([1, 2])
})

test('nobody sees a number before it is committed', async () => {
  now = Date.parse('2034-03-01T10:00:00+05:00')
  const changed: string[] = []
  const telling = appealService({ db, log, now: () => now, changed: (id) => void changed.push(id) })
  const blocker = await pool.connect()
  await blocker.query('begin')
  // The last thing a registration does is its event; it waits there.
  await blocker.query('lock table events in access exclusive mode')
  const registering = telling.register(anAppeal(), dilnoza)
  const waits = async () =>
    (
      await pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%"events"%'`,
      )
    ).rowCount
  await expect.poll(waits).toBe(1)
  expect([await sequences(2034), changed]).toEqual([[], []])
  await blocker.query('commit')
  blocker.release()
  const card = await registering
  expect([card.number, changed]).toEqual(['A-2034-000001', [card.id]])
})

test('an agent registers for his own call, a supervisor for any, and nobody for one that is not', async () => {
  const call = await newCall(dilnoza.id)
  expect((await registered(anAppeal({ call }))).call?.id).toBe(call)
  await expect(appeals.register(anAppeal({ call }), rustam)).rejects.toMatchObject({ code: 'notAllowed' })
  expect((await registered(anAppeal({ call }), saodat)).call?.id).toBe(call)
  await expect(appeals.register(anAppeal({ call: randomUUID() }), saodat)).rejects.toMatchObject({
    code: 'notFound',
  })
})

test.each([
  ['a topic there is not', { topic: '99' }, 'badInput'],
  ['a citizen there is not', { citizen: { id: '00000000-0000-4000-8000-000000000000' } }, 'notFound'],
  ['a number that is none', { citizen: { name: 'Ali Valiyev', number: '12-ab' } }, 'badInput'],
  ['a name without letters', { citizen: { name: '——' } }, 'badInput'],
  ['a text of nothing', { text: '\0' }, 'badInput'],
] as const)('%s is refused, and leaves nothing behind', async (_what, part, code) => {
  const count = async () => (await db.selectFrom('citizens').select('id').execute()).length
  const before = await count()
  await expect(appeals.register(anAppeal(part as Partial<RegisterAppeal>), dilnoza)).rejects.toMatchObject({
    code,
  })
  expect(await count()).toBe(before)
})

test('hostile text is kept as text', async () => {
  const text = `"'; drop table appeals; -- <script>alert(1)</script>\r\n../../etc \u202e \u{1f600} \ud800 \0 end`
  const { id } = await appeals.register(
    anAppeal({ text, citizen: { name: `Robert'); drop table citizens;--\u202e <b>` } }),
    dilnoza,
  )
  const card = await appeals.card(id as AppealId, dilnoza)
  expect(card.text).toContain(`"'; drop table appeals; -- <script>alert(1)</script>\r\n../../etc`)
  expect(card.text.endsWith('end')).toBe(true)
  expect(card.citizen.name).toContain('drop table citizens')
})

test('a citizen is the same by name and number together, in either script; the number alone is nobody', async () => {
  const register = async (name: string, number?: string) =>
    (await registered(anAppeal({ citizen: { name, ...(number && { number }) } }))).citizen.id
  const first = await register("G'afurova Nargiza", '+998935554433')
  expect(await register('Ғафурова Наргиза', '93 555 44 33')).toBe(first)
  expect(await register('Gʻafurov Anvar', '935554433')).not.toBe(first)
  expect(await register('Gʻafurova Nargiza')).not.toBe(first)
  expect(
    (await citizens.callersOf('+998935554433')).candidates
      .map(({ name, openAppeals }) => `${name} ${openAppeals}`)
      .sort(),
  ).toEqual(['Gʻafurov Anvar 1', 'Gʻafurova Nargiza 2'])
})

test('many forms of one new citizen at once make one citizen', async () => {
  const citizen = { name: 'Yangi Fuqaro', number: '+998901112233' }
  await Promise.all(Array.from({ length: 12 }, () => appeals.register(anAppeal({ citizen }), dilnoza)))
  expect((await citizens.callersOf('+998901112233')).candidates).toMatchObject([
    { name: 'Yangi Fuqaro', openAppeals: 12, calls: 0, standing: 'claimed' },
  ])
})

test.each([
  ['gafurova', 'Latin without the apostrophe'],
  ["G'AFUROVA nar", 'with it, and a part of the first name'],
  ['наргиза ғафурова', 'Cyrillic, the other way round'],
  ['5554433', 'a part of the number'],
  ['+998 93 555', 'the beginning of it'],
])('the search for "%s" finds her: %s', async (text) => {
  expect((await citizens.search({ search: text, limit: 30 })).map(({ name }) => name)).toContain(
    'Gʻafurova Nargiza',
  )
})

test.each(['%', '_', '——', "' or 1=1", 'hech kim'])('the search for "%s" finds nobody', async (text) => {
  expect(await citizens.search({ search: text, limit: 30 })).toEqual([])
})

test('appeals are listed newest first and page by page, and found by number and by citizen', async () => {
  const all = await listed({ limit: 200 })
  const first = await listed({ limit: 7 })
  const second = await listed({ limit: 7, before: first.at(-1)?.id })
  expect([...first, ...second]).toEqual(all.slice(0, 14))
  expect((await listed({ search: 'a 2027 2', limit: 50 })).map(({ number }) => number)).toEqual([
    'A-2027-000002',
  ])
  expect((await listed({ search: '2027-', limit: 50 })).map(({ number }) => number)).toEqual([
    'A-2027-000002',
    'A-2027-000001',
  ])
  const hers = await listed({ search: 'ғафурова', limit: 50 })
  expect(new Set(hers.map(({ citizenName }) => citizenName))).toEqual(new Set(['Gʻafurova Nargiza']))
  expect(await listed({ search: '%', limit: 50 })).toEqual([])
})

test('by due day the most urgent come first, and only those still owed a reply', async () => {
  const due = await listed({ dueBy: '2026-04-10', limit: 200 })
  const days = due.map(({ dueOn }) => dueOn ?? '')
  expect(days).toEqual(days.toSorted())
  expect(days.at(-1)).toBe('2026-04-10')
  const [first] = due
  await withdraw(first?.id as AppealId)
  expect((await listed({ dueBy: '2026-04-10', limit: 200 })).map(({ id }) => id)).not.toContain(first?.id)
  const page = await listed({ dueBy: '2026-04-10', limit: 3 })
  expect((await listed({ dueBy: '2026-04-10', limit: 3, before: page[1]?.id }))[0]).toEqual(page[2])
})

test('over HTTP: an agent registers and reads, an administrator may do neither', async () => {
  const app = await openHttp({
    log,
    staffOf: async (token) => ({
      ...(token === 'agent' ? dilnoza : { id: saodat.id, role: 'administrator' as const }),
      name: '',
      signIn: '',
    }),
    health: async () => ({}),
  })
  await app.register(appealRoutes(appeals), { prefix: '/api' })
  const post = (who: string, payload: object) =>
    app.inject({
      method: 'POST',
      url: '/api/appeals',
      headers: { 'x-javob': '1' },
      cookies: { javob: who },
      payload,
    })
  const made = await post('agent', anAppeal())
  expect(made.statusCode).toBe(201)
  expect(
    (await app.inject({ url: `/api/appeals/${made.json().id}`, cookies: { javob: 'agent' } })).json(),
  ).toMatchObject(made.json())
  expect(
    (await app.inject({ url: '/api/appeals?limit=1', cookies: { javob: 'agent' } })).json(),
  ).toHaveLength(1)
  expect((await app.inject({ url: '/api/appeals', cookies: { javob: 'administrator' } })).statusCode).toBe(
    403,
  )
  expect((await post('administrator', anAppeal())).statusCode).toBe(403)
  expect((await post('agent', { ...anAppeal(), kind: 'plea' })).json()).toMatchObject({
    code: 'badInput',
    detail: expect.stringContaining('body.kind'),
  })
  expect((await app.inject({ url: '/api/appeals/1', cookies: { javob: 'agent' } })).statusCode).toBe(400)
  for (const day of ['2026-02-30', '2026-13-01', '0000-01-01'])
    expect(
      (await app.inject({ url: `/api/appeals?registeredFrom=${day}`, cookies: { javob: 'agent' } }))
        .statusCode,
      'a day that there is not',
    ).toBe(400)
})
