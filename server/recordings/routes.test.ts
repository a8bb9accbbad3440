import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { type HttpServer, openHttp } from '../http.ts'
import { opusSeconds } from './opus.ts'
import { anEndedCall, aStaffMember, type Workshop, workshop } from './recording-fixture.ts'
import { recordingRoutes } from './routes.ts'
import { recordingService } from './service.ts'

let shop: Workshop
let app: HttpServer
let call: CallId
const people = new Map<string, { id: StaffId; role: Role }>()

beforeAll(async () => {
  shop = await workshop()
  const agent = await aStaffMember(shop, 'agent')
  people.set('agent', { id: agent, role: 'agent' })
  people.set('other agent', { id: await aStaffMember(shop, 'agent'), role: 'agent' })
  for (const role of ['supervisor', 'chancellery', 'administrator'] as const)
    people.set(role, { id: await aStaffMember(shop, role), role })
  call = await anEndedCall(shop, { seconds: 3, by: agent })

  const recordings = recordingService(shop.deps)
  await recordings.finish(call)
  app = await openHttp({
    log: pino({ level: 'silent' }),
    staffOf: async (token) => {
      const person = people.get(decodeURIComponent(token))
      return person && { ...person, name: token, signIn: token }
    },
    health: async () => ({}),
  })
  await app.register(recordingRoutes(recordings), { prefix: '/api' })
})
afterAll(async () => {
  await app.close()
  await shop.takeDown()
})

let hearings = 0
beforeEach(async () => {
  hearings = await countHearings()
})
const countHearings = async () => (await shop.events(call)).filter((type) => type === 'recordingHeard').length
const newHearings = async () => (await countHearings()) - hearings

const listen = (who: string, range?: string, of: string = call) =>
  app.inject({
    url: `/api/calls/${of}/recording`,
    cookies: { javob: encodeURIComponent(who) },
    headers: range ? { range } : {},
  })

test('a supervisor hears a call, and it is written down who heard it', async () => {
  const answer = await listen('supervisor')
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'audio/ogg',
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
  })
  expect(opusSeconds(answer.rawPayload)).toBeCloseTo(3, 1)
  const heard = await shop.db
    .selectFrom('events')
    .selectAll()
    .where('type', '=', 'recordingHeard')
    .where('call', '=', call)
    .execute()
  expect(heard.at(-1)?.actor).toBe(people.get('supervisor')?.id)
})

test('an agent hears his own calls and no others', async () => {
  expect((await listen('agent')).statusCode).toBe(200)
  const refused = await listen('other agent')
  expect(refused.statusCode).toBe(404)
  expect(await newHearings()).toBe(1)
})

test.each([
  ['chancellery', 403],
  ['administrator', 403],
  ['nobody', 401],
])('%s hears nothing: %i', async (who, code) => {
  const answer = await listen(who)
  expect(answer.statusCode).toBe(code)
  expect(answer.headers['content-type']).toContain('problem+json')
  expect(await newHearings()).toBe(0)
})

test('a player that jumps about gets its part, and hears once', async () => {
  const whole = (await listen('supervisor')).rawPayload
  const part = await listen('supervisor', 'bytes=100-199')
  expect(part.statusCode).toBe(206)
  expect(part.headers['content-range']).toBe(`bytes 100-199/${whole.length}`)
  expect(part.rawPayload).toEqual(whole.subarray(100, 200))

  expect((await listen('supervisor', 'bytes=1000-')).rawPayload).toEqual(whole.subarray(1000))
  expect((await listen('supervisor', 'bytes=-50')).rawPayload).toEqual(whole.subarray(-50))
  expect(await newHearings()).toBe(1)
})

test('nobody hears a part unnoticed', async () => {
  people.set('new supervisor', { id: await aStaffMember(shop, 'supervisor'), role: 'supervisor' })
  expect((await listen('new supervisor', 'bytes=1-')).statusCode).toBe(206)
  expect(await newHearings()).toBe(1)
})

test.each([
  ['bytes=999999-', 416],
  ['bytes=-0', 416],
  ['bytes=', 200],
  ['bytes=0-1,5-6', 200],
  ['lines=1-2', 200],
])('the range „%s" is answered %i', async (range, code) => {
  expect((await listen('supervisor', range)).statusCode).toBe(code)
})

test('a recording that is not stored yet says in which status it is', async () => {
  const answer = await listen('supervisor', undefined, await anEndedCall(shop))
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({ code: 'recordingNotReady', detail: 'The recording is recording' })
})

test('a call that does not exist, and an address that is none, are told apart from nothing', async () => {
  expect((await listen('supervisor', undefined, '018f0000-0000-7000-8000-000000000000')).statusCode).toBe(404)
  expect((await listen('supervisor', undefined, '..%2f..%2fetc%2fpasswd')).statusCode).toBe(400)
})

test('without the identity nobody hears anything, and nothing is written down as heard', async () => {
  const key = join(shop.folders.keys, 'recordings.key')
  await rename(key, `${key}.elsewhere`)
  const answer = await listen('supervisor')
  await rename(`${key}.elsewhere`, key)
  expect(answer.statusCode).toBe(409)
  expect(await newHearings()).toBe(0)
})
