/** What a citizen has of the reply, and what he is told on the way to it. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AppealId } from '#core/lib/ids.ts'
import { PDF } from '../attachments/test-files.ts'
import { bringToChancellery, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import type { Browser, Shown } from './test-portal.ts'
import { portalStage } from './test-stage.ts'

const database = await testDatabase()
const { db } = database
const { aForm, aPhone, file, fill, office, portal, signIn } = await portalStage(
  database,
  await testOffice(db),
)

async function filed() {
  const phone = aPhone()
  const { code, number } = await file(portal.browser(), phone)
  const { id } = await db
    .selectFrom('appeals')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return { code, id, number, phone }
}

async function* bytes() {
  yield PDF
}

/** A file of the chancellery's, which it attaches while it works on the reply. */
async function attachToReply(id: AppealId, name = 'Javob xati.pdf') {
  const rows = await portal.attachments.add(
    id,
    { name, content: bytes(), requestKey: randomUUID() },
    office.people.chancellery,
  )
  return rows.at(-1)?.id ?? ''
}

function reply(id: AppealId): Promise<void> {
  return portal.move(id, 'reply', office.people.chancellery, { result: 'explained', reply: 'Javob ilovada.' })
}

/** A browser that has found the appeal by number and code, and what it shows. */
async function byCode({ code, number }: { code: string; number: string }) {
  const browser = portal.browser()
  await browser.get('/portal/status')
  return { browser, page: await browser.send('/portal/status', { number, code }) }
}

const fileOn = ({ text }: Shown): string => /name="file" value="([^"]+)"/.exec(text)?.[1] ?? ''

async function openings(browser: Browser): Promise<string> {
  return (await browser.get('/portal/cabinet/opened')).text
}

