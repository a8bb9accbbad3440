/** Citizens who sign in by OneID, as their browsers meet the portal and a server that stands in for OneID. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AttachmentId, AppealId } from '#core/lib/ids.ts'
import { SIGN_IN_WITHIN_MS } from '#core/portal/proven-identity.ts'
import { checkDigit } from '#core/citizens/pinfl.ts'
import { MONDAY_MORNING, testOffice } from '../appeals/test-office.ts'
import { record } from '../database/event-log.ts'
import { testDatabase } from '../database/test-database.ts'
import { oneIdProvider } from '../oneid/one-id.ts'
import { GULNORA, testOneId } from '../oneid/test-one-id.ts'
import type { PortalEvent } from './events.ts'
import { keyed, PORTAL_SETTINGS } from './service.ts'
import {
  type Browser,
  citizenSteps,
  FILED_WORDS as WORDS,
  keyOn,
  numberAndCode,
  type Shown,
  testPortal,
  type TestPortal,
} from './test-portal.ts'

const { db, pool } = await testDatabase()
const ONE_ID = await testOneId()
const PORTAL = 'https://murojaat.example'
const HOUR_MS = 3_600_000

let office: Awaited<ReturnType<typeof testOffice>>
let portal: TestPortal
let last = 0
const { file, signIn } = citizenSteps(() => portal)

beforeAll(async () => {
  office = await testOffice(db)
  portal = await testPortal({ db, pool }, MONDAY_MORNING)
})
afterAll(async () => {
  portal.removeFiles()
  await ONE_ID.close()
})
beforeEach(async () => {
  ONE_ID.reset()
  portal.sent.length = 0
  portal.gateway.identityProvider = oneIdProvider(ONE_ID.place, { answerWithinMs: 300 })
  portal.clock.now += 2 * HOUR_MS
  office.clock.now = portal.clock.now
  await db
    .transaction()
    .execute((trx) => PORTAL_SETTINGS.write(trx, { ...SETTINGS, address: `${PORTAL}/portal/` }, null))
})
const SETTINGS = { address: '', announcement: { uz: '', ru: '', en: '' }, showsStaffNames: false }

/** Somebody whom no test had before; OneID tells of him from now on. */
function somebody(name = 'KARIMOV JASUR BAHODIR OʻGʻLI') {
  last++
  const digits = `3120395024${String(last).padStart(3, '0')}`
  const pin = `${digits}${checkDigit(digits)}`
  ONE_ID.person = { ...GULNORA, pin, full_name: name }
  return { pinfl: pin, name, phone: `+99891${String(1_000_000 + last)}` }
}

/** As far as the address at which OneID sends him back. */
async function leave(from: Browser, on = 'cabinet', link?: 'Ruxsat berish' | 'Rad etish'): Promise<string> {
  const { to = '' } = await from.get(`/portal/sign-in/oneid?on=${on}`)
  return (await ONE_ID.decide(to, link)).replace(PORTAL, '')
}

async function comeBack(from: Browser, to: string): Promise<Shown> {
  const back = await from.get(to)
  return back.to === undefined ? back : await from.get(back.to)
}

const signInByOneId = async (from: Browser) => await comeBack(from, await leave(from))

/** An agent writes an appeal down on a card with this PINFL. */
async function writtenDown(pinfl: string, more: Parameters<typeof office.register>[0] = {}) {
  const appeal = await office.register({ citizen: { name: 'Kimdir Boshqacha Yozilgan' }, ...more })
  await db
    .updateTable('citizens')
    .set({ pinfl })
    .where('id', 'in', db.selectFrom('appeals').select('citizen').where('number', '=', appeal.number))
    .execute()
  return appeal
}

test('whoever says yes at OneID is in the cabinet of his person, and signed out at both when he goes', async () => {
  const { name, pinfl } = somebody()
  const browser = portal.browser()
  expect((await browser.get('/portal/sign-in')).text).toContain('OneID orqali kirish')
  const cabinet = await signInByOneId(browser)
  expect(cabinet.text).toContain(name)
  expect(cabinet.text, 'the PINFL is on no page').not.toContain(pinfl)
  const row = await db
    .selectFrom('citizen_sign_ins')
    .selectAll()
    .where('pinfl', '=', pinfl)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ e164: null, name })
  const token = ONE_ID.asked.find((form) => form.has('access_token'))?.get('access_token') ?? ''
  expect(row.provider_token?.toString('latin1'), 'the token cannot be read in the table').not.toContain(token)
  await browser.send('/portal/sign-out', {})
  expect(ONE_ID.loggedOut).toEqual([token])
  expect((await browser.get('/portal/cabinet')).to).toBe('/portal/sign-in')
  await browser.send('/portal/sign-out', {})
  expect(ONE_ID.loggedOut, 'once').toHaveLength(1)
})

