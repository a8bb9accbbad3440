import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { signInAttempts } from './attempts.ts'
import type { SignedOut } from './events.ts'
import { FRESH_MS, WITHOUT_DATABASE_MS } from './known-sign-ins.ts'
import { staffRoutes } from './routes.ts'
import { addStaffMember, staffService, withHashedPasswords } from './service.ts'

const HOUR_MS = 3_600_000
const PASSWORD = 'qizil olma 7'
const { db, pool } = await testDatabase()
const log = pino({ level: 'silent' })
let now = Date.parse('2026-03-02T09:00:00Z')

await db
  .insertInto('queues')
  .values([
    { id: 'admission' as QueueId, names: JSON.stringify({ uz: 'Qabul', ru: 'Приём' }), position: 1 },
    { id: 'tech' as QueueId, names: JSON.stringify({ uz: 'Texnik', ru: 'Техника' }), position: 2 },
  ])
  .execute()
const dilnoza = await newAgent('dilnoza')

let service: ReturnType<typeof staffService>
let app: Awaited<ReturnType<typeof openHttp>>
beforeEach(async () => {
  service = staffService({
    db,
    log,
    now: () => now,
    attempts: signInAttempts({ byLoginAndAddress: 3, byAddress: 6 }),
  })
  app = await openHttp({ log, staffOf: service.staffOf, health: async () => ({}) })
  await app.register(staffRoutes(service), { prefix: '/api' })
  await app.ready()
})

async function newAgent(login: string): Promise<StaffId> {
  const queues = ['tech', 'admission'] as QueueId[]
  const [member] = await withHashedPasswords([
    { login, name: 'Dilnoza Karimova', role: 'agent', languages: ['uz', 'ru'], queues, password: PASSWORD },
  ])
  return await db
    .transaction()
    .execute(async (trx) => await addStaffMember(trx, member as NonNullable<typeof member>))
}

const signIn = (login: string, password: string, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { login, password },
    headers: { 'x-javob': '1', ...headers },
  })
const tokenOf = (response: Awaited<ReturnType<typeof signIn>>) => response.cookies[0]?.value ?? ''
const me = (token: string) => app.inject({ url: '/api/me', cookies: { javob: token } })
const events = async (type: string) =>
  await db.selectFrom('events').selectAll().where('type', '=', type).orderBy('id').execute()

test('whoever signs in is known by an HttpOnly cookie of the same site, and the sign-in is in the event log', async () => {
  const response = await signIn(' Dilnoza ', PASSWORD)
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({
    login: 'dilnoza',
    role: 'agent',
    interfaceLanguage: 'uz',
    languages: ['uz', 'ru'],
  })
  expect(response.cookies[0]).toMatchObject({ name: 'javob', httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(response.cookies[0]).not.toHaveProperty('secure')
  expect((await me(tokenOf(response))).json().may).toContain('takeCalls')
  expect((await events('signedIn')).at(-1)).toMatchObject({ actor: dilnoza, body: { address: '127.0.0.1' } })
})

test('over https the cookie is secure', async () => {
  const response = await signIn('dilnoza', PASSWORD, { 'x-forwarded-proto': 'https' })
  expect(response.cookies[0]).toMatchObject({ secure: true })
})

test('the table holds only the hash of the cookie, and only argon2id of the password', async () => {
  const token = tokenOf(await signIn('dilnoza', PASSWORD))
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const rows = JSON.stringify([
    await db.selectFrom('sign_ins').selectAll().execute(),
    await db.selectFrom('staff_members').selectAll().execute(),
    await db.selectFrom('events').selectAll().execute(),
  ])
  expect(rows).not.toContain(token)
  expect(rows).not.toContain(PASSWORD)
  expect(rows).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
})

test('a wrong password and an unknown login are refused in the same words', async () => {
  const answers = [await signIn('dilnoza', 'wrong'), await signIn('nobody', PASSWORD)]
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401])
  expect(answers[0]?.json()).toEqual(answers[1]?.json())
  expect(answers[0]?.json()).toMatchObject({ code: 'wrongCredentials' })
  expect((await events('signInRefused')).slice(-2).map((event) => [event.actor, event.body])).toEqual([
    [dilnoza, { address: '127.0.0.1', because: 'wrongPassword' }],
    [null, { address: '127.0.0.1', because: 'unknownLogin' }],
  ])
})