test('whoever has number and code saves the documents of the reply, once there is one', async () => {
  const appeal = await filed()
  await bringToChancellery(office, appeal.id)
  const attached = await attachToReply(appeal.id)
  const { browser, page: before } = await byCode(appeal)
  expect(before.text).not.toContain('Javob xati.pdf')
  const early = await browser.post('/portal/status/file', { ...appeal, file: attached })
  expect(early.status, 'a paper that lies ready is no reply yet').toBe(404)

  await portal.move(appeal.id, 'assign', office.people.chancellery, { executors: ['Sirojiddin Ijrochi'] })
  await reply(appeal.id)
  const page = await browser.send('/portal/status', appeal)
  expect(page.text, 'who carries it out is no citizen’s to see').not.toContain('Ijrochi')
  expect(page.text).toContain('Javob xati.pdf')
  expect(fileOn(page)).toBe(attached)
  const { to = '' } = await browser.post('/portal/status/file', { ...appeal, file: attached })
  const saved = await browser.get(to)
  expect(saved.text).toBe(PDF.toString())
  expect(saved.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="Javob xati.pdf"; filename*=UTF-8''Javob%20xati.pdf`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'no-store',
  })
  portal.clock.now += 62_000
  expect((await browser.get(to)).status, 'a ticket holds for a minute').toBe(404)
})

test('a stranger gets nothing: neither by a wrong code nor a wrong number, nor a file that is no reply', async () => {
  const [appeal, other] = [await filed(), await filed()]
  await bringToChancellery(office, appeal.id)
  const attached = await attachToReply(appeal.id)
  await reply(appeal.id)
  await bringToChancellery(office, other.id)
  await reply(other.id)
  const stranger = portal.browser('10.0.3.9')
  await stranger.get('/portal/status')
  const asked = { number: appeal.number, code: appeal.code, file: attached }
  for (const change of [
    { code: 'ABCD-EFGH' },
    { number: 'A-2031-000777' },
    // Of an appeal that is his, a file that is another's.
    { number: other.number, code: other.code },
    { file: randomUUID() },
    { file: '../../etc/passwd' },
  ])
    expect((await stranger.post('/portal/status/file', { ...asked, ...change })).status).toBe(404)
  expect((await stranger.get(`/portal/files/${attached}/99999999999.guessed`)).status).toBe(404)
  expect((await stranger.post(`/portal/cabinet/appeals/${appeal.number}/file`, asked)).to).toBe(
    '/portal/sign-in',
  )
  await signIn(stranger, other.phone)
  expect((await stranger.post(`/portal/cabinet/appeals/${appeal.number}/file`, asked)).status).toBe(404)
  const log = db.selectFrom('events').select('id').where('appeal', '=', appeal.id)
  expect(await log.where('type', '=', 'replyFileOpenedByCitizen').execute()).toEqual([])
})

test('what the citizen himself sent is no document of the reply', async () => {
  const appeal = await filed()
  const own = { name: 'ariza.pdf', content: bytes(), requestKey: randomUUID() }
  await portal.attachments.add(appeal.id, own, office.people.editor)
  await bringToChancellery(office, appeal.id)
  await reply(appeal.id)
  expect((await byCode(appeal)).page.text).not.toContain('ariza.pdf')
})

test('who opened what is told: the citizen himself, whoever has the code, and the staff by its role', async () => {
  const appeal = await filed()
  await bringToChancellery(office, appeal.id)
  const attached = await attachToReply(appeal.id)
  await reply(appeal.id)
  await portal.attachments.open(attached as never, office.people.officer)
  const cabinet = portal.browser('10.0.3.10')
  await signIn(cabinet, appeal.phone)
  const address = `/portal/cabinet/appeals/${appeal.number}`
  expect((await cabinet.get(address)).text).toContain('Javob xati.pdf')
  expect(await openings(cabinet)).not.toContain('javob hujjatini saqlab oldi')
  expect((await cabinet.send(`${address}/file`, { file: attached })).text).toBe(PDF.toString())
  const { browser } = await byCode(appeal)
  await browser.post('/portal/status/file', { ...appeal, file: attached })
  const told = await openings(cabinet)
  expect(told).toContain('Siz: javob hujjatini saqlab oldi')
  expect(told).toContain('Raqam va kodni bilgan kishi: javob hujjatini saqlab oldi')
  expect(told).toContain('Masʼul xodim: murojaatingizga ilova qilingan faylni ochdi')
  const card = await office.appeals.card(appeal.id, office.people.officer)
  expect(card.timeline.filter(({ type }) => type === 'replyFileOpenedByCitizen')).toHaveLength(2)
})

test('of an extension the citizen reads the new day and why, and gets one message', async () => {
  const appeal = await filed()
  const before = (await office.appeals.card(appeal.id, office.people.officer)).dueOn
  const granted = { reason: 'Hujjatlar tekshirilmoqda', signatory: 'A. Rahbar' }
  await portal.move(appeal.id, 'extend', office.people.officer, granted)
  const { dueOn } = await office.appeals.card(appeal.id, office.people.officer)
  expect(dueOn && before && dueOn > before).toBe(true)
  await portal.deliverAll()
  await portal.deliverAll()
  const [year, month, day] = (dueOn ?? '').split('-')
  const told = portal.sent.filter(({ text }) => text.includes('uzaytirildi'))
  expect(told).toEqual([
    {
      to: appeal.phone,
      text: `${appeal.number} raqamli murojaatingizga javob muddati uzaytirildi. Javob muddati: ${day}.${month}.${year}. Sababi kabinetda.`,
    },
  ])
  const { page } = await byCode(appeal)
  expect(page.text).toContain('Javob berish muddati uzaytirildi')
  expect(page.text).toContain('Hujjatlar tekshirilmoqda')
  expect(page.text, 'who signed it is no citizen’s to see').not.toContain('A. Rahbar')
  const cabinet = portal.browser('10.0.3.11')
  await signIn(cabinet, appeal.phone)
  const own = await cabinet.get(`/portal/cabinet/appeals/${appeal.number}?lang=en`)
  expect(own.text).toContain('The time for the reply was extended – reply by')
})

test('of forwarding the citizen reads to whom and why, and gets one message', async () => {
  const appeal = await filed()
  const where = { authority: 'Oliy taʼlim vazirligi', reason: 'Vakolatiga kiradi' }
  await portal.move(appeal.id, 'forward', office.people.editor, where)
  await portal.deliverAll()
  expect(portal.sent.filter(({ text }) => text.includes('vakolatli organga yuborildi'))).toHaveLength(1)
  const { page } = await byCode(appeal)
  expect(page.text.match(/Oliy taʼlim vazirligi/g)).toHaveLength(1)
  expect(page.text).toContain('Vakolatiga kiradi')
})

test('a report of corruption is confidential from the first moment, and its citizen follows it all the same', async () => {
  const phone = aPhone()
  const { code, number } = await file(portal.browser(), phone, { confidential: 'yes' })
  const { id, track } = await db
    .selectFrom('appeals')
    .select(['id', 'track'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  expect(track).toBe('trust')
  const log = db.selectFrom('events').select('body').where('appeal', '=', id)
  expect(await log.where('type', '=', 'appealRegistered').execute()).toMatchObject([
    { body: { track: 'trust' } },
  ])
  for (const stranger of ['agent', 'supervisor', 'editor', 'chancellery'] as const)
    await expect(office.appeals.card(id, office.people[stranger])).rejects.toMatchObject({ code: 'notFound' })
  expect((await office.appeals.card(id, office.people.officer)).number).toBe(number)
  expect((await byCode({ code, number })).page.text).toContain('Roʻyxatga olingan')
  const cabinet = portal.browser('10.0.3.12')
  await signIn(cabinet, phone)
  expect((await cabinet.get(`/portal/cabinet/appeals/${number}`)).status).toBe(200)
})

test('what was ticked stays ticked while the form is changed, and can be taken back before the code', async () => {
  const browser = portal.browser('10.0.3.13')
  const phone = aPhone()
  const { key } = await fill(browser, phone, { confidential: 'yes' })
  const again = await browser.get(`/portal/appeal?form=${key}`)
  expect(again.text).toContain('name="confidential" value="yes" checked')
  expect(again.text).toContain('Uni faqat masʼul xodimlar oʻqiydi')
  const { confidential: _, ...plain } = aForm(phone, { confidential: '' })
  await browser.post('/portal/appeal', { key, ...plain })
  expect((await browser.get(`/portal/appeal?form=${key}`)).text).not.toContain('checked><span>Bu korrupsiya')
  await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
  const form = db.selectFrom('portal_filings').innerJoin('appeals', 'appeals.id', 'portal_filings.appeal')
  expect(await form.select('track').where('key', '=', key).execute()).toEqual([{ track: 'general' }])
})
