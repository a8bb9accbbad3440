import pino from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AddPerson, PersonRow, PersonWithPassword } from '#contract/people.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { queueService } from '../queues/service.ts'
import type { SignedOut } from './events.ts'
import { peopleService } from './people.ts'
import { peopleRoutes } from './people-routes.ts'
import { staffRoutes } from './routes.ts'
import { addStaffMember, agentProfiles, staffService, withHashedPasswords } from './service.ts'

const PASSWORD = 'qizil olma 7'
const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const GENERAL = 'general' as QueueId
const names = JSON.stringify({ uz: 'Navbat', ru: 'Очередь' })
await db.insertInto('queues').values({ id: GENERAL, names, position: 0 }).execute()

const staff = staffService({ db, log })
const people = peopleService({ db, log, guard: queueService({ db, log }).guard, staff })
let signedOut: SignedOut[] = []
let changed: StaffId[] = []
staff.onSignedOut((told) => void signedOut.push(told))
people.onChanged((id) => void changed.push(id))
const app = await openHttp({ log, staffOf: staff.staffOf, health: async () => ({}) })
await app.register(staffRoutes(staff), { prefix: '/api' })
await app.register(peopleRoutes(people), { prefix: '/api' })
afterAll(() => app.close())

const administrator = await member('administrator', 'administrator')
await member('supervisor', 'supervisor')
await member('dilnoza', 'agent', [GENERAL])

beforeEach(() => {
  signedOut = []
  changed = []
})

async function member(login: string, role: Role, queues: QueueId[] = []): Promise<StaffId> {
  const person = {
    login,
    name: login,
    role,
    languages: ['uz' as const, 'ru' as const],
    queues,
    password: PASSWORD,
  }
  const [hashed] = await withHashedPasswords([person])
  return await db.transaction().execute((trx) => addStaffMember(trx, hashed as NonNullable<typeof hashed>))
}

async function signIn(login: string, password = PASSWORD): Promise<string> {
  const response = await app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { login, password },
    headers: { 'x-javob': '1' },
  })
  return response.cookies[0]?.value ?? ''
}
const admin = await signIn('administrator')

type Method = 'GET' | 'POST' | 'PUT'
const ask = (method: Method, path: string, payload: object = {}, token = admin) =>
  app.inject({
    method,
    url: `/api${path}`,
    cookies: { javob: token },
    headers: { 'x-javob': '1' },
    ...(method !== 'GET' && { payload }),
  })
const statusOf = async (path: string, token: string) => (await ask('GET', path, {}, token)).statusCode
const problemsOf = (response: Awaited<ReturnType<typeof ask>>) =>
  response
    .json<{ problems?: { row: string; field: string; code: string }[] }>()
    .problems?.map(({ row, field, code }) => `${row} ${field} ${code}`)
const lastEvent = (type: string) =>
  db
    .selectFrom('events')
    .select(['type', 'actor', 'body'])
    .where('type', '=', type)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

let count = 0
const agent = (change: Partial<AddPerson> = {}): AddPerson => ({
  login: `agent${++count}`,
  name: 'Rustam Yoʻldoshev',
  role: 'agent',
  languages: ['ru'],
  queues: [GENERAL],
  pinfl: null,
  ...change,
})
async function added(change: Partial<AddPerson> = {}): Promise<PersonWithPassword> {
  return (await ask('POST', '/people', agent(change))).json<PersonWithPassword>()
}
const formOf = ({ name, role, languages, queues }: PersonRow) => ({ name, role, languages, queues })

