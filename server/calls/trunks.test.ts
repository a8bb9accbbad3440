import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { AddTrunk, TrunksView } from '#contract/trunks.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { testApp } from '../staff/test-app.ts'
import { listTrunks } from './store.ts'
import { trunkRoutes } from './trunk-routes.ts'
import { trunkService } from './trunks.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
let applied: string[][] = []
let isEngineThere = true
const trunks = trunkService({
  db,
  log,
  hasWayOut: ({ registration }) => registration !== undefined,
  async inEngine() {
    if (!isEngineThere) throw new Error('away')
    return new Map([['uztelecom', 7]])
  },
  async apply() {
    applied.push((await listTrunks(db)).map(({ id }) => id))
    return isEngineThere
  },
})
const { administrator, app } = await testApp(db, trunkRoutes(trunks))
beforeEach(() => {
  applied = []
  isEngineThere = true
})

const SECRET = 'only-of-this-test'
const trunk: AddTrunk = {
  id: 'uztelecom',
  name: '<b>Uztelecom</b>',
  peerAddresses: ['203.0.113.10'],
  didPatterns: ['1195'],
  registration: { server: 'sip.example.uz', username: '712001195', password: SECRET },
  codecs: ['alaw'],
  maxCalls: 300,
  numberFormat: 'automatic',
  outboundUri: null,
}
const ask = (method: 'GET' | 'POST' | 'PUT', path = '', payload: object = {}, role: Role = 'administrator') =>
  app.inject({
    method,
    url: `/api/trunks${path}`,
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(method !== 'GET' && { payload }),
  })
const viewed = async () => (await ask('GET')).json<TrunksView>().trunks
const change = async (part: Partial<AddTrunk>, basedOn?: number) => {
  const { id: _id, ...form } = { ...trunk, ...part }
  const version = (await viewed())[0]?.version
  return await ask('PUT', '/uztelecom', { basedOn: basedOn ?? version, ...form })
}
const problemsOf = (response: Awaited<ReturnType<typeof ask>>) =>
  response
    .json<{ problems: { field: string; code: string }[] }>()
    .problems.map(({ field, code }) => `${field} ${code}`)

test('a trunk is added and read by the engine at once; its password is kept and told nowhere', async () => {
  const response = await ask('POST', '', trunk)
  expect(response.statusCode).toBe(201)
  expect(response.json<TrunksView>()).toMatchObject({
    isApplied: true,
    trunks: [
      {
        id: 'uztelecom',
        name: '<b>Uztelecom</b>',
        registration: { server: 'sip.example.uz', password: null },
        hasPassword: true,
        hasWayOut: true,
        engine: { knowsIt: true, calls: 7 },
      },
    ],
  })
  expect(applied).toEqual([['uztelecom']])
  const events = await db.selectFrom('events').selectAll().execute()
  expect(events).toMatchObject([{ type: 'trunkAdded', actor: administrator }])
  expect(JSON.stringify(events) + response.payload).not.toContain(SECRET)
  expect((await listTrunks(db))[0]?.registration?.password).toBe(SECRET)
})

test('what contradicts is refused with its field, and the engine hears nothing of it', async () => {
  const bad = { id: 'uztelecom', peerAddresses: ['0.0.0.0/0'], didPatterns: ['1195;x'], maxCalls: 0 }
  expect(problemsOf(await ask('POST', '', { ...trunk, ...bad }))).toEqual([
    'id taken',
    'peerAddresses tooWide',
    'didPatterns badPattern',
    'maxCalls outOfRange',
  ])
  const without = { ...trunk, id: 'beeline', peerAddresses: ['198.51.100.7'] }
  const account = { server: 'sip.example.uz', username: 'javob', password: null }
  expect(problemsOf(await ask('POST', '', { ...without, registration: account }))).toEqual([
    'password required',
  ])
  expect(applied).toEqual([])
})

test('a change keeps a password that was not typed, and does not overwrite another one’s', async () => {
  const registration = { server: 'sip2.example.uz', username: '712001195', password: null }
  expect((await change({ registration, maxCalls: 60 })).statusCode).toBe(200)
  expect((await listTrunks(db))[0]).toMatchObject({ maxCalls: 60, registration: { password: SECRET } })
  expect((await change({ maxCalls: 10 }, 1)).json()).toMatchObject({ code: 'changedMeanwhile' })
})

test('a trunk that is switched off is taken from the engine, and comes back', async () => {
  expect((await ask('POST', '/uztelecom/off')).json<TrunksView>().trunks[0]).toMatchObject({
    isActive: false,
  })
  expect((await ask('POST', '/uztelecom/on')).json<TrunksView>().trunks[0]).toMatchObject({ isActive: true })
  expect(applied).toEqual([[], ['uztelecom']])
  const types = (await db.selectFrom('events').select('type').orderBy('id').execute()).map(({ type }) => type)
  expect(types.slice(-2)).toEqual(['trunkSwitchedOff', 'trunkSwitchedOn'])
  expect((await ask('POST', '/gone/off')).statusCode).toBe(404)
})

test('while the engine is away the change is kept, and it is said that it has not been read', async () => {
  isEngineThere = false
  const view = (await change({ maxCalls: 30 })).json<TrunksView>()
  expect(view).toMatchObject({ isApplied: false, trunks: [{ maxCalls: 30, engine: null }] })
  expect((await ask('GET')).json()).toMatchObject({ isApplied: false })
})

test('only an administrator sees and changes trunks', async () => {
  expect((await ask('GET', '', {}, 'supervisor')).statusCode).toBe(403)
  expect((await ask('POST', '', trunk, 'supervisor')).statusCode).toBe(403)
})
