/**
 * An agent's network goes in the middle of a call: the browser's own network process is stopped, so that nothing goes out
 * or comes in, neither sound nor the page's requests, and nobody is told, as with a cable that was pulled out. The citizen
 * hears music; he is given back when the network is, or goes to the head of the queue when it stays away.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repeating } from '../../tools/callers/audio-port.ts'
import { openSignInPage, takeTheDesk } from '../../tools/callers/browser-agent.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ } from '../../tools/callers/tone.ts'
import { bursts, listen, openDeskBrowser } from './desk-page.ts'
import { hear } from './hearing.ts'
import { type Caller, runningCopy } from './running-copy.ts'
import { sipAgent } from './sip-agent.ts'

const OFFER_WITHIN_MS = 60_000
/** The engine takes five seconds without a packet for a lost line. */
const MUSIC_WITHIN_MS = 15_000
/** Nobody else is free for as long as he is kept. */
const KEPT = { timeout: MUSIC_WITHIN_MS }
const BACK_WITHIN_MS = 15_000
const SAID_WITHIN_MS = 30_000
/** Five seconds of silence, ten of grace, and what a busy machine takes. */
const GIVEN_UP_WITHIN_MS = 40_000
const NOTE = 'Written without a network.'

const copy = runningCopy({ menu: 'short' })
let desk: Awaited<ReturnType<typeof openDeskBrowser>>
let page: Page
let network: number
let caller: Caller

beforeAll(async () => {
  desk = await openDeskBrowser(bursts(AGENT_TONE_HZ))
  page = desk.page
  await openSignInPage(page, copy.running.web)
  await takeTheDesk(page, copy.who('agent1'))
  network = await networkProcessOf(page)
})
afterAll(async () => {
  if (network) process.kill(network, 'SIGCONT')
  await desk?.close()
})

const heading = (name: string) => page.getByRole('heading', { name, exact: true })
const note = () => page.getByRole('textbox', { name: 'Note' })

/** Chromium does all that concerns sockets in a process of its own, WebRTC's sound too. */
async function networkProcessOf(of: Page): Promise<number> {
  const session = await of.context().browser()?.newBrowserCDPSession()
  if (!session) throw new Error('The page has no browser')
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const found = processInfo.find(({ id }) =>
    readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('network.mojom.NetworkService'),
  )
  if (!found) throw new Error('The browser has no network process')
  return found.id
}

async function talking(): Promise<void> {
  caller = await copy.dial()
  void caller.citizen.speakOnceAnswered(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  await caller.citizen.walk(['1', '1', '1'])
  await heading('Incoming call').waitFor({ timeout: OFFER_WITHIN_MS })
  await page.keyboard.press('F2')
  await heading('Talking').waitFor()
  await toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, BACK_WITHIN_MS)
}

async function citizenHearsMusic(): Promise<void> {
  await expect
    .poll(() => hear(caller.citizen.call.audio, AGENT_TONE_HZ), KEPT)
    .toSatisfy(({ tone, sound }) => tone < 0.05 && sound > 0.5)
}

test('a network that is back within the grace gives the citizen back, and nothing that was typed is lost', async () => {
  await talking()
  process.kill(network, 'SIGSTOP')
  await note().fill(NOTE)
  await page.keyboard.press('Alt+2')
  await citizenHearsMusic()
  expect(caller.citizen.call.isOver).toBe(false)

  const isBack = toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, BACK_WITHIN_MS)
  const returnedAt = performance.now()
  process.kill(network, 'SIGCONT')
  const heardAt = await isBack
  process.stderr.write(`Given back ${((heardAt - returnedAt) / 1000).toFixed(1)} s after the network\n`)
  await expect.poll(() => listen(page, CITIZEN_TONE_HZ), KEPT).toSatisfy(({ tone }) => tone > 0.4)
  await heading('Talking').waitFor()
  expect(await note().inputValue()).toBe(NOTE)
  expect(await page.getByRole('radio', { name: 'Explained' }).isChecked()).toBe(true)

  await caller.citizen.call.hangUp()
  await heading('Call ended').waitFor()
  await page.keyboard.press('Control+Enter')
  await heading('Waiting for a call').waitFor()
  const card = await copy.cardWhen(caller.number, ({ outcome }) => outcome !== null)
  expect(card).toMatchObject({ outcome: 'explained', note: NOTE, endedBy: 'citizen' })
  expect(new Set(card.talk.map(({ agentName }) => agentName))).toEqual(new Set(['Dilnoza Karimova']))
})

test('a network that stays away is said to the agent, and the citizen goes to a colleague, before all who wait', async () => {
  await talking()
  const later = await copy.dial()
  await later.citizen.walk(['1', '1', '1'])
  await copy.queued(later.number)
  process.kill(network, 'SIGSTOP')
  await citizenHearsMusic()
  await page.getByText('Your line was lost').first().waitFor({ timeout: SAID_WITHIN_MS })

  await copy.cardWhen(caller.number, ({ status }) => status === 'waiting', GIVEN_UP_WITHIN_MS)
  const colleague = await sipAgent(copy, 'agent2')
  const offer = await colleague.offer()
  expect(offer.number).toBe(caller.number)
  await colleague.desk.accept(offer.id)
  await toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, BACK_WITHIN_MS)

  process.kill(network, 'SIGCONT')
  await heading('Talking').waitFor({ state: 'detached', timeout: SAID_WITHIN_MS })
  await colleague.desk.end()
  await caller.citizen.call.over
  await colleague.wrapUp()
  await colleague.leave()
  const names = (await copy.ended(caller.number)).talk.map(({ agentName }) => agentName)
  expect(names.at(-1)).toBe('Rustam Yoʻldoshev')
  // She is there again as soon as she says so.
  await page
    .getByRole('button', { name: /^Become available/, disabled: false })
    .waitFor({ timeout: SAID_WITHIN_MS })
})
