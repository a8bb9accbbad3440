/** What a stranger, a program or an unlucky moment may try with forms, codes and files of the portal; and who looked at what is told. */
import { createHash, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ATTACHMENTS_OF_APPEAL_MAX_COUNT } from '#core/attachments/attachment-problems.ts'
import type { AppealId, CitizenId } from '#core/lib/ids.ts'
import { CODES_PER_NUMBER_MAX } from '#core/portal/proof-code.ts'
import { testOffice } from '../appeals/test-office.ts'
import * as bad from '../attachments/test-files.ts'
import { citizenService } from '../citizens/service.ts'
import { testDatabase } from '../database/test-database.ts'
import { sweepFiles } from '../files/sweeping.ts'
import { putProven } from './filing-store.ts'
import { countedAs, FILES_PER_HOUR_MAX } from './limits.ts'
import type { Browser } from './test-portal.ts'
import { portalStage } from './test-stage.ts'
import { VISITOR_COOKIE } from './visit.ts'

const database = await testDatabase()
const { db } = database
const { aPhone, file, fill, office, portal, signIn } = await portalStage(database, await testOffice(db))
const FILES = '/portal/appeal/files'
let last = 0

/** A telephone, and an address of the network, that no test had before. */
function another() {
  last++
  return { phone: aPhone(), address: `10.1.0.${last}` }
}

async function formOf(key: string) {
  return await db.selectFrom('portal_filings').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
}

/** As the service is told of a browser. */
function visitOf(browser: Browser, key: string) {
  const token = browser.cookies.get(VISITOR_COOKIE) ?? ''
  return { key, visitor: createHash('sha256').update(token).digest(), pinfl: null }
}

async function spendCodesOf(phone: string): Promise<void> {
  for (let code = 0; code < CODES_PER_NUMBER_MAX; code++) {
    const { address } = another()
    const browser = portal.browser(address)
    await browser.get('/portal/sign-in')
    await browser.post('/portal/sign-in', { phone })
  }
}

async function areFormsWaitedFor(): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock' and query like '%"portal_filings"%'`.execute(db)
  return rows.length > 0
}

test('a code to one’s own telephone proves no stranger’s, also when the stranger’s codes of the hour are used up', async () => {
  const [own, strangers] = [another(), another()]
  await spendCodesOf(strangers.phone)
  const browser = portal.browser(own.address)
  const { key } = await fill(browser, own.phone)
  const code = portal.codeIn()
  const { page } = await fill(browser, strangers.phone, { key })
  expect(page.text).toContain('uchta kod yuborildi')
  expect(await formOf(key)).toMatchObject({ e164: strangers.phone, code: null })

  const typed = await browser.send('/portal/appeal/confirm', { form: key, code })
  expect(typed.text).not.toContain('<dd class="big">')
  expect(await formOf(key)).toMatchObject({ proven_at: null, appeal: null })

  await fill(browser, own.phone, { key })
  await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
  expect(await formOf(key), 'his own he proves with the next').toMatchObject({
    e164: own.phone,
    appeal: expect.any(String) as string,
  })
})

test('a form whose telephone is another by the time its code is checked is not proven, and the page says so', async () => {
  const [own, strangers] = [another(), another()]
  const browser = portal.browser(own.address)
  const { key } = await fill(browser, own.phone)
  await db.updateTable('portal_filings').set({ e164: strangers.phone }).where('key', '=', key).execute()
  const typed = await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
  expect(typed.status).toBe(409)
  expect(typed.text).toContain('Shaklni qaytadan toʻldiring')
  expect((await formOf(key)).proven_at).toBeNull()
})

test('another code of the same telephone than the one the form waits for proves nothing', async () => {
  const { address, phone } = another()
  const { key } = await fill(portal.browser(address), phone)
  const proof = { e164: phone, code: randomUUID(), at: new Date(portal.clock.now) }
  expect(await db.transaction().execute((trx) => putProven(trx, key, proof))).toBe(false)
  expect((await formOf(key)).proven_at).toBeNull()
})