test('after too many attempts even the right password is refused, from that address and for that login', async () => {
  const refusedBefore = (await events('signInRefused')).length
  const codes = []
  for (let n = 0; n < 5; n++) codes.push((await signIn('dilnoza', 'wrong')).json().code)
  expect(codes).toEqual([
    'wrongCredentials',
    'wrongCredentials',
    'wrongCredentials',
    'tooManyAttempts',
    'tooManyAttempts',
  ])
  expect((await signIn('dilnoza', PASSWORD)).statusCode).toBe(429)
  expect(await events('signInRefused')).toHaveLength(refusedBefore + 4)

  const elsewhere = await signIn('dilnoza', PASSWORD, { 'x-forwarded-for': '10.0.0.7' })
  expect(elsewhere.statusCode).toBe(200)
})

test('one password tried on every login is stopped by the address', async () => {
  const codes = []
  for (let n = 0; n < 8; n++) codes.push((await signIn(`agent${n}`, 'Parol123')).json().code)
  expect(codes.slice(-3)).toEqual(['wrongCredentials', 'tooManyAttempts', 'tooManyAttempts'])
})

test('a hundred attempts at once are counted as a hundred', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => signIn('dilnoza', 'wrong')))
  expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(3)
})

test('right passwords never use up the attempts', async () => {
  for (let n = 0; n < 8; n++) expect((await signIn('dilnoza', PASSWORD)).statusCode).toBe(200)
})

test('a sign-in lives on by being used, and ends after twelve idle hours', async () => {
  const token = tokenOf(await signIn('dilnoza', PASSWORD))
  now += 11 * HOUR_MS
  expect((await me(token)).statusCode).toBe(200)
  now += 11 * HOUR_MS
  expect((await me(token)).statusCode).toBe(200)
  now += 3 * HOUR_MS
  expect((await me(token)).json(), 'a day is over, however busy').toMatchObject({ code: 'notSignedIn' })
  const idle = tokenOf(await signIn('dilnoza', PASSWORD))
  now += 12 * HOUR_MS
  expect((await me(idle)).statusCode).toBe(401)
})

test('being seen is written once a minute', async () => {
  const token = tokenOf(await signIn('dilnoza', PASSWORD))
  const seen = async () =>
    (
      await db
        .selectFrom('sign_ins')
        .select('last_seen_at')
        .orderBy('created_at', 'desc')
        .executeTakeFirstOrThrow()
    ).last_seen_at.getTime()
  const first = await seen()
  now += 59_000
  await me(token)
  expect(await seen()).toBe(first)
  now += FRESH_MS
  await me(token)
  expect(await seen()).toBe(now)
})

test('signing out ends one sign-in, tells who listens, and takes the cookie away', async () => {
  const heard: SignedOut[] = []
  service.onSignedOut((one) => heard.push(one))
  const [here, there] = [
    tokenOf(await signIn('dilnoza', PASSWORD)),
    tokenOf(await signIn('dilnoza', PASSWORD)),
  ]
  const response = await app.inject({
    method: 'POST',
    url: '/api/sign-out',
    headers: { 'x-javob': '1' },
    cookies: { javob: here },
  })
  expect(response.statusCode).toBe(204)
  expect(response.cookies[0]).toMatchObject({ name: 'javob', value: '', maxAge: 0 })
  expect([(await me(here)).statusCode, (await me(there)).statusCode]).toEqual([401, 200])
  expect(heard).toMatchObject([{ staff: dilnoza, because: 'signedOut', isLast: false }])

  await service.signOutAll(dilnoza, 'elsewhere')
  expect((await me(there)).statusCode).toBe(401)
  expect(heard.filter((one) => one.isLast).length).toBeGreaterThan(0)
})

