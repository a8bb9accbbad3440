/**
 * An agent in a real browser: Chromium without a window, with a made-up
 * microphone, driven by the words and keys people use.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { NEEDED_BYTES } from '../setup/disk.ts'
import { BROWSER_PACKAGES, installPackages } from '../setup/packages.ts'
import type { SignIn } from '../supervisor/copy-state.ts'

const CHROMIUM = '/usr/bin/chromium'
const CHROMIUM_THAT_SPEAKS = join(import.meta.dirname, 'chromium')
/** From the click to a line whose audio is proven, on a busy machine. */
const LINE_WITHIN_MS = 30_000
const STEP_WITHIN_MS = 15_000

/** Without these a browser on this machine neither has a microphone nor sends audio over loopback. */
const FLAGS = [
  '--no-sandbox',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export type BrowserAgent = { page: Page; close(): Promise<void> }

/** `microphone`: a WAV file that is said into the line, again and again. */
export async function openBrowser(options: { microphone?: string } = {}): Promise<BrowserAgent> {
  if (!existsSync(CHROMIUM)) await installPackages(BROWSER_PACKAGES, NEEDED_BYTES.chromium)
  const { microphone } = options
  const browser: Browser = await chromium.launch(
    microphone === undefined
      ? { executablePath: CHROMIUM, args: FLAGS }
      : {
          executablePath: CHROMIUM_THAT_SPEAKS,
          args: [...FLAGS, `--use-file-for-fake-audio-capture=${microphone}`],
        },
  )
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 1,
      timezoneId: 'Asia/Tashkent',
      permissions: ['microphone'],
    })
    context.setDefaultTimeout(STEP_WITHIN_MS)
    return { page: await context.newPage(), close: () => browser.close() }
  } catch (error) {
    await browser.close()
    throw error
  }
}

export async function openSignInPage(page: Page, web: string): Promise<void> {
  await page.goto(`${web}/`)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
}

/** From the sign-in page to waiting for calls on a proven line. */
export async function takeTheDesk(page: Page, who: SignIn): Promise<void> {
  await page.locator('input[name=login]').fill(who.login)
  await page.locator('input[name=password]').fill(who.password)
  await page.keyboard.press('Enter')
  const start = page.getByRole('button', { name: /^(Start the shift|Become available)/ })
  await start.waitFor()
  if (await page.getByRole('button', { name: /^Start the shift/ }).isVisible())
    await page.keyboard.press('F2')
  const available = page.getByRole('main').getByRole('button', { name: /^Become available/, disabled: false })
  await available.waitFor({ timeout: LINE_WITHIN_MS })
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
}

export const acceptButton = (page: Page) => page.getByRole('button', { name: /^Accept/ })
export const endButton = (page: Page) => page.getByRole('button', { name: /^End the call/ })

/** What the demo organisation's people read; the visit was in English, which the sign-in page keeps as theirs. */
const LANGUAGE_AFTERWARDS = 'uz'

/** Nothing stays signed on after a visit. */
export async function leaveTheDesk(page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  const data = { interfaceLanguage: LANGUAGE_AFTERWARDS }
  await page.request.patch(`${origin}/api/me`, { headers: { 'x-javob': '1' }, data })
  for (const path of ['/api/desk/sign-off', '/api/sign-out']) {
    await page.request.post(`${origin}${path}`, { headers: { 'x-javob': '1' }, data: {} })
  }
}