test('while it is off, or nobody has said where the portal is, it is offered nowhere', async () => {
  const settings = { ...SETTINGS }
  await db.transaction().execute((trx) => PORTAL_SETTINGS.write(trx, settings, null))
  for (const isSetUp of [true, false]) {
    if (!isSetUp) delete portal.gateway.identityProvider
    const browser = portal.browser()
    expect((await browser.get('/portal/sign-in')).text).not.toContain('OneID')
    expect((await browser.get('/portal/appeal')).text).not.toContain('OneID')
    expect((await browser.get('/portal/sign-in/oneid')).to).toBe('/portal/sign-in?problem=away')
  }
})

test.each([
  [
    'somebody who said no',
    'davom|toʻxtatildi',
    async (from: Browser) => await leave(from, 'cabinet', 'Rad etish'),
  ],
  [
    'somebody while OneID is away',
    'hozir javob bermayapti',
    async (from: Browser) => {
      const to = await leave(from)
      ONE_ID.mood = 'silent'
      return to
    },
  ],
  [
    'a legal entity',
    'yuridik shaxs',
    async (from: Browser) => {
      ONE_ID.person = { ...ONE_ID.person, user_type: 'L' }
      return await leave(from)
    },
  ],
  [
    'somebody whose answer went wrong',
    'tasdiqlamadi',
    async (from: Browser) => {
      ONE_ID.person = { ...ONE_ID.person, ret_cd: '2' }
      return await leave(from)
    },
  ],
  [
    'somebody whose code is old',
    'tasdiqlamadi',
    async (from: Browser) => {
      ONE_ID.givesOldCodes = true
      return await leave(from)
    },
  ],
  ['somebody with a state of his own', 'qaytadan|Qaytadan', async (from: Browser) => `${await leave(from)}x`],
  [
    'somebody who took too long',
    'Qaytadan',
    async (from: Browser) => {
      const to = await leave(from)
      portal.clock.now += SIGN_IN_WITHIN_MS + 1
      return to
    },
  ],
])('%s is not signed in; the page says why and asks for a telephone', async (_who, words, way) => {
  somebody()
  const browser = portal.browser()
  const page = await comeBack(browser, await way(browser))
  expect(page.text).toMatch(new RegExp(words))
  expect(page.text).toContain('name="phone"')
  expect((await browser.get('/portal/cabinet')).to).toBe('/portal/sign-in')
})

test('what began in one browser ends in no other, and once', async () => {
  somebody()
  const [one, other] = [portal.browser(), portal.browser()]
  const to = await leave(one)
  await other.get('/portal/sign-in/oneid')
  expect((await other.get(to)).to, 'a link that somebody prepared').toBe('/portal/sign-in?problem=stale')
  expect((await one.get(to)).to).toBe('/portal/cabinet')
  expect((await one.get(to)).to, 'the same answer again').toBe('/portal/sign-in?problem=stale')
})

test('a cookie that was made elsewhere begins nothing', async () => {
  somebody()
  const browser = portal.browser()
  const to = await leave(browser)
  browser.cookies.set('javob-ticket', `${portal.clock.now}.cabinet.forged`)
  expect((await browser.get(to)).to).toBe('/portal/sign-in?problem=stale')
  const noState = new URL(to, PORTAL)
  noState.searchParams.delete('state')
  expect((await browser.get(`${noState.pathname}${noState.search}`)).to).toBe('/portal/sign-in?problem=stale')
})

test('the cabinet shows what is written down under the PINFL, but no report of corruption, and nothing of others', async () => {
  const { pinfl } = somebody()
  const own = await writtenDown(pinfl)
  const secret = await writtenDown(pinfl)
  await db.updateTable('appeals').set({ track: 'trust' }).where('number', '=', secret.number).execute()
  const others = await office.register({ citizen: { name: 'Boshqa Odam' } })
  const browser = portal.browser()
  const cabinet = await signInByOneId(browser)
  expect(cabinet.text).toContain(own.number)
  expect((await browser.get(`/portal/cabinet/appeals/${own.number}`)).status).toBe(200)
  for (const { number } of [secret, others]) {
    expect(cabinet.text).not.toContain(number)
    expect((await browser.get(`/portal/cabinet/appeals/${number}`)).status).toBe(404)
  }
})

test('calls and recordings stay with the telephone, also with the one that OneID tells of', async () => {
  const { phone } = somebody()
  ONE_ID.person = { ...ONE_ID.person, mob_phone_no: phone.slice(1) }
  const { number } = await file(portal.browser(), phone)
  const browser = portal.browser()
  const cabinet = await signInByOneId(browser)
  expect(cabinet.text).not.toContain(number)
  expect(cabinet.text).not.toContain('/portal/cabinet/calls')
  for (const at of ['/portal/cabinet/calls', `/portal/cabinet/calls/${randomUUID()}/recording`])
    expect((await browser.get(at)).to).toBe('/portal/cabinet')
  expect((await browser.post(`/portal/cabinet/calls/${randomUUID()}/recording`, {})).to).toBe(
    '/portal/cabinet',
  )
})

