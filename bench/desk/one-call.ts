/** One call at the desk, done with keys as an agent does it: taken, answered by two searches, written down, ended, classified. */
import type { Page } from 'playwright-core'
import { repeating } from '../../tools/callers/audio-port.ts'
import { passed } from '../../tools/callers/citizen.ts'
import type { RunningCopy } from '../../tools/callers/running-copy.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { CITIZEN_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { QUEUE_NUMBER } from '../lib/our-queue.ts'
import { type Seen, takeSeen } from './in-page.ts'

/** Somebody who types all day: a hundred words a minute. What is not searched for is typed faster, to save time. */
const BETWEEN_KEYS_MS = 110
const QUICKLY_MS = 30
const STEP_WITHIN_MS = 20_000
/** As long as it takes to look who is calling. */
const LOOKS_MS = 400
const NOTE = 'Roʻyxatdan oʻtish tartibi tushuntirildi.'

export type CallAtTheDesk = { number: string; searches: readonly string[] }

/** What the page saw of it. */
export async function oneCall(page: Page, copy: RunningCopy, call: CallAtTheDesk): Promise<Seen> {
  await heading(page, 'Waiting for a call')
  await page.evaluate(takeSeen)
  const caller = await SipCall.dial({
    host: copy.host,
    port: copy.ports.sip,
    to: `sip:${QUEUE_NUMBER}@${copy.host}`,
    from: call.number,
    userAgent: 'Javob bench',
  })
  try {
    caller.audio.speak(repeating(toneFrame(CITIZEN_TONE_HZ)))
    await heading(page, 'Incoming call')
    await passed(LOOKS_MS)
    await page.keyboard.press('F2')
    await heading(page, 'Talking')
    await answer(page, call.searches)
    await classify(page)
    await page.keyboard.press('e')
    await page.keyboard.press('e')
    await caller.over
  } finally {
    await caller.hangUp()
  }
  await heading(page, 'Call ended')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call')
  return await page.evaluate(takeSeen)
}

async function answer(page: Page, searches: readonly string[]): Promise<void> {
  const answers = page.getByRole('region', { name: 'Questions and answers' })
  const box = answers.getByRole('searchbox')
  await page.keyboard.press('f')
  for (const words of searches) {
    await box.press('Control+a')
    await page.keyboard.type(words, { delay: BETWEEN_KEYS_MS })
    await answers.locator('[aria-busy=false]').waitFor({ timeout: STEP_WITHIN_MS })
  }
  await answers.locator('summary').first().click()
}

async function classify(page: Page): Promise<void> {
  await page.keyboard.press('n')
  await page.keyboard.type(NOTE, { delay: QUICKLY_MS })
  await page.keyboard.press('Alt+1')
  await page.getByRole('combobox', { name: 'Topic' }).click()
  await page.keyboard.type('01', { delay: BETWEEN_KEYS_MS })
  await page.getByRole('option').first().waitFor({ timeout: STEP_WITHIN_MS })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
}

async function heading(page: Page, name: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('heading', { name, exact: true })
    .waitFor({ timeout: STEP_WITHIN_MS })
}
