/** Citizens on a telephone who sign in by OneID, with and without programs in the browser; a server stands in for OneID. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { oneIdProvider } from '../../server/oneid/one-id.ts'
import { GULNORA, testOneId, type TestOneId } from '../../server/oneid/test-one-id.ts'
import { PORTAL_SETTINGS } from '../../server/portal/service.ts'
import { isTooWide, OF_COLOUR, problemsOf } from './console-stage.ts'
import { startPortal } from './portal-stage.ts'

const PICTURES = process.env['JAVOB_PICTURES']

let portal: Awaited<ReturnType<typeof startPortal>>
let oneId: TestOneId

beforeAll(async () => {
  ;[portal, oneId] = await Promise.all([startPortal(), testOneId()])
  portal.gateway.identityProvider = oneIdProvider(oneId.place)
  const settings = {
    address: portal.address,
    announcement: { uz: '', ru: '', en: '' },
    showsStaffNames: false,
  }
  await portal.db.transaction().execute((trx) => PORTAL_SETTINGS.write(trx, settings))
})
beforeEach(() => oneId.reset())
afterEach(() => portal.leave())
afterAll(async () => {
  await portal.close()
  await oneId.close()
})

const visit = (options?: BrowserContextOptions) => portal.visit(options)

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()

/** Fits a narrow telephone, and axe, which is a program itself, finds nothing in it, in the light and in the dark. */
async function look(page: Page, name: string, { withAxe = true } = {}): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/one-id-${name}.png`, fullPage: true })
  expect(await isTooWide(page), name).toBe(false)
  if (!withAxe) return
  expect(await problemsOf(page), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await problemsOf(page, OF_COLOUR), `${name}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

test.each([
  ['without programs in the browser', false],
  ['with them', true],
])(
  '%s a citizen signs in by OneID, files without a code, finds it in the cabinet and signs out',
  async (_how, javaScriptEnabled) => {
    const page = await visit({ javaScriptEnabled })
    await page.getByRole('link', { name: 'Shaxsiy kabinet' }).first().click()
    await heading(page, 'Shaxsiy kabinet')
    await look(page, 'sign-in', { withAxe: javaScriptEnabled })
    await page.getByRole('link', { name: 'OneID orqali kirish' }).click()
    await heading(page, 'OneID')
    await page.getByRole('link', { name: 'Ruxsat berish' }).click()
    await page.getByText(`OneID orqali kirdingiz: ${GULNORA.full_name}.`).waitFor()
    await look(page, 'cabinet', { withAxe: javaScriptEnabled })

    await page.getByRole('main').getByRole('link', { name: 'Murojaat yuborish' }).click()
    await page.getByText(`Murojaat ${GULNORA.full_name} nomidan yuboriladi`).waitFor()
    expect(await page.getByLabel('Familiyangiz, ismingiz').count()).toBe(0)
    await look(page, 'form', { withAxe: javaScriptEnabled })
    await page.getByRole('radio', { name: /^Shikoyat/ }).check()
    await page.getByLabel('Murojaat mazmuni').fill('Ruxsatnomamda ismim xato yozilgan, tuzatib bersangiz.')
    await page.getByRole('button', { name: 'Davom etish' }).click()
    await heading(page, 'Yuborishga tayyor')
    await page
      .getByLabel('Fayl')
      .setInputFiles({ name: 'ariza.txt', mimeType: 'text/plain', buffer: Buffer.from('Ilova') })
    await page.getByRole('button', { name: 'Fayl qoʻshish' }).click()
    await page.getByText('ariza.txt', { exact: true }).waitFor()
    await look(page, 'ready', { withAxe: javaScriptEnabled })
    await page.getByRole('button', { name: 'Murojaatni yuborish' }).click()
    await heading(page, 'Murojaatingiz roʻyxatga olindi')
    const number = (await page.locator('dd.big').first().textContent()) ?? ''
    expect(number).toMatch(/^A-2026-\d{6}$/)
    await look(page, 'filed', { withAxe: javaScriptEnabled })

    await page.getByRole('main').getByRole('link', { name: 'Shaxsiy kabinet' }).click()
    await page.getByRole('link', { name: number }).click()
    await heading(page, `Murojaat ${number}`)
    await page.getByRole('main').getByRole('link', { name: 'Shaxsiy kabinet' }).click()
    await page.getByRole('button', { name: 'Chiqish' }).click()
    await heading(page, 'Bizga murojaatlar')
    expect(oneId.loggedOut).toHaveLength(1)
    expect(portal.sent, 'no SMS was needed').toEqual([])
  },
)

test.each([false, true])(
  'whoever says no, and whoever finds OneID away, is told and offered the code (programs: %s)',
  async (javaScriptEnabled) => {
    const page = await visit({ javaScriptEnabled })
    await page.goto(`${portal.address}sign-in`)
    await page.getByRole('link', { name: 'OneID orqali kirish' }).click()
    await page.getByRole('link', { name: 'Rad etish' }).click()
    await page.getByRole('alert').getByText('OneID orqali kirish toʻxtatildi.').waitFor()
    await look(page, 'declined', { withAxe: javaScriptEnabled })
    await page.getByRole('link', { name: 'OneID orqali kirish' }).click()
    oneId.mood = 'broken'
    await page.getByRole('link', { name: 'Ruxsat berish' }).click()
    await page.getByRole('alert').getByText('OneID hozir javob bermayapti.').waitFor()
    await page.getByLabel('Mobil telefoningiz').fill('+998 90 555 77 01')
    await page.getByRole('button', { name: 'Kod yuborish' }).click()
    await heading(page, 'Xabardagi kod')
    portal.sent.length = 0
  },
)

const PLACES = ['sign-in', 'sign-in?problem=away', 'appeal', 'cabinet', 'cabinet/opened'] as const

test.each(['uz', 'uz-Cyrl', 'ru', 'en'])(
  'in %s the pages are without a fault axe can find',
  async (language) => {
    const page = await visit({ viewport: { width: 320, height: 640 } })
    for (const place of PLACES.slice(0, 2)) {
      await page.goto(`${portal.address}${place}${place.includes('?') ? '&' : '?'}lang=${language}`)
      await look(page, `${language}-${place.replace(/\W/g, '-')}`)
    }
    await page.goto(`${portal.address}sign-in/oneid`)
    await page.getByRole('link', { name: 'Ruxsat berish' }).click()
    for (const place of PLACES.slice(2)) {
      await page.goto(`${portal.address}${place}?lang=${language}`)
      await look(page, `${language}-${place.replace(/\W/g, '-')}`)
    }
  },
)
