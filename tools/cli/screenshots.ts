/**
 * `./javob screenshots`: the pictures of README, made from a running copy with a
 * real browser as agent1 and a real call, so that they show what there is.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
import { clearDesk } from '../callers/clear-desk.ts'
import { readRunningCopy, type RunningCopy, signInsOf } from '../callers/running-copy.ts'
import { wavFromAlaw } from '../callers/wav.ts'
import type { SignIn } from '../supervisor/copy-state.ts'
import { CHECKOUT, Fault } from '../../server/config.ts'

export const summary = 'the pictures of README from a running copy: [--to DIR] [--data DIR]'

/** Through greeting and menu, every prompt heard out. */
const OFFER_WITHIN_MS = 90_000
const TALK_MS = 12_000
const RECORDING_WITHIN_MS = 20_000
const CARD_LOOK_MS = 2_000
/** Nobody is called this; the number belongs to no one either. */
const CALLER = { number: '+998901230045', name: '"Aziza Qodirova"' }

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string', default: join(CHECKOUT, 'docs/pictures') }, data: { type: 'string' } },
  })
  const copy = readRunningCopy(values.data)
  mkdirSync(values.to, { recursive: true })
  const [agent] = signInsOf(copy, 'agent', 1)
  if (!agent) throw new Fault('The copy names no agent to sign in', 'Start it with the demo organisation')
  await clearDesk(copy.web, agent)
  const [agentSays, citizenSays] = speech(copy)
  const folder = mkdtempSync(join(tmpdir(), 'javob-pictures-'))
  const microphone = join(folder, 'agent.wav')
  writeFileSync(microphone, wavFromAlaw(agentSays))
  const browser = await openBrowser({ microphone })
  try {
    await takePictures(copy, browser, { folder: values.to, agent, citizenSays })
  } finally {
    await browser.close()
    await clearDesk(copy.web, agent)
    rmSync(folder, { recursive: true })
  }
  process.stdout.write(`${values.to}\n`)
  return 0
}

/** Two of the copy's own prompts of some length: the waveforms of a recording should look like voices. */
function speech(copy: RunningCopy): [Uint8Array, Uint8Array] {
  const paths = readdirSync(copy.data.prompts)
    .filter((name) => name.endsWith('.alaw'))
    .map((name) => join(copy.data.prompts, name))
    .toSorted((a, b) => statSync(b).size - statSync(a).size)
  const [first, second] = paths.map((path) => new Uint8Array(readFileSync(path)))
  if (!first || !second) throw new Fault('The copy has no prompts yet', 'Wait until it is ready')
  return [first, second]
}

type Plan = { folder: string; agent: SignIn; citizenSays: Uint8Array }

async function takePictures(
  copy: RunningCopy,
  { page }: BrowserAgent,
  { folder, agent, citizenSays }: Plan,
): Promise<void> {
  const picture = async (name: string) => {
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
    process.stderr.write(`${name}.png\n`)
  }

  await openSignInPage(page, copy.web)
  await picture('sign-in')
  await takeTheDesk(page, agent)

  const citizen = await ring(copy, citizenSays)
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

async function ring(copy: RunningCopy, says: Uint8Array): Promise<Citizen> {
  const citizen = await Citizen.dial({
    host: copy.host,
    port: copy.ports.sip,
    to: '1195',
    from: CALLER.number,
    displayName: CALLER.name,
    userAgent: 'Javob citizen',
  })
  void citizen.speakOnceAnswered(repeating(says))
  void citizen.walk(['1', '1', '1'])
  return citizen
}

async function wrapUp(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  // The form is there during the call; these buttons come with its end.
  await page.getByRole('button', { name: /^Finish and/ }).waitFor()
  await page.keyboard.press('Alt+Digit2')
  await page.getByRole('textbox', { name: 'Note' }).fill('Roʻyxatdan oʻtish muddati soʻraldi, tushuntirildi.')
  await picture('wrap-up')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
}

/** The newest call is the one just made. Its card is opened anew until the recording can be played. */
async function openCallCard(page: Page): Promise<void> {
  const play = page.getByRole('button', { name: /^Play/ })
  for (const until = performance.now() + RECORDING_WITHIN_MS; ; ) {
    await page.getByRole('link', { name: 'Calls', exact: true }).click()
    await page.getByRole('table').getByRole('link').first().click()
    const isThere = play.waitFor({ timeout: CARD_LOOK_MS }).then(
      () => true,
      () => false,
    )
    if (await isThere) return
    if (performance.now() > until) throw new Error('The recording could not be played in time')
  }
}