test('another code is asked for while the form is sent again: it goes to the telephone that the form names then', async () => {
  const [own, other] = [another(), another()]
  const browser = portal.browser(own.address)
  const { key } = await fill(browser, own.phone)
  let asked: Promise<unknown> | undefined
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('portal_filings')
      .set({ e164: other.phone, code: null })
      .where('key', '=', key)
      .execute()
    asked = portal.portal.filings.again(visitOf(browser, key), 'uz')
    await expect.poll(areFormsWaitedFor).toBe(true)
  })
  expect(await asked).toBe('confirm')
  expect(portal.sent.at(-1)?.to).toBe(other.phone)
})

test('a form that holds as many files as it may takes no byte of another one', async () => {
  const { address, phone } = another()
  const browser = portal.browser(address)
  const { key } = await fill(browser, phone)
  for (let at = 0; at < ATTACHMENTS_OF_APPEAL_MAX_COUNT; at++)
    await browser.upload(FILES, { form: key }, { name: `${at}.txt`, content: `Ilova ${at}` })
  let read = 0
  async function* content() {
    read++
    yield Buffer.from('Yana bitta')
  }
  const sent = { name: 'ortiqcha.txt', content: content() }
  await expect(portal.portal.filings.addFile(visitOf(browser, key), sent)).rejects.toMatchObject({
    code: 'tooManyFiles',
  })
  expect(read).toBe(0)
})

test('a file that ends after the telephone was proven is refused, and not lost without a word', async () => {
  const { address, phone } = another()
  const browser = portal.browser(address)
  const { key } = await fill(browser, phone)
  async function* slowly() {
    yield Buffer.from('Arizamning boshi')
    await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
    yield Buffer.from(' va oxiri')
  }
  const sent = { name: 'ariza.txt', content: slowly() }
  await expect(portal.portal.filings.addFile(visitOf(browser, key), sent)).rejects.toMatchObject({
    code: 'moveNotPossible',
  })
  expect((await formOf(key)).appeal).not.toBeNull()
  expect(await db.selectFrom('portal_files').select('id').where('form', '=', key).execute()).toEqual([])
  const late = await browser.upload(FILES, { form: key }, { name: 'kech.txt', content: 'Kech' })
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('Murojaatning hozirgi holatida')])
})

test.each([
  ['a program that is called a picture', bad.PROGRAM, 'rasm.jpg', 'Bu turdagi fayllar qabul qilinmaydi'],
  ['a document with macros', bad.DOCM, 'ariza.docm', 'Hujjatda makroslar bor'],
  ['a document that hides its macros', bad.HIDDEN_MACROS, 'ariza.docx', 'Hujjatda makroslar bor'],
  ['a bomb', bad.BOMB, 'a.zip', 'Arxiv ochilganda juda katta boʻladi'],
  ['an archive with a password', bad.LOCKED_ZIP, 'a.zip', 'Fayl parol bilan yopilgan'],
  ['a program in an archive', bad.PROGRAM_IN_ZIP, 'a.zip', 'Arxivda dastur bor'],
  ['a name that leads out of its folder', bad.PDF, '../../ariza.pdf', 'boshqa papkaga olib boradi'],
])(
  'with a form comes %s: it is refused with the reason, and nothing of it is kept',
  async (_what, content, name, why) => {
    const { address, phone } = another()
    const browser = portal.browser(address)
    const { key } = await fill(browser, phone)
    const page = await browser.upload(FILES, { form: key }, { name, content: new Uint8Array(content) })
    expect(page.text).toContain(why)
    expect(await db.selectFrom('portal_files').select('id').where('form', '=', key).execute()).toEqual([])
  },
)

