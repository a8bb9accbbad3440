/** What agents do to their calls besides answering them, in a real browser on a whole running copy. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repeating } from '../../tools/callers/audio-port.ts'
import { openSignInPage, takeTheDesk } from '../../tools/callers/browser-agent.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ } from '../../tools/callers/tone.ts'
import { bursts, listen, openDeskBrowser } from './desk-page.ts'
import { hear } from './hearing.ts'
import { type Caller, eventually, runningCopy } from './running-copy.ts'
import { type SipAgent, sipAgent } from './sip-agent.ts'

/** Greeting and menu, then twice as long as an offer rings. */
const OFFER_WITHIN_MS = 90_000
const MISSED_WITHIN_MS = 30_000
/** Shorter than a citizen is kept for an agent whose line was lost, counted from the loss. */
const BACK_WITHIN_MS = 15_000

const copy = runningCopy({ menu: 'short' })
let desk: Awaited<ReturnType<typeof openDeskBrowser>>
let page: Page
let caller: Caller
let colleague: SipAgent | undefined

beforeAll(async () => {
  desk = await openDeskBrowser(bursts(AGENT_TONE_HZ))
  page = desk.page
  await openSignInPage(page, copy.running.web)
  await takeTheDesk(page, copy.who('agent1'))
})
afterAll(async () => {
  await colleague?.leave()
  await desk?.close()
})

const heading = (name: string) => page.getByRole('heading', { name, exact: true })
const both = { timeout: 10_000 }

async function bothHear(): Promise<void> {
  await expect
    .poll(() => hear(caller.citizen.call.audio, AGENT_TONE_HZ), both)
    .toSatisfy(({ tone }) => tone > 0.4)
  await expect.poll(() => listen(page, CITIZEN_TONE_HZ), both).toSatisfy(({ tone }) => tone > 0.4)
}

async function citizenHearsMusic(): Promise<void> {
  await expect
    .poll(() => hear(caller.citizen.call.audio, AGENT_TONE_HZ), both)
    .toSatisfy(({ tone, sound }) => tone < 0.05 && sound > 0.5)
}

test('a missed and a declined offer let the caller wait on with music, and the third one is answered', async () => {
  caller = await copy.dial()
  void caller.citizen.speakOnceAnswered(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  await caller.citizen.walk(['1', '1', '1'])
  await heading('Incoming call').waitFor({ timeout: OFFER_WITHIN_MS })
  await heading('You missed a call').waitFor({ timeout: MISSED_WITHIN_MS })
  expect(await copy.card(caller.number)).toMatchObject({ status: 'waiting', offers: [{ endedAs: 'missed' }] })
  await citizenHearsMusic()

  await page.keyboard.press('F2')
  await heading('Incoming call').waitFor()
  await page.keyboard.press('Escape')
  await heading('You declined a call').waitFor()
  await copy.cardWhen(caller.number, ({ offers }) => offers[1]?.endedAs === 'declined')

  await page.keyboard.press('F2')
  await heading('Incoming call').waitFor()
  await page.keyboard.press('F2')
  await heading('Talking').waitFor()
  await bothHear()
})

test('a tab that is closed in mid-call and opened again gets its caller back', async () => {
  const context = page.context()
  await page.close()
  await citizenHearsMusic()
  const isBack = toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, BACK_WITHIN_MS)
  page = await context.newPage()
  await page.goto(`${copy.running.web}/desk`)
  await isBack
  await heading('Talking').waitFor()
  await bothHear()
  const { talk, endedAt } = await copy.card(caller.number)
  expect(endedAt).toBeNull()
  expect(talk.map(({ agentName }) => agentName)).toEqual(['Dilnoza Karimova', 'Dilnoza Karimova'])
})

test('an agent who signs out in mid-call leaves the caller to a colleague, and is gone', async () => {
  await page.getByRole('button', { name: 'Dilnoza Karimova' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await citizenHearsMusic()
  colleague = await sipAgent(copy, 'agent2')
  const offer = await colleague.offer()
  expect(offer.number).toBe(caller.number)
  await colleague.desk.accept(offer.id)
  await toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, 10_000)
  await toneHeard(colleague.line.audio, CITIZEN_TONE_HZ, 10_000)
  await colleague.desk.end()
  await caller.citizen.call.over
  await colleague.wrapUp()

  const card = await copy.wrappedUp(caller.number)
  expect(card).toMatchObject({ endedBy: 'agent', agentName: 'Rustam Yoʻldoshev', outcome: 'explained' })
  expect(card.timeline.filter(({ type }) => type === 'callEnded')).toHaveLength(1)
  const names = card.talk.map(({ agentName }) => agentName)
  expect(names).toEqual(['Dilnoza Karimova', 'Dilnoza Karimova', 'Rustam Yoʻldoshev'])
  await statusIs('agent1', 'signedOut')
})

/** As the rows have it: a status that goes on is an interval without an end. */
async function statusIs(login: string, status: string): Promise<void> {
  const look = async () => {
    const { rows } = await copy.pool.query<{ status: string }>(
      `select i.status from agent_status_intervals i join staff_members s on s.id = i.agent
        where s.login = $1 and i.ended_at is null`,
      [login],
    )
    return rows[0]?.status ?? 'signedOut'
  }
  await eventually(`the status of ${login}`, look, { holds: (now) => now === status, withinMs: 5_000 })
}