/** As far as the page on which nothing is left but to send it. */
async function fillSignedIn(browser: Browser, change: Record<string, string> = {}) {
  const page = await browser.get('/portal/appeal')
  const key = keyOn(page)
  const form = { key, kind: 'complaint', phone: '', text: WORDS, website: '', ...change }
  return { key, page, ready: await browser.send('/portal/appeal', form) }
}

async function appealOf(number: string) {
  return await db
    .selectFrom('appeals')
    .innerJoin('citizens', 'citizens.id', 'appeals.citizen')
    .select([
      'appeals.id',
      'track',
      'citizen',
      'citizens.pinfl',
      'citizens.name',
      'birth_on',
      'registered_by',
    ])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
}

test('whoever is signed in by OneID files without a code, under the name and PINFL that the state tells, with files', async () => {
  const { name, pinfl } = somebody('TOSHMATOV ALISHER')
  const browser = portal.browser()
  await comeBack(browser, await leave(browser, 'file'))
  const { key, page, ready } = await fillSignedIn(browser, { name: 'Boshqa Ism' })
  expect(page.text).toContain(name)
  expect(page.text).not.toContain('name="name"')
  expect(ready.text).toContain('Yuborishga tayyor')
  const withFile = await browser.upload(
    '/portal/appeal/files',
    { form: key },
    { name: 'ariza.txt', content: 'A' },
  )
  expect(withFile.text).toContain('ariza.txt')
  const filed = await browser.send('/portal/appeal/confirm', { form: key })
  const { code, number } = numberAndCode(filed)
  expect(await appealOf(number)).toMatchObject({ pinfl, name, birth_on: '1995-03-12', registered_by: null })
  const again = await browser.send('/portal/appeal/confirm', { form: key })
  expect(numberAndCode(again).number, 'sent again it is the same appeal').toBe(number)
  expect((await browser.get(`/portal/cabinet/appeals/${number}`)).text).toContain(WORDS)
  await portal.deliverAll()
  const told = portal.sent.filter(({ text }) => text.includes(number))
  expect(told, 'no message goes to a number that nobody has proven').toEqual([])
  const anybody = portal.browser()
  await anybody.get('/portal/status')
  expect((await anybody.send('/portal/status', { number, code })).text).toContain(`Murojaat ${number}`)
})

test('all appeals of one person are of one card, also those filed at once, and whatever he was called before', async () => {
  const { pinfl } = somebody()
  const known = await writtenDown(pinfl)
  const browsers = [portal.browser(), portal.browser()]
  const filed = await Promise.all(
    browsers.map(async (browser) => {
      await signInByOneId(browser)
      const { key } = await fillSignedIn(browser)
      return numberAndCode(await browser.send('/portal/appeal/confirm', { form: key })).number
    }),
  )
  const cards = await Promise.all(
    [known.number, ...filed].map(async (number) => (await appealOf(number)).citizen),
  )
  expect(new Set(cards).size).toBe(1)
  const stranger = somebody()
  await Promise.all(
    browsers.map(async (browser) => {
      await signInByOneId(browser)
      const { key } = await fillSignedIn(browser)
      await browser.send('/portal/appeal/confirm', { form: key })
    }),
  )
  const { rows } = await pool.query('select id from citizens where pinfl = $1', [stranger.pinfl])
  expect(rows, 'a new card is made once').toHaveLength(1)
})

test('with a telephone a code proves that too; then messages go there, and its cabinet shows the appeal', async () => {
  const { phone, pinfl } = somebody()
  const browser = portal.browser()
  await signInByOneId(browser)
  const { key, ready } = await fillSignedIn(browser, { phone })
  expect(ready.text).toContain('Xabardagi kod')
  const early = await browser.send('/portal/appeal/confirm', { form: key })
  expect(early.text, 'without the code nothing is filed').toContain('Kod notoʻgʻri')
  const { number } = numberAndCode(
    await browser.send('/portal/appeal/confirm', { form: key, code: portal.codeIn() }),
  )
  expect((await appealOf(number)).pinfl).toBe(pinfl)
  await portal.deliverAll()
  expect(portal.sent.at(-1)).toMatchObject({ to: phone })
  const cabinet = await signIn(portal.browser(), phone)
  expect(cabinet.text).toContain(number)
})

