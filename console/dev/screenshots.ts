/**
 * Pictures of the console in its screens-only mode, for the README and for looking at:
 * `node console/dev/screenshots.ts --out FOLDER [--language uz|uz-Cyrl|ru|en] [--dark] [--size 1366x768]`.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { madeId, PASSWORD } from './mock-data.ts'
import { startMock } from './mock-server.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    language: { type: 'string', default: 'uz' },
    dark: { type: 'boolean', default: false },
    size: { type: 'string', default: '1366x768' },
  },
})
if (!values.out) throw new Error('Say where the pictures go: --out FOLDER')

const folder = values.out
const [width = 1366, height = 768] = values.size.split('x').map(Number)
await mkdir(folder, { recursive: true })
const mock = await startMock()
const browser = await openBrowser()

async function open(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: values.dark ? 'dark' : 'light',
  })
  await context.addInitScript((language) => localStorage.setItem('javob.language', language), values.language)
  for (const one of mock.world.staff) one.interfaceLanguage = values.language as typeof one.interfaceLanguage
  const page = await context.newPage()
  page.on('pageerror', (error) => process.stderr.write(`page error: ${error.message}\n`))
  page.on(
    'console',
    (message) => message.type() === 'error' && process.stderr.write(`console: ${message.text()}\n`),
  )
  await page.goto(mock.address)
  return page
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.locator('header').waitFor()
}

async function keep(page: Page, name: string, fullPage = false): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' })
}

async function agentsDay(page: Page): Promise<void> {
  await keep(page, '01-sign-in')
  await signIn(page, 'agent1')
  const available = page.locator('main button').first()
  await page.waitForFunction(
    () => document.querySelector('main h1') && document.querySelectorAll('main button').length > 2,
  )
  await keep(page, '02-ready')
  await available.click()
  await page.waitForFunction(() => document.querySelector('main dl'))
  await keep(page, '03-waiting')
  mock.world.ring('agent1')
  await page.locator('main section[aria-label] [role=alert]').waitFor()
  await keep(page, '04-offer')
  await page.keyboard.press('F2')
  await page.locator('textarea').first().waitFor()
  await keep(page, '05-talking')
  await page.locator('textarea').first().fill('Roʻyxatdan oʻtish tartibi tushuntirildi.')
  await page.keyboard.press('Alt+2')
  mock.world.agent('agent1').endCall()
  await page.locator('section[data-ended]').waitFor()
  await keep(page, '06-wrap-up')
  await page.locator('main .mantine-Textarea-root ~ div button').first().click()
  await page.locator('form').waitFor()
  await keep(page, '07-appeal-form', true)
  await page.goto(`${mock.address}/calls`)
  await page.locator('table').waitFor()
  await keep(page, '08-calls')
}

async function otherRoles(): Promise<void> {
  const supervisor = await open()
  await signIn(supervisor, 'supervisor1')
  await supervisor.locator('main').waitFor()
  await keep(supervisor, '09-wallboard')
  await supervisor.goto(`${mock.address}/calls/${madeId(2, 2)}`)
  await supervisor.locator('main').waitFor()
  await supervisor.waitForTimeout(800)
  await keep(supervisor, '10-call-card', true)
  await supervisor.goto(`${mock.address}/appeals`)
  await supervisor.locator('table').waitFor()
  await keep(supervisor, '11-appeals')
  await supervisor.goto(`${mock.address}/appeals/${madeId(3, 0)}`)
  await supervisor.locator('main').waitFor()
  await keep(supervisor, '12-appeal-card', true)
  const administrator = await open()
  await signIn(administrator, 'admin')
  await administrator.locator('main').waitFor()
  await keep(administrator, '13-flows')
}

try {
  await agentsDay(await open())
  await otherRoles()
} finally {
  await browser.close()
  await mock.close()
}
