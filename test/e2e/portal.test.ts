/** The citizens' portal on a telephone, with and without programs in the browser. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isTooWide, OF_COLOUR, problemsOf } from './console-stage.ts'
import { startPortal } from './portal-stage.ts'

let portal: Awaited<ReturnType<typeof startPortal>>

beforeAll(async () => {
  portal = await startPortal()
})
afterEach(() => portal.leave())
afterAll(async () => {
  await portal.close()
})

const visit = (options?: BrowserContextOptions) => portal.visit(options)

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor()

async function fillIn(page: Page, phone: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Boʻlimlar' })
    .getByRole('link', { name: 'Murojaat yuborish' })
    .click()
  await page.getByRole('radio', { name: /^Shikoyat/ }).check()
  await page.getByLabel('Familiyangiz, ismingiz').fill('Rahimova Gulnora')
  await page.getByLabel('Mobil telefoningiz').fill(phone)
  await page.getByLabel('Murojaat mazmuni').fill('Ruxsatnomamda ismim xato yozilgan, tuzatib bersangiz.')
  await page.getByRole('button', { name: 'Kod olish' }).click()
  await heading(page, 'Xabardagi kod')
}

test.each([
  ['without programs in the browser', false, '+998 90 555 00 01'],
  ['with them', true, '+998 90 555 00 02'],
])('%s an appeal is filed, followed, and added to in the cabinet', async (_how, javaScriptEnabled, phone) => {
  const page = await visit({ javaScriptEnabled })
  await fillIn(page, phone)
  await page.getByText(`kod ${phone.slice(0, 7)}`).waitFor()
  await page.getByLabel('Kod', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Tasdiqlash' }).click()
  await page.getByRole('alert').getByText('Kod notoʻgʻri').waitFor()
  await page.getByLabel('Kod', { exact: true }).fill(portal.codeIn())
  await page.getByRole('button', { name: 'Tasdiqlash' }).click()
  await heading(page, 'Murojaatingiz roʻyxatga olindi')
  const [number = '', code = ''] = await page.locator('dd.big').allTextContents()
  expect(number).toMatch(/^A-2026-\d{6}$/)

  await page.reload()
  expect(await page.locator('dd.big').first().textContent(), 'reloading files nothing again').toBe(number)
  await page.goBack()
  await heading(page, 'Murojaatingiz roʻyxatga olindi')
  expect(await page.locator('dd.big').first().textContent(), 'nor does the back button').toBe(number)

  await page.getByRole('main').getByRole('link', { name: 'Murojaatni kuzatish' }).click()
  await page.getByLabel('Raqami').fill(number)
  await page.getByLabel('Kod', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Koʻrsatish' }).click()
  await heading(page, `Murojaat ${number}`)

  await page.getByRole('link', { name: 'Shaxsiy kabinet' }).click()
  await page.getByLabel('Mobil telefoningiz').fill(phone)
  await page.getByRole('button', { name: 'Kod yuborish' }).click()
  await page.getByLabel('Kod', { exact: true }).fill(portal.codeIn())
  await page.getByRole('button', { name: 'Tasdiqlash' }).click()
  await page.getByRole('link', { name: number }).click()
  await page.getByText('Qoʻshimcha qilish', { exact: true }).click()
  await page.getByLabel('Nimani qoʻshmoqchisiz?').fill('Guvohnoma raqami 12345.')
  await page.getByRole('button', { name: 'Qoʻshish' }).click()
  await page.getByRole('status').getByText('Qoʻshildi.').waitFor()
  await page.getByText('Guvohnoma raqami 12345.').waitFor()
})

const TITLES = {
  uz: ['Bizga murojaatlar', 'Murojaat yuborish', 'Murojaatni kuzatish', 'Savol-javoblar', 'Shaxsiy kabinet'],
  'uz-Cyrl': [
    'Бизга мурожаатлар',
    'Мурожаат юбориш',
    'Мурожаатни кузатиш',
    'Савол-жавоблар',
    'Шахсий кабинет',
  ],
  ru: ['Обращения к нам', 'Подать обращение', 'Проверить обращение', 'Вопросы и ответы', 'Личный кабинет'],
  en: ['Appeals to us', 'File an appeal', 'Follow an appeal', 'Questions and answers', 'My cabinet'],
} as const
const PLACES = ['', 'appeal', 'status', 'faq', 'sign-in']

test.each(Object.keys(TITLES) as (keyof typeof TITLES)[])(
  'every page in %s is without a fault axe can find, in the light and in the dark, and fits a narrow telephone',
  async (language) => {
    const page = await visit({ colorScheme: 'light', viewport: { width: 320, height: 640 } })
    for (const [at, place] of PLACES.entries()) {
      await page.goto(`${portal.address}${place}?lang=${language}`)
      await heading(page, TITLES[language][at] ?? '')
      expect(await problemsOf(page), place).toEqual([])
      expect(await isTooWide(page), place).toBe(false)
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await problemsOf(page, OF_COLOUR), `${place}, dark`).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
    }
  },
)

test('a form that lacks something says so beside the fields, and the reader begins at the first', async () => {
  const page = await visit()
  await page.goto(`${portal.address}appeal`)
  await page.getByRole('button', { name: 'Kod olish' }).click()
  await page.getByRole('alert').getByText('Belgilangan maydonlarni').waitFor()
  await page.getByText('Ismingizni yozing').waitFor()
  expect(await page.getByLabel('Familiyangiz, ismingiz').getAttribute('aria-invalid')).toBe('true')
  expect(await problemsOf(page)).toEqual([])
})

test('the pages of the cabinet have no fault axe can find', async () => {
  const page = await visit()
  await fillIn(page, '+998 90 555 00 03')
  expect(await problemsOf(page)).toEqual([])
  await page.getByLabel('Kod', { exact: true }).fill(portal.codeIn())
  await page.getByRole('button', { name: 'Tasdiqlash' }).click()
  await heading(page, 'Murojaatingiz roʻyxatga olindi')
  expect(await problemsOf(page)).toEqual([])
  const number = (await page.locator('dd.big').first().textContent()) ?? ''
  await page.goto(`${portal.address}sign-in`)
  await page.getByLabel('Mobil telefoningiz').fill('+998 90 555 00 03')
  await page.getByRole('button', { name: 'Kod yuborish' }).click()
  await page.getByLabel('Kod', { exact: true }).fill(portal.codeIn())
  await page.getByRole('button', { name: 'Tasdiqlash' }).click()
  await page.getByRole('link', { name: number }).waitFor()
  for (const place of ['cabinet', 'cabinet/calls', 'cabinet/opened', `cabinet/appeals/${number}`]) {
    await page.goto(`${portal.address}${place}`)
    expect(await problemsOf(page), place).toEqual([])
    expect(await isTooWide(page), place).toBe(false)
  }
})