test('a person who is added gets a password once, may do nothing with it but choose his own, and then works', async () => {
  const { person, password } = await added({ login: ' Rustam ' })
  expect(person).toMatchObject({
    login: 'rustam',
    isActive: true,
    hasOneTimePassword: true,
    isSignedIn: false,
  })
  expect(await lastEvent('staffMemberAdded')).toMatchObject({ actor: administrator })
  expect((await ask('GET', '/people')).payload).not.toContain(password)
  const [profile] = (await agentProfiles(db)).filter(({ id }) => id === person.id)
  expect(profile).toMatchObject({ queues: [GENERAL], skills: { ru: 100 } })

  const token = await signIn('rustam', password)
  expect((await ask('GET', '/me', {}, token)).json()).toMatchObject({ hasOneTimePassword: true })
  expect((await ask('GET', '/people', {}, token)).json()).toMatchObject({ code: 'passwordToChoose' })
  const choose = (old: string, chosen: string) => ask('PUT', '/me/password', { old, new: chosen }, token)
  expect((await choose('wrong', 'yangi parolim 5')).json()).toMatchObject({ code: 'wrongCredentials' })
  expect((await choose(password, 'short')).json()).toMatchObject({ code: 'badInput' })
  expect((await choose(password, password)).json()).toMatchObject({ code: 'passwordNotNew' })
  expect((await choose(password, 'yangi parolim 5')).statusCode).toBe(204)
  expect(await signIn('rustam', password)).toBe('')
  const again = await signIn('rustam', 'yangi parolim 5')
  expect((await ask('GET', '/me', {}, again)).json()).toMatchObject({ hasOneTimePassword: false })
  expect((await ask('GET', '/people', {}, again)).json()).toMatchObject({ code: 'notAllowed' })
})

test('what is filled in wrong is told by field, and nobody is added', async () => {
  const before = (await ask('GET', '/people')).json<PersonRow[]>().length
  const bad = await ask(
    'POST',
    '/people',
    agent({ login: 'dilnoza', name: ' ', languages: [], queues: ['gone' as QueueId] }),
  )
  expect(bad.statusCode).toBe(422)
  expect(problemsOf(bad)).toEqual([
    'dilnoza login taken',
    'dilnoza name required',
    'dilnoza languages noLanguage',
    'dilnoza queues unknown',
  ])
  expect((await ask('GET', '/people')).json<PersonRow[]>().length).toBe(before)
})

test('a name of tags and marks that turn the reading direction is kept as text', async () => {
  const { person } = await added({ name: '<img src=x onerror=alert(1)>\u202e =1+1' })
  expect(person.name).toBe('<img src=x onerror=alert(1)> =1+1')
})

test('a PINFL is kept as one number, refused when it is none, and told by a few digits in the log', async () => {
  const { person } = await added()
  const wrong = { basedOn: person.version, ...formOf(person), pinfl: '31210632040245' }
  expect((await ask('PUT', `/people/${person.id}`, wrong)).json()).toMatchObject({
    code: 'settingsHaveProblems',
    problems: [{ field: 'pinfl', code: 'badPinfl' }],
  })
  const saved = await ask('PUT', `/people/${person.id}`, { ...wrong, pinfl: '31210632 040244' })
  expect(saved.json()).toMatchObject({ pinfl: '31210632040244' })
  expect(await lastEvent('staffMemberChanged')).toMatchObject({
    body: { changes: { pinfl: { from: null, to: '3*********0244' } } },
  })
})

test('a change says what was before and who made it, and the agent is asked by it from his next call on', async () => {
  const { person } = await added()
  const form = { ...formOf(person), languages: ['uz', 'ru'], queues: [] }
  const saved = (
    await ask('PUT', `/people/${person.id}`, { basedOn: person.version, ...form })
  ).json<PersonRow>()
  expect(saved).toMatchObject({ languages: ['uz', 'ru'], queues: [] })
  expect(changed).toEqual([person.id])
  expect(await lastEvent('staffMemberChanged')).toMatchObject({
    actor: administrator,
    body: {
      staff: person.id,
      changes: { queues: { from: [GENERAL], to: [] }, languages: { from: ['ru'], to: ['uz', 'ru'] } },
    },
  })
  expect((await agentProfiles(db)).find(({ id }) => id === person.id)?.skills).toEqual({ uz: 100, ru: 100 })
  const late = await ask('PUT', `/people/${person.id}`, { basedOn: person.version, ...formOf(person) })
  expect(late.json()).toMatchObject({ code: 'changedMeanwhile' })
})

