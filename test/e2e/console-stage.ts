/** A browser in front of the console and its make-believe server, as each test of the screens needs them. */
import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import type { Me } from '#contract/staff.ts'
import { openBrowser } from '../../console/dev/browser.ts'
import { PASSWORD } from '../../console/dev/mock-data.ts'
import { startMock } from '../../console/dev/mock-server.ts'

type Language = Me['interfaceLanguage']
type SignedInOptions = BrowserContextOptions & {
  language?: Language
  /** Runs in the page before anything of its own. */
  before?: () => void
}

type RingChange = Parameters<Awaited<ReturnType<typeof startMock>>['world']['ring']>[1]

/** Longer than anything the console does on a busy machine. */
const WAITS_MS = 15_000

/** Opens the stage for a test file. Every test begins a new day with browsers of its own. */
export function consoleStage() {
  let mock: Awaited<ReturnType<typeof startMock>>
  let browser: Browser
  const contexts: BrowserContext[] = []
  const pageErrors: string[] = []

  beforeAll(async () => {
    ;[mock, browser] = await Promise.all([startMock({ folder: inject('builtConsole') }), openBrowser()])
  })
  beforeEach(() => {
    mock.startDay()
    pageErrors.length = 0
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    expect(pageErrors).toEqual([])
  })
  afterAll(async () => {
    await browser.close()
    await mock.close()
  })

  async function context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const made = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...options })
    made.setDefaultTimeout(WAITS_MS)
    made.on('weberror', (error) => pageErrors.push(error.error().message))
    contexts.push(made)
    return made
  }

  /** A new browser in which `login` has just signed in; for an agent the line is then on its way. */
  async function signedIn(
    login: string,
    { language = 'en' as Language, before, ...options }: SignedInOptions = {},
  ) {
    const me = mock.world.staff.find((one) => one.login === login)
    if (me) me.interfaceLanguage = language
    const page = await (await context(options)).newPage()
    if (before) await page.addInitScript(before)
    await page.goto(mock.address)
    await page.locator('input[name=login]').fill(login)
    await page.locator('input[name=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('banner').waitFor()
    return page
  }

  /** An agent at whose desk a call rings; `prepare` comes before she takes calls. */
  async function ringing(change: RingChange = {}, prepare?: (page: Page) => Promise<unknown>) {
    const page = await signedIn('agent1')
    await prepare?.(page)
    await becomeAvailable(page)
    const call = mock.world.ring('agent1', change)
    await page.getByRole('heading', { name: 'Incoming call' }).waitFor()
    return { page, call }
  }

  /** An agent who has just taken a call, and which call it is. */
  async function talking(...asked: Parameters<typeof ringing>) {
    const { page, call } = await ringing(...asked)
    await page.keyboard.press('F2')
    await page.getByRole('heading', { name: 'Talking', exact: true }).waitFor()
    return { page, call }
  }

  return { mock: () => mock, context, signedIn, ringing, talking }
}

/** The agent's line is up and proven, and she takes calls. */
export async function becomeAvailable(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Your line is ready' }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
}

/** Of axe's rules those that other colours may break. */
export const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with the page, in words; by some of its rules, or all. */
export async function problemsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  // Nothing but faults is gathered, and no style sheet loaded a second time.
  const quick = { resultTypes: ['violations' as const], preload: false }
  // A tooltip is spoken with what it describes, wherever it stands in the tree; axe knows this of dialogs only.
  const regions = '[role=dialog], [role=alertdialog], [role=tooltip], dialog, svg'
  const options = rules ? { ...quick, runOnly: [...rules] } : quick
  const { violations } = await page.evaluate(
    ([asked, regionMatcher]) => {
      const { axe: checker } = window as unknown as { axe: typeof axe }
      checker.configure({ checks: [{ id: 'region', options: { regionMatcher } }] })
      return checker.run(document, asked)
    },
    [options, regions] as const,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
  )
}

/** Whether something of the page lies beyond its right edge. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}

/** What could be pressed or filled in, but lies where something hides it and nothing shows that there is more. */
export function hiddenOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cuts = (one: Element) => {
      const { overflowX, scrollbarWidth } = getComputedStyle(one)
      return ['hidden', 'clip'].includes(overflowX) || (overflowX === 'auto' && scrollbarWidth === 'none')
    }
    const isCutOff = (one: Element) => {
      const { left, right, width, height } = one.getBoundingClientRect()
      // For those who hear the page, or drawn by something else.
      if (width <= 1 || height <= 1 || getComputedStyle(one).opacity === '0') return false
      for (let around = one.parentElement; around; around = around.parentElement) {
        const box = around.getBoundingClientRect()
        if (box.width > 1 && cuts(around) && (right > box.right + 1 || left < box.left - 1)) return true
      }
      return false
    }
    return [...document.querySelectorAll('a, button, input, select, textarea, [role=tab]')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && isCutOff(one))
      .map((one) => `${one.localName}: ${one.textContent || one.getAttribute('aria-label') || one.id}`)
  })
}