test('sign-ins that ran out are ended and announced, once', async () => {
  await signIn('dilnoza', PASSWORD)
  now += 25 * HOUR_MS
  const heard: SignedOut[] = []
  service.onSignedOut((one) => heard.push(one))
  expect(await service.endExpired()).toBeGreaterThan(0)
  expect(heard.every((one) => one.because === 'expired' && one.isLast)).toBe(true)
  expect(await service.endExpired()).toBe(0)
})

test('someone who may no longer work here is out within two seconds', async () => {
  const rustam = await newAgent('rustam')
  const token = tokenOf(await signIn('rustam', PASSWORD))
  await db.updateTable('staff_members').set({ active: false }).where('id', '=', rustam).execute()
  now += FRESH_MS
  expect((await me(token)).statusCode).toBe(401)
  expect((await signIn('rustam', PASSWORD)).json()).toMatchObject({ code: 'wrongCredentials' })
})

test('the language of the screens can be changed', async () => {
  const token = tokenOf(await signIn('dilnoza', PASSWORD))
  const response = await app.inject({
    method: 'PATCH',
    url: '/api/me',
    headers: { 'x-javob': '1' },
    cookies: { javob: token },
    payload: { interfaceLanguage: 'ru' },
  })
  expect(response.json()).toMatchObject({ interfaceLanguage: 'ru' })
})

test('routing is told an agent with queues and what he can do how well', async () => {
  const profile = {
    id: dilnoza,
    name: 'Dilnoza Karimova',
    queues: ['admission', 'tech'],
    skills: { uz: 100, ru: 100 },
  }
  expect(await service.agentProfile(dilnoza)).toEqual(profile)
  expect(await service.agents()).toContainEqual(profile)
  expect(await service.agentProfile('00000000-0000-4000-8000-000000000000' as StaffId)).toBeUndefined()
})

test.each([
  ['a cookie nobody was given', 'A'.repeat(43)],
  ['a cookie with SQL', "' or 1=1 --"],
  ['an endless cookie', 'x'.repeat(4000)],
])('%s is nobody', async (_what, token) => {
  expect((await me(encodeURIComponent(token))).statusCode).toBe(401)
})

test('signing in again at the same browser ends the sign-in before', async () => {
  const before = tokenOf(await signIn('dilnoza', PASSWORD))
  const after = tokenOf(await signIn('dilnoza', PASSWORD, { cookie: `javob=${before}` }))
  expect([(await me(before)).statusCode, (await me(after)).statusCode]).toEqual([401, 200])
})

test('while the database is away, who is signed in stays so for an hour, and who signed out does not', async () => {
  let isAway = false
  const connect = async () => {
    if (isAway) throw new Error('the database is away')
    return await pool.connect()
  }
  const mayBeAway = { connect, end: async () => undefined, options: pool.options } as unknown as PostgresPool
  const shaky = new Kysely<Database>({ dialect: new PostgresDialect({ pool: mayBeAway }) })
  const service = staffService({ db: shaky, log, now: () => now })
  const from = { address: '127.0.0.1', userAgent: '' }
  const { token } = await service.signIn({ login: 'dilnoza', password: PASSWORD }, from)
  const { token: ended } = await service.signIn({ login: 'dilnoza', password: PASSWORD }, from)
  expect((await service.staffOf(token))?.id).toBe(dilnoza)
  await service.staffOf(ended)
  await service.signOut(ended)

  isAway = true
  now += WITHOUT_DATABASE_MS - 1
  expect((await service.staffOf(token))?.id).toBe(dilnoza)
  await expect(service.staffOf(ended)).rejects.toThrow('away')
  await expect(service.staffOf('never seen')).rejects.toThrow('away')
  now += 1
  await expect(service.staffOf(token)).rejects.toThrow('away')
  isAway = false
  expect((await service.staffOf(token))?.id).toBe(dilnoza)
  expect(await service.staffOf(ended)).toBeUndefined()
})
