/** Every page, light and dark, on the smallest screen there is and at 200 %: axe finds no fault, and nothing is out of reach. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleStage, hiddenOf, isTooWide, OF_COLOUR, problemsOf } from './console-stage.ts'
import { EVERY_PAGE, NOT_READ } from './every-page.ts'

const stage = consoleStage()
const SCREEN = { width: 1366, height: 768 }
/** The same screen at 200 %. */
const ZOOMED = { width: 683, height: 384 }
/** What a narrower page may break; the rest is the same in each. */
const OF_SIZE = ['scrollable-region-focusable', 'target-size', 'label', 'button-name', 'link-name']

async function opened(page: Page, address: string): Promise<void> {
  await page.goto(`${stage.mock().address}${address}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  // A colour on its way to another is neither.
  await page.addStyleTag({ content: '*, *::before, *::after { transition: none !important }' })
  await expect.poll(() => page.getByLabel(/^(Yuklanmoqda|Загрузка|Loading)$/).count()).toBe(0)
}

async function isWhole(page: Page, where: string): Promise<void> {
  // What is drawn to a measured width is drawn anew a moment later.
  await expect.poll(() => isTooWide(page), { message: where }).toBe(false)
  await expect.poll(() => hiddenOf(page), { message: where }).toEqual([])
}

async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' })
}

/** Light and dark, whole and at 200 %, without loading it again: the pages are many. */
async function isReadable(page: Page, address: string): Promise<void> {
  expect(await problemsOf(page), `${address}, light`).toEqual([])
  await isWhole(page, address)
  await inColours(page, 'dark')
  expect(await problemsOf(page, OF_COLOUR), `${address}, dark`).toEqual([])
  await page.setViewportSize(ZOOMED)
  await isWhole(page, `${address}, 200 %`)
  expect(await problemsOf(page, OF_SIZE), `${address}, 200 %`).toEqual([])
  await page.setViewportSize(SCREEN)
  await inColours(page, 'light')
}

/** Some read two dozen pages, each in two colours and two sizes. */
const PAGES_WITHIN = { timeout: 300_000 }

// In Russian, whose words are the longest.
test.each(EVERY_PAGE)('%s reads all of his pages', PAGES_WITHIN, async (login, addresses) => {
  const page = await stage.signedIn(login, { language: 'ru', viewport: SCREEN, colorScheme: 'light' })
  for (const address of addresses) {
    await opened(page, address)
    await isReadable(page, address)
  }
  const me = stage.mock().world.staff.find((one) => one.login === login)
  if (me) me.interfaceLanguage = 'uz'
  await opened(page, addresses[0] ?? '/')
  await isReadable(page, `${addresses[0]}, uz`)
})

test.each(['light', 'dark'] as const)(
  'whoever is not signed in reads the sign-in page, %s',
  async (colorScheme) => {
    const page = await (await stage.context({ colorScheme })).newPage()
    await opened(page, '/')
    expect(await problemsOf(page)).toEqual([])
    await isWhole(page, 'sign-in')
    await page.setViewportSize(ZOOMED)
    await isWhole(page, 'sign-in, 200 %')
  },
)

test('every address of the console stands in test/e2e/every-page.ts', () => {
  expect(NOT_READ).toEqual([])
})

test('what is cut off is found', async () => {
  const page = await (await stage.context()).newPage()
  await page.setContent(`<main style="width: 200px; overflow: hidden; white-space: nowrap">
    <button>Here</button><span style="display: inline-block; width: 300px"></span><a href="#x">Beyond</a></main>`)
  expect(await hiddenOf(page)).toEqual(['a: Beyond'])
})