test('whoever sends files without end is stopped by his address', async () => {
  const browser = portal.browser(another().address)
  const statuses: number[] = []
  for (let at = 0; at < FILES_PER_HOUR_MAX + 2; at++)
    statuses.push((await browser.upload(FILES, {}, { name: 'a.txt', content: 'A' })).status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
})

test('however many files nothing names, one night sweeps them', async () => {
  const many = 1_100
  await sql`insert into stored_files (sha256, bytes, seen_at)
    select encode(sha256(n::text::bytea), 'hex'), 1, '2020-01-01' from generate_series(1, ${sql.lit(many)}) n`.execute(
    db,
  )
  const before = new Date('2020-02-01')
  expect(await sweepFiles({ db, folder: `${tmpdir()}/${randomUUID()}`, before })).toBe(many)
})

test('what no page of ours sends is answered as the reader’s fault', async () => {
  const { address, phone } = another()
  const browser = portal.browser(address)
  await signIn(browser, phone)
  const { key } = await fill(browser, another().phone)
  const answers = {
    twice: await browser.get('/portal/faq?q=xyz&q=imtihon&lang=ru&lang=uz'),
    nothing: await browser.get('/portal/faq?q=%00imtihon'),
    nul: await browser.get('/portal/cabinet/appeals/A-2026-%00'),
    malformed: await browser.get('/portal/cabinet/appeals/murojaat'),
    file: await browser.post(`${FILES}/remove`, { form: key, file: 'x' }),
  }
  const statuses = Object.entries(answers).map(([name, { status }]) => [name, status])
  expect(Object.fromEntries(statuses)).toEqual({
    twice: 200,
    nothing: 200,
    nul: 404,
    malformed: 404,
    file: 404,
  })
  expect(answers.twice.text, 'the last one counts').toContain('Imtihon qachon?')

  const json = await portal.app.inject({
    method: 'POST',
    url: '/portal/appeal',
    headers: { 'content-type': 'application/json' },
    cookies: Object.fromEntries(browser.cookies),
    payload: JSON.stringify({ token: 7, phone: [], text: {} }),
  })
  expect(json.statusCode).toBe(400)
})

test('an address that says something was done which nobody can do shows the appeal all the same', async () => {
  const { address, phone } = another()
  const browser = portal.browser(address)
  const { number } = await file(browser, phone)
  await signIn(browser, phone)
  for (const done of ['constructor', '__proto__', 'toString'])
    expect((await browser.get(`/portal/cabinet/appeals/${number}?done=${done}`)).status, done).toBe(200)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
  ['2001:0db8:0000:0001:ffff:1:2:3', '2001:db8:0:1::/64'],
  ['2001:db8:0:2::1', '2001:db8:0:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the address %s is counted as %s', (address, counted) => {
  expect(countedAs(address)).toBe(counted)
})

test('the citizen is told who opened his appeal and his card, once a day, and who took it out in a list', async () => {
  const { address, phone } = another()
  const own = await office.register({
    citizen: { number: phone, name: 'Bobur Karimov' },
    telephone: phone,
  })
  await db.updateTable('citizen_numbers').set({ standing: 'confirmed' }).where('e164', '=', phone).execute()
  const { editor, supervisor } = office.people
  await office.appeals.open(own.id as AppealId, editor)
  await office.appeals.open(own.id as AppealId, editor)
  await office.appeals.exportChosen(
    { reason: 'Oylik hisobot', chosen: { list: 'all' }, ids: [own.id] },
    { ...supervisor, name: 'supervisor' },
  )
  const citizens = citizenService({ db })
  await citizens.open(own.citizen.id as CitizenId, supervisor.id)
  const browser = portal.browser(address)
  await signIn(browser, phone)
  const { text } = await browser.get('/portal/cabinet/opened')
  const times = (words: string) => text.split(words).length - 1
  expect(times('Muharrir: murojaatingizni ochdi')).toBe(1)
  expect(times('Menejer: murojaatingizni roʻyxatda chiqarib oldi')).toBe(1)
  expect(times('Menejer: kartangizni ochdi')).toBe(1)
  expect(text, 'why is the office’s').not.toContain('Oylik hisobot')
  expect((await citizens.card(own.citizen.id as CitizenId)).timeline.map(({ type }) => type)).not.toContain(
    'citizenOpened',
  )
})
