/**
 * `./javob screenshots`: the pictures of README, made from a running copy with a
 * real browser as agent1 and a real call, so that they show what there is.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { repeating } from '../callers/audio-port.ts'
import {
  acceptButton,
  type BrowserAgent,
  endButton,
  leaveTheDesk,
  openBrowser,
  openSignInPage,
  takeTheDesk,
} from '../callers/browser-agent.ts'
import { Citizen, passed } from '../callers/citizen.ts'
import { readRunningCopy, type RunningCopy, signInsOf } from '../callers/running-copy.ts'
import { CITIZEN_TONE_HZ, toneFrame } from '../callers/tone.ts'
import { CHECKOUT, Fault } from '../../server/config.ts'

export const summary = 'the pictures of README from a running copy: [--to DIR] [--data DIR]'

/** Through greeting and menu, every prompt heard out. */
const OFFER_WITHIN_MS = 90_000
const TALK_MS = 6_000
const RECORDING_WITHIN_MS = 20_000
/** Nobody is called this; the number belongs to no one either. */
const CALLER = { number: '+998901230045', name: '"Aziza Qodirova"' }

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string', default: join(CHECKOUT, 'docs/pictures') }, data: { type: 'string' } },
  })
  const copy = readRunningCopy(values.data)
  mkdirSync(values.to, { recursive: true })
  const browser = await openBrowser()
  try {
    await takePictures(copy, browser, values.to)
  } finally {
    await browser.close()
  }
  process.stdout.write(`${values.to}\n`)
  return 0
}

async function takePictures(copy: RunningCopy, { page }: BrowserAgent, folder: string): Promise<void> {
  const [agent] = signInsOf(copy, 'agent', 1)
  if (!agent) throw new Fault('The copy names no agent to sign in', 'Start it with the demo organisation')
  const picture = async (name: string) => {
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
    process.stderr.write(`${name}.png\n`)
  }

  await openSignInPage(page, copy.web)
  await picture('sign-in')
  await takeTheDesk(page, agent)

  const citizen = await ring(copy)
  try {
    await acceptButton(page).waitFor({ timeout: OFFER_WITHIN_MS })
    await picture('offer')
    await page.keyboard.press('F2')
    await endButton(page).waitFor()
    await passed(TALK_MS)
    await picture('call')
    await endButton(page).click()
    await citizen.call.over
  } finally {
    await citizen.call.hangUp()
  }
  await wrapUp(page, picture)
  await openCallCard(page)
  await picture('call-card')
  await leaveTheDesk(page)
}

async function ring(copy: RunningCopy): Promise<Citizen> {
  const citizen = await Citizen.dial({
    host: copy.host,
    port: copy.ports.sip,
    to: '1195',
    from: CALLER.number,
    displayName: CALLER.name,
    userAgent: 'Javob citizen',
  })
  void citizen.speakOnceAnswered(repeating(toneFrame(CITIZEN_TONE_HZ)))
  void citizen.walk(['1', '1', '1'])
  return citizen
}

async function wrapUp(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('heading', { name: 'Wrap-up' }).waitFor()
  await page.keyboard.press('Alt+Digit2')
  await page.getByRole('textbox', { name: 'Note' }).fill('Roʻyxatdan oʻtish muddati soʻraldi, tushuntirildi.')
  await picture('wrap-up')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
}

async function openCallCard(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Calls' }).click()
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('button', { name: /^Play/ }).waitFor({ timeout: RECORDING_WITHIN_MS })
}
