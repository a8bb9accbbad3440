import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { OneIdSettings } from '#contract/one-id.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { testApp } from '../staff/test-app.ts'
import { oneIdRoutes } from './routes.ts'
import { oneIdSettings } from './settings.ts'

const lines: string[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
const { db } = await testDatabase()
const world = { back: 'https://murojaat.example/portal/sign-in/oneid/back' as string | undefined }
const oneId = oneIdSettings({ db, log, comesBackTo: async () => world.back })
const { app } = await testApp(db, oneIdRoutes(oneId))
beforeEach(async () => {
  await db.deleteFrom('settings').execute()
  world.back = 'https://murojaat.example/portal/sign-in/oneid/back'
})

const SECRET = 'nobody may read this'
const ON = { isOn: true, address: 'https://sso.example/oauth', clientId: 'agency', scope: 'agency' }

const ask = (payload?: object, role: Role = 'administrator') =>
  app.inject({
    method: payload ? 'PUT' : 'GET',
    url: '/api/one-id',
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })
const read = async () => (await ask()).json<OneIdSettings>()
const save = async (change: Partial<typeof ON> = {}, secret?: string) =>
  await ask({ basedOn: (await read()).changedAt, form: { ...ON, ...change }, ...(secret && { secret }) })

test('it is off until it is set up, and then there is a way to it', async () => {
  expect(await read()).toMatchObject({ changedAt: null, form: { isOn: false }, hasSecret: false })
  expect(await oneId.provider()).toBeUndefined()
  expect((await save({}, SECRET)).statusCode).toBe(200)
  expect(await read()).toMatchObject({ form: ON, hasSecret: true, comesBackTo: world.back })
  const to = (await oneId.provider())?.addressFor({ state: 's', redirectUri: world.back ?? '' }) ?? ''
  expect(to).toMatch(/^https:\/\/sso\.example\/oauth\?/)
  await save({ isOn: false })
  expect(await oneId.provider()).toBeUndefined()
})

test('the secret is never shown again: to nobody, in no event and in no log', async () => {
  const saved = await save({}, SECRET)
  const events = await db.selectFrom('events').selectAll().where('type', '=', 'oneIdChanged').execute()
  expect(events.length).toBeGreaterThan(0)
  expect([saved.body, (await ask()).body, JSON.stringify(events), lines.join('')].join()).not.toContain(
    SECRET,
  )
  expect((await save({ scope: 'other' })).json(), 'what is not typed again stays').toMatchObject({
    hasSecret: true,
  })
})

test('a secret goes to no other place than the one it was typed for', async () => {
  await save({}, SECRET)
  const elsewhere = await save({ address: 'https://elsewhere.example/' })
  expect(elsewhere.json()).toMatchObject({ problems: [{ field: 'secret', code: 'required' }] })
  await save({ isOn: false, address: 'https://elsewhere.example/' })
  expect(await read(), 'nor when it was away for a while').toMatchObject({ hasSecret: false })
})

test('what is missing is told by field, and nothing of it is kept', async () => {
  world.back = undefined
  const { problems } = (await save({ clientId: ' ', address: 'http://sso.example/' })).json<{
    problems: { field: string }[]
  }>()
  expect(problems.map(({ field }) => field)).toEqual(['clientId', 'address', 'secret', 'portal'])
  expect((await read()).changedAt).toBeNull()
})

test('of two who save at once the second is told, and nobody but administrators sees or changes it', async () => {
  const basedOn = (await read()).changedAt
  const both = await Promise.all([1, 2].map(() => ask({ basedOn, form: ON, secret: SECRET })))
  expect(new Set(both.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]))
  expect((await ask(undefined, 'supervisor')).statusCode).toBe(403)
  expect((await ask({ basedOn, form: ON }, 'agent')).statusCode).toBe(403)
})

test('a setting that cannot be read switches it off and says so, and is mended by saving', async () => {
  await db.insertInto('settings').values({ name: 'oneId', value: '{"form": 7}' }).execute()
  expect(await oneId.provider()).toBeUndefined()
  expect(lines.join('')).toContain('oneId')
  expect((await save({}, SECRET)).statusCode).toBe(200)
})