test('who has another role signs in again, and the last administrator keeps his', async () => {
  const { person, password } = await added()
  const token = await signIn(person.login, password)
  const asSupervisor = { ...formOf(person), role: 'supervisor', queues: [] }
  const saved = await ask('PUT', `/people/${person.id}`, { basedOn: person.version, ...asSupervisor })
  expect(saved.json()).toMatchObject({ role: 'supervisor', isSignedIn: false })
  expect(await statusOf('/me', token)).toBe(401)
  const [me] = (await ask('GET', '/people')).json<PersonRow[]>().filter(({ id }) => id === administrator)
  const last = await ask('PUT', `/people/${administrator}`, {
    basedOn: me?.version,
    ...formOf(me as PersonRow),
    role: 'officer',
  })
  expect(problemsOf(last)).toEqual(['administrator role lastAdministrator'])
})

test('whoever is deactivated is out at once, stays in the list, and comes back by a new password only', async () => {
  const { person, password } = await added()
  const token = await signIn(person.login, password)
  expect(await statusOf('/me', token)).toBe(200)
  const gone = (await ask('POST', `/people/${person.id}/deactivate`)).json<PersonRow>()
  expect(gone).toMatchObject({ isActive: false, isSignedIn: false })
  expect(signedOut).toMatchObject([{ staff: person.id, because: 'deactivated', isLast: true }])
  expect(await statusOf('/me', token)).toBe(401)
  expect(await signIn(person.login, password)).toBe('')
  expect(await lastEvent('staffMemberDeactivated')).toMatchObject({
    actor: administrator,
    body: { staff: person.id },
  })
  expect((await ask('POST', `/people/${person.id}/password`)).json()).toMatchObject({ code: 'wrongStatus' })

  const back = (await ask('POST', `/people/${person.id}/activate`)).json<PersonWithPassword>()
  expect(back.person).toMatchObject({ isActive: true, hasOneTimePassword: true })
  expect(await signIn(person.login, password)).toBe('')
  expect(await signIn(person.login, back.password)).not.toBe('')
})

test('nobody deactivates himself', async () => {
  expect(problemsOf(await ask('POST', `/people/${administrator}/deactivate`))).toEqual([
    'administrator isActive yourself',
  ])
})

test('a new password ends what the old one had opened', async () => {
  const { person, password } = await added()
  const token = await signIn(person.login, password)
  const given = (await ask('POST', `/people/${person.id}/password`)).json<PersonWithPassword>()
  expect(await statusOf('/me', token)).toBe(401)
  expect(await signIn(person.login, password)).toBe('')
  expect(await signIn(person.login, given.password)).not.toBe('')
})

test('an agent is not taken from a queue whose callers would be left with nobody', async () => {
  const ONLY = 'only' as QueueId
  await db.insertInto('queues').values({ id: ONLY, names, position: 1 }).execute()
  const { person } = await added({ queues: [ONLY], languages: ['uz', 'ru'] })
  const without = { basedOn: person.version, ...formOf(person), queues: [] }
  const refused = await ask('PUT', `/people/${person.id}`, without)
  expect(refused.json()).toMatchObject({
    code: 'queuesHaveProblems',
    problems: expect.arrayContaining([expect.objectContaining({ queue: ONLY, code: 'noAgents' })]),
  })
  expect((await agentProfiles(db)).find(({ id }) => id === person.id)?.queues).toEqual([ONLY])
})

test('only an administrator sees and changes people', async () => {
  const token = await signIn('supervisor')
  expect(await statusOf('/people', token)).toBe(403)
  expect((await ask('POST', '/people', agent(), token)).statusCode).toBe(403)
})
