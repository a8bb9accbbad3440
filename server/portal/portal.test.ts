/** The portal with a real PostgreSQL, as a citizen's browser meets it. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AppealId, CallId } from '#core/lib/ids.ts'
import { bringToChancellery, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { GUESSES_PER_QUARTER_MAX } from './limits.ts'
import { FILED_WORDS as WORDS, keyOn, numberAndCode, type Shown } from './test-portal.ts'
import { portalStage } from './test-stage.ts'

const database = await testDatabase()
const { db } = database
const { aForm, aPhone, file, fill, office, portal, signIn } = await portalStage(
  database,
  await testOffice(db),
)
const PAGE_MAX_BYTES = 50 * 1024

async function appealsOf(phone: string) {
  return await db
    .selectFrom('appeals')
    .innerJoin('citizen_numbers', 'citizen_numbers.citizen_id', 'appeals.citizen')
    .selectAll('appeals')
    .select('citizen_numbers.standing')
    .where('e164', '=', phone)
    .execute()
}

test('an appeal is filed, proven by the code, registered by nobody of the staff, and its number is there at once', async () => {
  const phone = aPhone()
  const { number, code, page } = await file(portal.browser(), phone)
  expect(page.text).toContain('Murojaatingiz roʻyxatga olindi')
  const [appeal] = await appealsOf(phone)
  expect(appeal).toMatchObject({
    number,
    kind: 'complaint',
    status: 'registered',
    medium: 'portal',
    registered_by: null,
    text: WORDS,
    standing: 'confirmed',
  })
  const card = await office.appeals.card(appeal?.id as AppealId, office.people.editor)
  expect(card).toMatchObject({
    registeredByName: null,
    moves: [{ action: 'register', by: null, byName: null }],
  })
  const form = await db
    .selectFrom('portal_filings')
    .selectAll()
    .where('appeal', '=', card.id as AppealId)
    .executeTakeFirst()
  expect([form?.name, form?.text], 'the words stand in the appeal alone').toEqual([null, null])
  await portal.deliverAll()
  expect(portal.sent.at(-1)?.text).toContain(`${number} raqamli`)
  expect(portal.sent.at(-1)?.text).toContain(code)
})

test('a code is sent once, and stands nowhere once it was sent', async () => {
  const phone = aPhone()
  await fill(portal.browser(), phone)
  await portal.deliverAll()
  await portal.deliverAll()
  expect(portal.sent.filter(({ to }) => to === phone)).toHaveLength(1)
  const [message] = await db.selectFrom('messages').selectAll().where('e164', '=', phone).execute()
  expect(message).toMatchObject({ status: 'sent', text: null, segments: 1 })
})

test('the same form sent twice, at once and again, is one appeal and one code', async () => {
  const browser = portal.browser()
  const phone = aPhone()
  const key = keyOn(await browser.get('/portal/appeal'))
  const forms = await Promise.all(
    [1, 2, 3].map(() => browser.post('/portal/appeal', { key, ...aForm(phone) })),
  )
  expect(new Set(forms.map(({ to }) => to)).size).toBe(1)
  expect(portal.sent).toHaveLength(1)
  const code = portal.codeIn()
  const sent = { form: key, code }
  const confirmed = await Promise.all([1, 2, 3].map(() => browser.post('/portal/appeal/confirm', sent)))
  expect(confirmed.map(({ to }) => to)).toContain(`/portal/appeal/filed?form=${key}`)
  const again = await browser.send('/portal/appeal/confirm', sent)
  const back = await browser.send('/portal/appeal', { key, ...aForm(phone, { text: `${WORDS} Yana.` }) })
  expect(numberAndCode(again)).toEqual(numberAndCode(back))
  expect(await appealsOf(phone)).toHaveLength(1)
})

test('a lost answer loses nothing: the page of the code leads on to the number', async () => {
  const browser = portal.browser()
  const phone = aPhone()
  const { key } = await fill(browser, phone)
  await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
  const page = await browser.get(`/portal/appeal/confirm?form=${key}`)
  expect(page.to).toBe(`/portal/appeal/filed?form=${key}`)
  expect(numberAndCode(await browser.get(page.to ?? '')).number).toBe((await appealsOf(phone))[0]?.number)
})

test('a server that dies between the proof and the number registers afterwards, once', async () => {
  const phone = aPhone()
  const { key } = await fill(portal.browser(), phone)
  await db.updateTable('portal_filings').set({ proven_at: new Date() }).where('key', '=', key).execute()
  await Promise.all([portal.portal.filings.finish(key), portal.portal.filings.finish(key)])
  await portal.portal.filings.finish(key)
  expect(await appealsOf(phone)).toHaveLength(1)
})

test('what was changed before the code is what is filed, and a telephone that was changed gets a code of its own', async () => {
  const browser = portal.browser()
  const [phone, other] = [aPhone(), aPhone()]
  const { key } = await fill(browser, phone)
  const form = await browser.get(`/portal/appeal?form=${key}`)
  expect(form.text).toContain(WORDS)
  await browser.post('/portal/appeal', { key, ...aForm(other, { text: `${WORDS} Boshqacha.` }) })
  expect(portal.sent.map(({ to }) => to)).toEqual([phone, other])
  await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
  expect(await appealsOf(phone)).toHaveLength(0)
  expect(await appealsOf(other)).toMatchObject([{ text: `${WORDS} Boshqacha.` }])
})

test('what surely was not taken is told again later, and what is not certain is not', async () => {
  const { number } = await file(portal.browser(), aPhone())
  portal.gateway.answer = { outcome: 'away' }
  await portal.deliverAll()
  portal.gateway.answer = { outcome: 'unknown' }
  await portal.deliverAll()
  await portal.deliverAll()
  const told = portal.sent.filter(({ text }) => text.includes(number))
  expect(told).toHaveLength(2)
  const row = await db
    .selectFrom('messages')
    .innerJoin('appeals', 'appeals.id', 'messages.appeal')
    .select('messages.status')
    .where('number', '=', number)
    .executeTakeFirst()
  expect(row?.status).toBe('uncertain')
})

test('number and code show how the appeal stands; a wrong number and a wrong code get the same answer', async () => {
  const { number, code } = await file(portal.browser(), aPhone())
  const browser = portal.browser('10.0.3.1')
  await browser.get('/portal/status')
  const right = await browser.send('/portal/status', {
    number: number.toLowerCase(),
    code: code.toLowerCase(),
  })
  expect(right.text).toContain('Roʻyxatga olingan')
  expect(right.text).not.toContain(WORDS)
  const wrongCode = await browser.send('/portal/status', { number, code: 'ABCD-EFGH' })
  const wrongNumber = await browser.send('/portal/status', { number: 'A-2031-000777', code })
  const same = ({ status, text }: Shown) => [status, text.replaceAll(/value="[^"]*"/g, '')]
  expect(same(wrongCode)).toEqual(same(wrongNumber))
  expect(wrongCode.text).toContain('mos emas')
})

test('whoever guesses numbers is stopped by his address', async () => {
  const browser = portal.browser('10.0.4.1')
  await browser.get('/portal/status')
  const answers = await Promise.all(
    Array.from({ length: GUESSES_PER_QUARTER_MAX + 5 }, (_none, at) =>
      browser.post('/portal/status', { number: `A-2026-${at + 1}`, code: 'ABCDEFGH' }),
    ),
  )
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
  expect(answers.at(-1)?.text).toContain('Urinishlar juda koʻp')
})

test('the cabinet shows what was filed from the telephone, and of nobody else', async () => {
  const [phone, other] = [aPhone(), aPhone()]
  const { number } = await file(portal.browser(), phone)
  const browser = portal.browser('10.0.5.1')
  expect((await browser.get('/portal/cabinet')).to).toBe('/portal/sign-in')
  expect((await signIn(browser, phone)).text).toContain(number)
  expect((await browser.get(`/portal/cabinet/appeals/${number}`)).text).toContain(WORDS)
  const stranger = portal.browser('10.0.5.2')
  expect((await signIn(stranger, other)).text).not.toContain(number)
  expect((await stranger.get(`/portal/cabinet/appeals/${number}`)).status).toBe(404)
  await browser.post('/portal/sign-out', {})
  expect((await browser.get('/portal/cabinet')).to).toBe('/portal/sign-in')
})

test('a citizen adds, twice with one form, and whoever edits sees it; what moved meanwhile is not overlooked', async () => {
  const phone = aPhone()
  const { number } = await file(portal.browser(), phone)
  const browser = portal.browser('10.0.6.1')
  await signIn(browser, phone)
  const page = await browser.get(`/portal/cabinet/appeals/${number}`)
  const form = { key: keyOn(page), version: '1', 'words-supplement': 'Guvohnoma raqami 12345.' }
  const address = `/portal/cabinet/appeals/${number}/supplement`
  await Promise.all([browser.post(address, form), browser.post(address, form)])
  const shown = await browser.send(address, form)
  expect(shown.text).toContain('Qoʻshildi.')
  const [appeal] = await appealsOf(phone)
  const card = await office.appeals.card(appeal?.id as AppealId, office.people.editor)
  expect(card.moves.filter(({ action }) => action === 'supplement')).toMatchObject([
    { by: null, details: { addition: 'Guvohnoma raqami 12345.' } },
  ])
  const late = await browser.send(address, { ...form, key: randomUUID() })
  expect(late.text).toContain('murojaat holati oʻzgardi')
})

test('what a citizen wrote and is too long stands in the form again, with the word at the field, and nothing of it is sent', async () => {
  const phone = aPhone()
  const long = `${'Ж'.repeat(20_000)} "<b>`
  const browser = portal.browser('10.0.6.2')
  const empty = await browser.get('/portal/appeal')
  expect(empty.text).not.toContain('maxlength')
  const form = { ...aForm(phone), key: keyOn(empty) }
  const back = await browser.send('/portal/appeal', { ...form, text: 'Ж'.repeat(100_000) })
  expect(back.text).toContain('id="text-problem">Juda uzun: koʻpi bilan 20000 belgi, ortiqchasi: 80000.')
  expect(back.text).toContain('Ж'.repeat(100_000))
  const named = await browser.send('/portal/appeal', { ...form, name: 'J'.repeat(201) })
  expect(named.text).toContain('id="name-problem">Juda uzun: koʻpi bilan 200 belgi, ortiqchasi: 1.')

  const { number } = await file(portal.browser(), phone)
  await signIn(browser, phone)
  const address = `/portal/cabinet/appeals/${number}`
  const page = await browser.get(address)
  expect(page.text).not.toContain('maxlength')
  const added = { key: keyOn(page), version: '1', 'words-supplement': long }
  const told = await browser.send(`${address}/supplement`, added)
  expect(told.text).toContain('id="words-supplement-problem">Juda uzun: koʻpi bilan 2000 belgi')
  expect(told.text).toContain(`${'Ж'.repeat(20_000)} &quot;&lt;b&gt;</textarea>`)
  expect(told.text).toContain('<details open>')
  const short = { ...added, 'words-supplement': 'Ж'.repeat(2_000) }
  expect((await browser.send(`${address}/supplement`, short)).text).toContain('Qoʻshildi.')
})

test('a citizen takes his appeal back, and no agent does more with it', async () => {
  const phone = aPhone()
  const { number } = await file(portal.browser(), phone)
  const browser = portal.browser('10.0.7.1')
  await signIn(browser, phone)
  const key = keyOn(await browser.get(`/portal/cabinet/appeals/${number}`))
  const address = `/portal/cabinet/appeals/${number}/withdraw`
  const empty = await browser.send(address, { key, version: '1', 'words-withdraw': ' ' })
  expect(empty.text).toContain('<details open>')
  expect(empty.text).toContain('id="words-withdraw-problem">Bir necha soʻz bilan yozing.')
  const done = await browser.send(address, { key, version: '1', 'words-withdraw': 'Masala hal boʻldi' })
  expect(done.text).toContain('Qaytarib olingan')
  expect(await appealsOf(phone)).toMatchObject([{ status: 'withdrawn', outcome: 'withdrawn' }])
})

test('the reply reaches the citizen by a message and in the cabinet; he rates it once and opens the appeal again', async () => {
  const phone = aPhone()
  const { code, number } = await file(portal.browser(), phone)
  const [appeal] = await appealsOf(phone)
  await bringToChancellery(office, appeal?.id as string)
  await portal.move(appeal?.id as AppealId, 'reply', office.people.chancellery, {
    result: 'satisfied',
    reply: 'Ism tuzatildi.',
  })
  await portal.deliverAll()
  expect(portal.sent.at(-1)).toEqual({ to: phone, text: `${number} raqamli murojaatingizga javob tayyor.` })

  const browser = portal.browser('10.0.8.1')
  await browser.get('/portal/status')
  expect((await browser.send('/portal/status', { number, code })).text).toContain('Ism tuzatildi.')
  await signIn(browser, phone)
  const address = `/portal/cabinet/appeals/${number}`
  const page = await browser.get(address)
  expect(page.text).toContain('Qanoatlantirildi')
  const wordy = await browser.send(`${address}/rating`, { stars: '3', words: 'z'.repeat(2_001) })
  expect(wordy.text).toContain('id="words-problem">Juda uzun: koʻpi bilan 2000 belgi, ortiqchasi: 1.')
  expect(wordy.text).toMatch(/value="3" checked/)
  const unstarred = await browser.send(`${address}/rating`, { words: 'Tez boʻldi' })
  expect(unstarred.text).toContain('id="stars-problem">Birdan beshgacha baho tanlang.')
  expect(unstarred.text, 'what was written stays').toContain('Tez boʻldi</textarea>')
  await browser.post(`${address}/rating`, { stars: '4', words: 'Tez' })
  const rated = await browser.send(`${address}/rating`, { stars: '1', words: '' })
  expect(rated.text).toContain('Bahongiz: 5 dan 4.')
  const opened = await browser.send(`${address}/reopen`, {
    key: keyOn(page),
    version: String(8),
    'words-reopen': 'Familiyam hali ham xato',
  })
  expect(opened.text).toContain('Murojaat qayta ochildi')
  expect(await appealsOf(phone)).toMatchObject([{ status: 'classified', outcome: null }])
})

test('calls are shown with wait and end; the recording is heard once somebody has decided, and it is told who opened what', async () => {
  const phone = aPhone()
  const call = randomUUID() as CallId
  const at = (seconds: number) => new Date(portal.clock.now - 600_000 + seconds * 1000)
  await db
    .insertInto('calls')
    .values({
      id: call,
      node: 'n1',
      did: '1195',
      caller_raw: phone,
      caller_e164: phone,
      caller_confidence: 'high',
      status: 'ended',
      arrived_at: at(0),
      queued_at: at(20),
      connected_at: at(85),
      ended_at: at(200),
      ended_by: 'citizen',
      talk_seconds: 115,
    })
    .execute()
  await db
    .insertInto('recordings')
    .values({ call, status: 'stored', citizen_leg: 'a', agent_leg: 'b', started_at: at(0) })
    .execute()
  await db
    .insertInto('events')
    .values({ type: 'recordingHeard', call, appeal: null, actor: office.people.supervisor.id, body: '{}' })
    .execute()
  const browser = portal.browser('10.0.10.1')
  await signIn(browser, phone)
  const calls = await browser.get('/portal/cabinet/calls')
  expect(calls.text).toContain('Kutish 1:05')
  expect(calls.text).toContain('Suhbat 1:55')
  const sound = `/portal/cabinet/calls/${call}/recording`
  expect((await browser.get(sound)).status).toBe(404)
  await browser.post(sound, {})
  expect((await browser.send(sound, {})).text).toContain('Yozuvni soʻradingiz')
  const { requests } = portal.portal
  const [asked] = await requests.list()
  expect(asked).toMatchObject({ call, status: 'asked', decidedByName: null })
  await requests.decide(asked?.id ?? '', { granted: true, reason: '' }, office.people.officer)
  await expect(
    requests.decide(asked?.id ?? '', { granted: false, reason: 'Kech' }, office.people.officer),
  ).rejects.toMatchObject({ code: 'changedMeanwhile' })
  expect((await browser.get('/portal/cabinet/calls')).text).toContain('<audio')
  expect((await browser.get(sound)).text).toBe('OggS')
  const heard = db.selectFrom('events').select('call').where('type', '=', 'recordingHeardByCitizen')
  expect(await heard.execute()).toEqual([{ call }])
  const opened = await browser.get('/portal/cabinet/opened')
  expect(opened.text).toContain('Menejer: qoʻngʻirogʻingiz yozuvini eshitdi')
  expect(opened.text, 'names only where the organisation shows them').not.toContain('supervisor')
})

test('files go with the form, are looked through, taken away again, and are the appeal’s once it is registered', async () => {
  const browser = portal.browser('10.0.11.1')
  const phone = aPhone()
  const { key } = await fill(browser, phone)
  const address = '/portal/appeal/files'
  const shown = await browser.upload(address, { form: key }, { name: 'ariza.txt', content: 'Arizam shu.' })
  expect(shown.text).toContain('ariza.txt')
  await browser.upload(address, { form: key }, { name: 'ariza.txt', content: 'Arizam shu.' })
  const refused = await browser.upload(address, { form: key }, { name: '../x.txt', content: 'Yomon' })
  expect(refused.text).toContain('boshqa papkaga olib boradi')
  expect((await browser.upload(address, { form: key }, { name: 'a.txt', content: '' })).text).toContain(
    'Fayl boʻsh',
  )
  const two = await browser.upload(address, { form: key }, { name: 'ortiqcha.txt', content: 'Ortiqcha.' })
  const extra = [...two.text.matchAll(/name="file" value="([^"]+)"/g)].at(-1)?.[1] ?? ''
  expect((await browser.send(`${address}/remove`, { form: key, file: extra })).text).not.toContain(
    'ortiqcha.txt',
  )
  const stranger = portal.browser('10.0.11.2')
  await stranger.get('/portal/appeal')
  expect((await stranger.upload(address, { form: key }, { name: 'b.txt', content: 'B' })).status).toBe(404)

  await browser.post('/portal/appeal/confirm', { form: key, code: portal.codeIn() })
  const [appeal] = await appealsOf(phone)
  const kept = await db
    .selectFrom('attachments')
    .select(['name', 'part', 'added_by'])
    .where('appeal', '=', appeal?.id as AppealId)
    .execute()
  expect(kept).toEqual([{ name: 'ariza.txt', part: 'appeal', added_by: null }])
  expect(await db.selectFrom('portal_files').select('id').where('form', '=', key).execute()).toEqual([])
})

test('what a program fills in leads nowhere, and a form without its token is refused', async () => {
  const browser = portal.browser()
  const phone = aPhone()
  const { page } = await fill(browser, phone, { website: 'http://spam.example' })
  expect(page.text).toContain('Bizga murojaatlar')
  expect(portal.sent).toHaveLength(0)
  const forged = await browser.post('/portal/appeal', { token: 'x', ...aForm(phone) })
  expect(forged.status).toBe(403)
  const foreign = await portal.app.inject({
    method: 'POST',
    url: '/portal/sign-out',
    headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
    payload: '',
  })
  expect(foreign.statusCode).toBe(403)
})

test('what is too large, or no form at all, is told as such and not as our mistake', async () => {
  const browser = portal.browser('10.0.12.1')
  const large = await fill(browser, aPhone(), { text: 'Ж'.repeat(200_000) })
  expect(large.page.status).toBe(413)
  expect(large.page.text).toContain('Hajmi juda katta')
  const odd = await portal.app.inject({
    method: 'POST',
    url: '/portal/appeal',
    headers: { 'content-type': 'application/json' },
    payload: '{}',
  })
  expect(odd.statusCode).toBe(400)
  expect(odd.body).toContain('Toʻliq yetib kelmadi')
})

test('what is missing stands beside its field, and what was filled in stays', async () => {
  const { page } = await fill(portal.browser(), aPhone(), { name: '', text: '<b>qisqa</b>'.slice(0, 6) })
  expect(page.text).toContain('id="name-problem"')
  expect(page.text).toContain('id="text-problem"')
  expect(page.text).toContain('&lt;b&gt;')
  expect(portal.sent).toHaveLength(0)
})

test('every page is small, loads nothing foreign, is kept by no cache and stays in the language that was chosen', async () => {
  const browser = portal.browser()
  const { number } = await file(browser, aPhone())
  for (const language of ['uz', 'uz-Cyrl', 'ru', 'en'])
    for (const path of [
      '/portal/',
      '/portal/appeal',
      '/portal/status',
      '/portal/faq',
      '/portal/sign-in',
      '/portal/nowhere',
    ]) {
      const page = await browser.get(`${path}?lang=${language}`)
      expect(page.bytes).toBeLessThan(PAGE_MAX_BYTES)
      expect(page.text).toContain(`<html lang="${language}">`)
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store' })
      expect((page.headers as Record<string, string>)['content-security-policy']).toContain(
        "default-src 'none'",
      )
    }
  expect((await browser.get('/portal/status')).text).toContain('<html lang="en">')
  expect(number).toMatch(/^A-2026-/)
})

test('questions and answers are found as at the desks', async () => {
  const browser = portal.browser()
  expect((await browser.get('/portal/faq?q=imtihon')).text).toContain('Imtihon qachon?')
  expect((await browser.get('/portal/faq?q=xyz')).text).toContain('Hech narsa topilmadi')
})

test('an announcement of the administrator is on every page, in the language there is', async () => {
  const announce = (uz: string, basedOn: number | null) =>
    portal.portal.changeSettings(
      { basedOn, form: { address: '', announcement: { uz, ru: '', en: '' }, showsStaffNames: false } },
      office.people.officer.id,
    )
  const { changedAt } = await announce('Tizimda uzilish', (await portal.portal.settings()).changedAt)
  expect((await portal.browser().get('/portal/?lang=uz-Cyrl')).text).toContain('Тизимда узилиш')
  expect((await portal.browser().get('/portal/?lang=ru')).text).toContain('Tizimda uzilish')

  await expect(announce('Boshqa', null)).rejects.toMatchObject({ code: 'changedMeanwhile' })
  expect(await portal.portal.settings()).toMatchObject({
    changedAt,
    form: { announcement: { uz: 'Tizimda uzilish' } },
  })
})
