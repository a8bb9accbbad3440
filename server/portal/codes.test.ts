/** The code by SMS that proves a telephone: how many are sent, how often one is guessed, and what is told where none can be sent. */
import { expect, test } from 'vitest'
import { CODE_VALID_MS } from '#core/portal/proof-code.ts'
import { testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { portalStage } from './test-stage.ts'

const database = await testDatabase()
const { db } = database
const { aPhone, fill, portal } = await portalStage(database, await testOffice(db))

test('the fourth code within an hour is refused with the time of the next, and none is sent', async () => {
  const browser = portal.browser()
  const phone = aPhone()
  const { key } = await fill(browser, phone)
  await browser.post('/portal/appeal/again', { form: key })
  await browser.post('/portal/appeal/again', { form: key })
  const fourth = await browser.send('/portal/appeal/again', { form: key })
  expect(fourth.text).toContain('Bir soat ichida bu raqamga uchta kod yuborildi')
  const elsewhere = portal.browser('10.0.0.2')
  await elsewhere.get('/portal/sign-in')
  expect((await elsewhere.send('/portal/sign-in', { phone })).text).toContain('uchta kod yuborildi')
  expect(portal.sent).toHaveLength(3)
})

test('however many ask at once, no number gets more than three codes', async () => {
  const phone = aPhone()
  const browsers = Array.from({ length: 8 }, (_none, at) => portal.browser(`10.0.1.${at}`))
  await Promise.all(browsers.map((browser) => browser.get('/portal/sign-in')))
  await Promise.all(browsers.map((browser) => browser.post('/portal/sign-in', { phone })))
  expect(portal.sent.filter(({ to }) => to === phone)).toHaveLength(3)
})

test('a code is guessed five times at most, and is of no use after ten minutes or in another browser', async () => {
  const browser = portal.browser()
  const { key } = await fill(browser, aPhone())
  const code = portal.codeIn()
  const wrong = code === '000000' ? '000001' : '000000'
  expect((await portal.browser().send('/portal/appeal/confirm', { form: key, code })).status).toBe(403)
  const stranger = portal.browser()
  await stranger.get('/portal/appeal')
  expect((await stranger.send('/portal/appeal/confirm', { form: key, code })).status).toBe(404)
  for (let guess = 0; guess < 5; guess++)
    expect((await browser.send('/portal/appeal/confirm', { form: key, code: wrong })).text).toContain(
      'Kod notoʻgʻri',
    )
  const spent = await browser.send('/portal/appeal/confirm', { form: key, code })
  expect(spent.text).toContain('Bu koddan endi foydalanib boʻlmaydi')

  const later = await fill(browser, aPhone())
  portal.clock.now += CODE_VALID_MS
  const late = await browser.send('/portal/appeal/confirm', { form: later.key, code: portal.codeIn() })
  expect(late.text).toContain('Kodga oʻn daqiqadan oshdi')
})

test('a code that could not be sent is told with what to do, and a sender that is off sends nothing', async () => {
  portal.gateway.answer = { outcome: 'away', problem: 'ECONNREFUSED' }
  const phone = aPhone()
  const { page } = await fill(portal.browser(), phone)
  expect(page.text).toContain('yuborib boʻlmadi')
  expect(page.text).toContain('1195')
  const [message] = await db.selectFrom('messages').selectAll().where('e164', '=', phone).execute()
  expect(message).toMatchObject({ status: 'failed', problem: 'ECONNREFUSED', text: null })
})

test('a code that could not be sent is none of the three of an hour', async () => {
  const browser = portal.browser('10.0.2.1')
  const phone = aPhone()
  portal.gateway.answer = { outcome: 'refused', problem: '403' }
  const { key } = await fill(browser, phone)
  for (let again = 0; again < 4; again++)
    expect((await browser.send('/portal/appeal/again', { form: key })).text).not.toContain('uchta kod')
  portal.gateway.answer = { outcome: 'accepted' }
  const before = portal.sent.length
  for (let again = 0; again < 3; again++) await browser.post('/portal/appeal/again', { form: key })
  expect((await browser.send('/portal/appeal/again', { form: key })).text).toContain('uchta kod yuborildi')
  expect(portal.sent.length).toBe(before + 3)
})