test('nobody gets the card of somebody with his name by naming that one’s telephone', async () => {
  const { name, phone } = somebody()
  const before = await file(portal.browser(), phone, { name })
  const browser = portal.browser()
  await signInByOneId(browser)
  const { key } = await fillSignedIn(browser)
  const { number } = numberAndCode(await browser.send('/portal/appeal/confirm', { form: key }))
  expect((await appealOf(number)).citizen).not.toBe((await appealOf(before.number)).citizen)
  expect((await browser.get('/portal/cabinet')).text).not.toContain(before.number)
})

test('a report of corruption filed by OneID is seen in that cabinet, and in no telephone’s', async () => {
  const { phone } = somebody()
  const browser = portal.browser()
  await signInByOneId(browser)
  const { key } = await fillSignedIn(browser, { confidential: 'yes' })
  const { number } = numberAndCode(await browser.send('/portal/appeal/confirm', { form: key }))
  expect((await appealOf(number)).track).toBe('trust')
  expect((await browser.get('/portal/cabinet')).text).toContain(number)
  expect((await signIn(portal.browser(), phone)).text).not.toContain(number)
})

test('a form of a person is seen, confirmed and given files only while he is signed in', async () => {
  somebody()
  const browser = portal.browser()
  await signInByOneId(browser)
  const { key } = await fillSignedIn(browser)
  await browser.send('/portal/sign-out', {})
  const asked = [
    await browser.get(`/portal/appeal?form=${key}`),
    await browser.get(`/portal/appeal/confirm?form=${key}`),
    await browser.post('/portal/appeal/confirm', { form: key }),
    await browser.post('/portal/appeal', {
      key,
      kind: 'complaint',
      name: 'Kimdir Kim',
      phone: '+998901112233',
      text: WORDS,
    }),
  ]
  expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  somebody('BOSHQA ODAM')
  await signInByOneId(browser)
  expect((await browser.post('/portal/appeal/confirm', { form: key })).status, 'nor by another').toBe(404)
})

test('whoever is signed out while he writes loses no word', async () => {
  somebody()
  const browser = portal.browser()
  await signInByOneId(browser)
  const key = keyOn(await browser.get('/portal/appeal'))
  portal.clock.now += 3 * HOUR_MS
  const page = await browser.send('/portal/appeal', { key, kind: 'complaint', phone: '', text: WORDS })
  expect(page.text).toContain(WORDS)
  expect(page.text).toContain('name="name"')
})

test('who opened what is told by who asks: he himself, whoever has the telephone, and the staff by its role', async () => {
  const { phone } = somebody()
  const browser = portal.browser()
  await signInByOneId(browser)
  const { key } = await fillSignedIn(browser, { phone })
  const { number } = numberAndCode(
    await browser.send('/portal/appeal/confirm', { form: key, code: portal.codeIn() }),
  )
  const { id } = await appealOf(number)
  await office.appeals.open(id as AppealId, office.people.editor)
  const opened = await browser.get('/portal/cabinet/opened')
  expect(opened.text).toContain('Muharrir')
  const event = {
    type: 'replyFileOpenedByCitizen',
    appeal: id,
    attachment: randomUUID() as AttachmentId,
  } as const
  for (const proof of ['person', 'telephone'] as const)
    await db.transaction().execute((trx) => record<PortalEvent>(trx, { ...event, proof }))
  const told = (await browser.get('/portal/cabinet/opened')).text
  expect(told).toContain('Siz: javob hujjatini')
  expect(told).toContain('Telefon qoʻlida boʻlgan kishi: javob hujjatini')
  const other = portal.browser()
  await signIn(other, phone)
  const byPhone = (await other.get('/portal/cabinet/opened')).text
  expect(byPhone).toContain('OneID orqali kirgan kishi: javob hujjatini')
})

test('OneID away at signing out keeps nobody in, and the table holds nothing to read', async () => {
  const { pinfl } = somebody()
  const browser = portal.browser()
  await signInByOneId(browser)
  ONE_ID.mood = 'silent'
  expect((await browser.post('/portal/sign-out', {})).to).toBe('/portal/')
  const row = await db
    .selectFrom('citizen_sign_ins')
    .selectAll()
    .where('pinfl', '=', pinfl)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ provider_token: null, ended_at: expect.any(Date) })
  portal.clock.now += 48 * HOUR_MS
  await portal.portal.cabinet.forgetOldSignIns()
  expect(
    await db.selectFrom('citizen_sign_ins').select('pinfl').where('pinfl', '=', pinfl).execute(),
  ).toEqual([])
})

test('what is sealed for one cookie is opened by no other, and by no other secret', () => {
  const keys = keyed('one secret')
  const sealed = keys.seal('cookie', 'token')
  expect(keys.unseal('cookie', sealed)).toBe('token')
  expect(() => keys.unseal('other', sealed)).toThrow(/authenticate/)
  expect(() => keyed('another secret').unseal('cookie', sealed)).toThrow(/authenticate/)
})
