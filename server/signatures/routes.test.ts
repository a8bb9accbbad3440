/** Signing by HTTP, as a desk does it: the text is asked for, signed by a real key, and checked by a stand-in for E-IMZO. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { MoveAppeal } from '#contract/appeals.ts'
import type { SignatureRow, SigningSettings, TextToSign } from '#contract/signatures.ts'
import { FIRST_SIGNING } from '#core/signatures/signing-settings.ts'
import { bringToChancellery, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { eimzoVerifier } from '../eimzo/eimzo-verifier.ts'
import { testCentre } from '../eimzo/test-keys.ts'
import { testEimzo } from '../eimzo/test-server.ts'
import { openHttp } from '../http.ts'
import { signatureRoutes } from './routes.ts'
import { signatureService } from './service.ts'

const { db } = await testDatabase()
const office = await testOffice(db)
const { appeals, clock, log, people } = office
const centre = await testCentre()
const eimzo = await testEimzo(centre)
const key = await centre.key({ name: 'KARIMOVA DILNOZA', pinfl: '31210632040244' })
const signatures = signatureService({
  db,
  log,
  mustSee: appeals.card,
  verifier: ({ server }) => (server === '' ? undefined : eimzoVerifier(server)),
  now: () => clock.now,
})
const staff = { ...people, administrator: { id: people.officer.id, role: 'administrator' as const } }
type Who = keyof typeof staff
const app = await openHttp({
  log,
  staffOf: async (token) => ({ ...staff[token as Who], name: token, signIn: token }),
  health: async () => ({}),
})
await app.register(signatureRoutes(signatures), { prefix: '/api' })
afterAll(async () => {
  await app.close()
  await eimzo.close()
  await centre.close()
})

const REPLY = { result: 'explained', reply: 'Natijangiz qayta koʻrib chiqildi.' } as const
const { id: appeal } = await office.register()
await bringToChancellery(office, appeal)

const get = (url: string, who: Who = 'chancellery') =>
  app.inject({ method: 'GET', url: `/api${url}`, cookies: { javob: who } })
const send = (url: string, payload: object, who: Who = 'chancellery', method: 'POST' | 'PUT' = 'POST') =>
  app.inject({
    method,
    url: `/api${url}`,
    cookies: { javob: who },
    headers: { 'x-javob': '1', host: 'murojaat.example' },
    payload,
  })
const textOf = (details: MoveAppeal['details'] = REPLY, who?: Who) =>
  send(`/appeals/${appeal}/signing`, { action: 'reply', details }, who)
const sign = (pkcs7: string, details: MoveAppeal['details'] = REPLY, who?: Who) =>
  send(`/appeals/${appeal}/signatures`, { action: 'reply', details, pkcs7 }, who)
const signed = async () => {
  const { text } = (await textOf()).json<TextToSign>()
  return await centre.sign(key, Buffer.from(text))
}
const kept = async () => (await get(`/appeals/${appeal}/signatures`)).json<SignatureRow[]>()
const setUp = async (server: string, who?: Who) => {
  const { changedAt } = await signatures.shown()
  return await send(
    '/signing-settings',
    { basedOn: changedAt, rules: { ...FIRST_SIGNING, server } },
    who,
    'PUT',
  )
}

beforeEach(async () => {
  Object.assign(eimzo.state, { mood: 'well', now: new Date(), keys: [key], asked: [] })
  await setUp(eimzo.address, 'administrator')
})

test('until a server is set up a signature is refused, with the reason, and the desk knows before', async () => {
  const pkcs7 = await signed()
  expect((await setUp('', 'administrator')).statusCode).toBe(200)
  expect((await get('/signing')).json()).toMatchObject({ isOn: false })
  const refused = await sign(pkcs7)
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'signingOff'])
  const tried = await send('/signing-settings/test', {}, 'administrator')
  expect([tried.statusCode, tried.json().code]).toEqual([409, 'signingOff'])
  expect(await kept()).toEqual([])
})

test('whoever decides nothing gets no text and signs nothing, and nobody but administrators sets it up', async () => {
  const pkcs7 = await signed()
  eimzo.state.asked = []
  for (const who of ['agent', 'supervisor', 'editor'] as const) {
    expect((await textOf(REPLY, who)).statusCode, who).toBe(403)
    expect((await sign(pkcs7, REPLY, who)).statusCode, who).toBe(403)
  }
  // He signs other decisions, and this one is not his.
  const officer = await sign(pkcs7, REPLY, 'officer')
  expect([officer.statusCode, officer.json().code]).toEqual([409, 'moveNotPossible'])
  for (const who of ['chancellery', 'officer', 'supervisor'] as const) {
    expect((await setUp('', who)).statusCode, who).toBe(403)
    expect((await get('/signing-settings', who)).statusCode, who).toBe(403)
    expect((await send('/signing-settings/test', {}, who)).statusCode, who).toBe(403)
  }
  expect((await get('/signing-settings', 'administrator')).json<SigningSettings>().rules.server).toBe(
    eimzo.address,
  )
  expect([await kept(), eimzo.state.asked]).toEqual([[], []])
})

test('what is no signature, or one of other words, or by a certificate of nobody is refused and not kept', async () => {
  const pkcs7 = await signed()
  const altered = await sign(pkcs7, { ...REPLY, reply: 'Boshqa javob' })
  expect([altered.statusCode, altered.json().code]).toEqual([422, 'signatureNotValid'])
  const none = await sign(Buffer.from('no signature').toString('base64'))
  expect([none.statusCode, none.json().code]).toEqual([422, 'signatureNotValid'])
  const unreadable = await sign('***')
  expect([unreadable.statusCode, unreadable.json().code]).toEqual([400, 'badInput'])
  eimzo.state.keys = []
  const ofNobody = await sign(pkcs7)
  expect([ofNobody.statusCode, ofNobody.json().code]).toEqual([422, 'certificateNotValid'])
  eimzo.state.mood = 'error'
  const away = await sign(pkcs7)
  expect([away.statusCode, away.json().code]).toEqual([503, 'verifierAway'])
  expect(await kept()).toEqual([])
})

test('the right one is kept once, and both of its parts are saved as files that no browser opens', async () => {
  const pkcs7 = await signed()
  const first = await sign(pkcs7)
  expect(first.statusCode).toBe(201)
  expect(first.json()).toMatchObject([{ decision: 'reply', signerName: 'KARIMOVA DILNOZA', place: null }])
  expect((await sign(pkcs7)).json()).toEqual(first.json())
  expect(await kept()).toEqual(first.json())
  expect(eimzo.state.asked.map(({ headers: { host } }) => host)).toContain('murojaat.example')

  const { id } = first.json<[SignatureRow]>()[0]
  const text = await get(`/signatures/${id}/text`)
  expect(text.body).toBe((await textOf()).json<TextToSign>().text)
  expect(text.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="reply-${id}.json"`,
    'content-security-policy': "sandbox; default-src 'none'",
  })
  const signature = await get(`/signatures/${id}/pkcs7`)
  expect(signature.rawPayload.subarray(0, 100)).toEqual(Buffer.from(pkcs7, 'base64').subarray(0, 100))
  expect((await get(`/signatures/${id}/key`)).statusCode).toBe(400)
  const { length: saved } = await db
    .selectFrom('events')
    .select('id')
    .where('type', '=', 'signatureSaved')
    .execute()
  expect(saved, 'it is written down who saved it').toBe(2)
})
