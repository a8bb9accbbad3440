/**
 * An agent's shift as she works it, in whatever language she reads: every part is found by its role and by the text that
 * stands on it, every step is made with a key, and whatever key is pressed stands on the screen beside what it does.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { LANGUAGE_NAMES } from '../../console/i18n.ts'
import type { Me } from '#contract/staff.ts'

export type ShiftLanguage = Exclude<Me['interfaceLanguage'], 'uz-Cyrl'>
export type Say = (english: string, values?: Record<string, string>) => string

/** From the end of the talk until she is available again, a word typed and chosen being one. */
const ACTIONS_MAX = 3
/** What a browser calls steady (web.dev/cls), for the whole shift. */
const MOVED_MAX = 0.1

/** The console's own catalogue: an English sentence as it stands there on the screen. */
export async function sayIn(language: ShiftLanguage): Promise<Say> {
  const file = new URL(`../../console/texts/${language}.json`, import.meta.url)
  const texts: Record<string, string> =
    language === 'en' ? {} : (JSON.parse(await readFile(file, 'utf8')) as Record<string, string>)
  return (english, values = {}) => {
    const text = language === 'en' ? english : texts[english]
    if (text === undefined) throw new Error(`No text in ${language} for "${english}"`)
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
  }
}

/** Runs in the page before anything else: what moved without a key having been pressed, and whether a mouse was used. */
export function watchHands(): void {
  const seen = { moved: 0, what: [] as string[], clicks: 0 }
  Reflect.set(window, 'seenOfShift', seen)
  type Shift = PerformanceEntry & {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null }[]
  }
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
      if (hadRecentInput) continue
      seen.moved += value
      const names = sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 120) ?? '?')
      seen.what.push(`${value.toFixed(4)}: ${names.join(' | ')}`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
  addEventListener('mousedown', () => seen.clicks++, { capture: true })
}

type SeenOfShift = { moved: number; what: string[]; clicks: number }

export class ShiftAtTheDesk {
  readonly page: Page
  say: Say
  #language: ShiftLanguage
  #pictures = 0

  constructor(page: Page, { say, language }: { say: Say; language: ShiftLanguage }) {
    this.page = page
    this.say = say
    this.#language = language
  }

  /** By her own menu, in the middle of whatever she does: the page is not loaded anew. */
  async readsIn(language: ShiftLanguage, myName: string): Promise<void> {
    const loadedAt = () => this.page.evaluate(() => performance.timeOrigin)
    const before = await loadedAt()
    await this.page.getByRole('button', { name: myName }).press('Enter')
    await this.page.getByRole('menuitemradio', { name: LANGUAGE_NAMES[language], exact: true }).press('Enter')
    await this.page.locator(`html[lang=${language}]`).waitFor()
    await this.page.keyboard.press('Escape')
    if ((await loadedAt()) !== before) throw new Error('The page was loaded anew')
    this.say = await sayIn(language)
    this.#language = language
  }

  heading(english: string, values?: Record<string, string>) {
    const name = this.say(english, values)
    return this.page.getByRole('main').getByRole('heading', { name, exact: true })
  }

  /** The script has turns of the same words. */
  outcome(english: string) {
    const name = new RegExp(`^${this.say(english)}`)
    return this.page.getByRole('group', { name: this.say('Outcome') }).getByRole('radio', { name })
  }

  /** Waits for what a person would see first, and then looks for the key itself beside what it does. */
  async press(key: string, { shownAs = key }: { shownAs?: string } = {}): Promise<void> {
    const printed = this.page.locator('kbd', { hasText: new RegExp(`^${escaped(shownAs)}$`) })
    await printed.first().waitFor()
    await this.page.keyboard.press(key)
  }

  async takesIt(): Promise<void> {
    await this.heading('Incoming call').waitFor()
    await this.press('F2')
    await this.heading('Talking').waitFor()
  }

  /** What she ends the wrap-up with; then she is available. */
  async finishes(...actions: (() => Promise<void>)[]): Promise<void> {
    await this.heading('Call ended').waitFor()
    for (const act of actions) await act()
    await this.press('Control+Enter', { shownAs: 'Ctrl+Enter' })
    await this.heading('Waiting for a call').waitFor()
    if (actions.length >= ACTIONS_MAX) throw new Error(`${actions.length + 1} actions after the talk`)
  }

  /** A picture for whoever wants to look: JAVOB_PICTURES names the folder. */
  async picture(name: string): Promise<void> {
    const folder = process.env.JAVOB_PICTURES
    if (folder === undefined) return
    await mkdir(folder, { recursive: true })
    const place = String(++this.#pictures).padStart(2, '0')
    await this.page.screenshot({ path: join(folder, `${this.#language}-${place}-${name}.png`) })
  }

  /** All of the shift was made with keys, and nothing moved but what a key had moved. */
  async wasCalm(): Promise<void> {
    const seen = await this.page.evaluate(() => Reflect.get(window, 'seenOfShift') as SeenOfShift)
    if (seen.clicks > 0) throw new Error('The mouse was needed')
    if (seen.moved > MOVED_MAX) throw new Error(`Moved by itself: ${seen.what.join('\n')}`)
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
