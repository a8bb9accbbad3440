import { afterAll, beforeEach, expect, test } from 'vitest'
import { VerifierAway } from '../signatures/ports.ts'
import { eimzoVerifier } from './eimzo-verifier.ts'
import { testCentre } from './test-keys.ts'
import { testEimzo } from './test-server.ts'

const DAY_MS = 86_400_000
const PINFL = '31210632040244'
const centre = await testCentre()
const eimzo = await testEimzo(centre)
const verifier = eimzoVerifier(`${eimzo.address}/`)
const key = await centre.key({ name: 'KARIMOVA DILNOZA', pinfl: PINFL })
const document = Buffer.from('{"decision":"reply"}\n')
const pkcs7 = Buffer.from(await centre.sign(key, document), 'base64')
const from = { address: '10.0.0.7', host: 'murojaat.example' }

afterAll(async () => {
  await eimzo.close()
  await centre.close()
})
beforeEach(() => void Object.assign(eimzo.state, { mood: 'well', now: new Date(), keys: [key], asked: [] }))

test('a signature gets its time stamp, is found right, and says whose it is and when', async () => {
  const verdict = await verifier.verify({ document, pkcs7, from })
  expect(verdict).toMatchObject({
    isRight: true,
    certificate: { name: 'KARIMOVA DILNOZA', pinfl: PINFL, organisation: null, serial: key.serial },
  })
  if (!verdict.isRight) return
  expect(verdict.pkcs7.length).toBeGreaterThan(pkcs7.length)
  expect(verdict.signedAt.getTime()).toBe(Math.floor(eimzo.state.now.getTime() / 1000) * 1000)
  expect(verdict.certificate.validTo).toEqual(key.validTo)
})

test('the server is told from where and on which site somebody signed', async () => {
  await verifier.verify({ document, pkcs7, from })
  expect(eimzo.state.asked.map(({ path }) => path)).toEqual([
    '/frontend/timestamp/pkcs7',
    '/backend/pkcs7/verify/detached',
  ])
  for (const { headers } of eimzo.state.asked)
    expect(headers).toMatchObject({ host: 'murojaat.example', 'x-real-ip': '10.0.0.7' })
})

test('a signature of another document, or of one that was changed afterwards, is not right', async () => {
  const changed = Buffer.from('{"decision":"reply "}\n')
  expect(await verifier.verify({ document: changed, pkcs7, from })).toMatchObject({
    isRight: false,
    because: 'signature',
  })
})

test('what is no signature is not right', async () => {
  expect(await verifier.verify({ document, pkcs7: Buffer.from('not a signature'), from })).toMatchObject({
    isRight: false,
    because: 'signature',
  })
})

test('a certificate that has run out, was revoked or nobody gave out is told apart', async () => {
  const bad = { isRight: false, because: 'certificate' }
  eimzo.state.now = new Date(Date.now() + 3 * DAY_MS)
  expect(await verifier.verify({ document, pkcs7, from })).toMatchObject(bad)
  Object.assign(eimzo.state, { now: new Date(), mood: 'revoked' })
  expect(await verifier.verify({ document, pkcs7, from })).toMatchObject(bad)
  Object.assign(eimzo.state, { mood: 'well', keys: [] })
  expect(await verifier.verify({ document, pkcs7, from })).toMatchObject(bad)
})

test('without a time stamp a good signature waits, and a bad one is told at once', async () => {
  eimzo.state.mood = 'noStamp'
  await expect(verifier.verify({ document, pkcs7, from })).rejects.toBeInstanceOf(VerifierAway)
  expect(await verifier.verify({ document: Buffer.from('other'), pkcs7, from })).toMatchObject({
    isRight: false,
  })
})

test.each(['cannotSay', 'garbage', 'endless', 'error', 'silent'] as const)(
  'of a server that is %s nobody learns whether a signature is right',
  async (mood) => {
    eimzo.state.mood = mood
    const asking = eimzoVerifier(eimzo.address, 500).verify({ document, pkcs7, from })
    await expect(asking).rejects.toBeInstanceOf(VerifierAway)
  },
)

test('where nobody listens it is away, and the reason names no other machine', async () => {
  const asking = eimzoVerifier('http://127.0.0.1:1').verify({ document, pkcs7, from })
  await expect(asking).rejects.toThrow('The E-IMZO server does not answer')
})

test('it says until when its own key is good', async () => {
  expect(await verifier.ping()).toEqual({ keyValidTo: '2027-01-31 12:00:00' })
})
