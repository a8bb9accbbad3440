/** The main path on a whole running copy: a citizen by real SIP, an agent in a real browser, a known sound both ways. */
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { AppealCard, AppealRow } from '#contract/appeals.ts'
import type { CallCard } from '#contract/calls.ts'
import { repeating } from '../../tools/callers/audio-port.ts'
import { endButton, leaveTheDesk, openSignInPage } from '../../tools/callers/browser-agent.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ } from '../../tools/callers/tone.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { bursts, listen, openDeskBrowser } from './desk-page.ts'
import { hear } from './hearing.ts'
import { decode, toneDecibels } from './recorded.ts'
import { type Caller, runningCopy } from './running-copy.ts'

/** Greeting and two levels of menu, all heard out. */
const WALK_WITHIN_MS = 100_000
/** Opus joins the sides where both sound at once; a swapped or mixed recording has no margin at all. */
const SIDE_MARGIN_DECIBELS = 10
const CITIZEN = 'Gulchehra <b>Abdullayeva</b>'
const CITIZENS_TEXT = 'Arizam ikki haftadan beri tasdiqlanmadi.'

const copy = runningCopy()

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

test.concurrent.each([
  [['1', '1', '1'], 'uz', 'admission', '01.01'],
  [['2', '1', '1'], 'ru', 'admission', '01.01'],
  [['1', '3', '4'], 'uz', 'general', '07'],
  [['2', '0'], 'ru', 'general', null],
  [['0'], 'uz', 'general', null],
] as const)('keys %j lead in %s to the queue %s, topic %s', async (keys, language, queue, topic) => {
  const { citizen, number } = await copy.dial()
  await citizen.walk(keys)
  const card = await copy.cardWhen(number, ({ queuedAt }) => queuedAt !== null, WALK_WITHIN_MS)
  expect(card).toMatchObject({ language, queue, topic, keys: keys.join(''), status: 'waiting' })
  expect(citizen.call.earlyMediaMs).toBeGreaterThan(0)
  await citizen.call.hangUp()
  expect(await copy.ended(number)).toMatchObject({
    lostReason: 'abandoned',
    endedBy: 'citizen',
    agentName: null,
  })
})

test('a citizen reaches an agent by 1,1,1: both hear each other, and it ends with an appeal and a recording', async () => {
  // The citizen's pauses have another length than the agent's, so that each is sometimes alone.
  const desk = await openDeskBrowser(bursts(AGENT_TONE_HZ))
  onTestFinished(() => desk.close())
  const { page } = desk
  // The walks above have heard the real greeting to its end.
  await copy.shortenMenu()
  await signIn(page)
  const { citizen, number } = await copy.dial()
  const { audio } = citizen.call
  void citizen.speakOnceAnswered(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  await citizen.walk(['1', '1', '1'])

  await offered(page, number)
  const agentIsHeard = toneHeard(audio, AGENT_TONE_HZ, 10_000)
  await page.keyboard.press('F2')
  await heading(page, 'Talking').waitFor()
  await agentIsHeard
  await bothHear(page, citizen)

  await holdAndResume(page, citizen)
  await muteAndUnmute(page, citizen)
  await sendKeys(page, citizen)

  await page.keyboard.press('e')
  await page.keyboard.press('e')
  expect((await citizen.call.over).by).toBe('them')
  await heading(page, 'Call ended').waitFor()
  const appeal = await wrapUpWithAppeal(page)

  const card = await copy.wrappedUp(number)
  expect(card).toMatchObject({
    status: 'ended',
    language: 'uz',
    queue: 'admission',
    topic: '01.01',
    keys: '111',
    endedBy: 'agent',
    outcome: 'unresolved',
    note: 'Ikki hafta kutgan.',
    agentName: 'Dilnoza Karimova',
    appeals: [{ number: appeal }],
    offers: [{ endedAs: 'answered' }],
  })
  await appealIsRegistered(appeal, card)
  await recordingHoldsBoth(card)
  await cardPlays(page, card)
  expect(desk.problems).toEqual([])
})

async function signIn(page: Page): Promise<void> {
  const { login, password } = copy.who('agent1')
  await openSignInPage(page, copy.running.web)
  // Whoever tries again comes to a sign-in page.
  onTestFinished(() => leaveTheDesk(page))
  await page.getByLabel('Login').fill(login)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
  await heading(page, 'Your line is ready').waitFor({ timeout: 30_000 })
  await page.keyboard.press('F2')
  await heading(page, 'Waiting for a call').waitFor()
}

async function offered(page: Page, number: string): Promise<void> {
  await heading(page, 'Incoming call').waitFor({ timeout: WALK_WITHIN_MS })
  const offer = page.getByRole('region', { name: 'Incoming call' })
  await offer.getByText(number.replace(/^\+998(..)(...)(..)(..)$/, '+998 $1 $2 $3 $4')).waitFor()
  await offer.getByText('Uzbek', { exact: true }).waitFor()
  await offer.getByText('Bakalavriatga qabul', { exact: true }).waitFor()
}

async function bothHear(page: Page, { call }: Caller['citizen']): Promise<void> {
  await expect
    .poll(() => hear(call.audio, AGENT_TONE_HZ), { timeout: 10_000 })
    .toSatisfy(({ tone }) => tone > 0.4)
  await expect
    .poll(() => listen(page, CITIZEN_TONE_HZ), { timeout: 10_000 })
    .toSatisfy(({ tone }) => tone > 0.4)
}

async function holdAndResume(page: Page, citizen: Caller['citizen']): Promise<void> {
  await page.keyboard.press('h')
  await heading(page, 'On hold').waitFor()
  await expect
    .poll(() => hear(citizen.call.audio, AGENT_TONE_HZ), { timeout: 10_000 })
    .toSatisfy(({ tone, sound }) => tone < 0.05 && sound > 0.5)
  await expect
    .poll(() => listen(page, CITIZEN_TONE_HZ), { timeout: 10_000 })
    .toSatisfy(({ tone, loudness }) => tone === 0 && loudness < 0.01)
  await page.keyboard.press('h')
  await heading(page, 'Talking').waitFor()
  await bothHear(page, citizen)
}

async function muteAndUnmute(page: Page, citizen: Caller['citizen']): Promise<void> {
  await page.keyboard.press('m')
  await heading(page, 'Talking, muted').waitFor()
  await expect
    .poll(() => hear(citizen.call.audio, AGENT_TONE_HZ), { timeout: 10_000 })
    .toSatisfy(({ sound }) => sound === 0)
  expect((await listen(page, CITIZEN_TONE_HZ)).tone).toBeGreaterThan(0.4)
  await page.keyboard.press('m')
  await heading(page, 'Talking').waitFor()
  await bothHear(page, citizen)
}

async function sendKeys(page: Page, citizen: Caller['citizen']): Promise<void> {
  const keys: string[] = []
  citizen.call.audio.listenToKeys((key) => keys.push(key))
  await page.keyboard.press('k')
  await page.getByRole('button', { name: '5', exact: true }).press('Enter')
  await page.keyboard.press('7')
  await page.keyboard.press('#')
  await expect.poll(() => keys, { timeout: 10_000 }).toEqual(['5', '7', '#'])
  await page.keyboard.press('Escape')
  await endButton(page).waitFor()
}

/** By keyboard alone; gives the number of the appeal. */
async function wrapUpWithAppeal(page: Page): Promise<string> {
  await page.keyboard.press('Alt+3')
  await page.getByRole('textbox', { name: 'Note' }).focus()
  await page.keyboard.type('Ikki hafta kutgan.')
  const topic = page.getByRole('combobox', { name: 'Topic' })
  await topic.focus()
  await topic.pressSequentially('apellyatsiya')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')

  await page.getByRole('button', { name: 'Register an appeal' }).press('Enter')
  await page.getByRole('radio', { name: 'Complaint' }).press('Space')
  await page.getByLabel('Citizen’s full name').focus()
  await page.keyboard.type(CITIZEN)
  await page.getByRole('textbox', { name: 'Text of the appeal' }).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(CITIZENS_TEXT)
  await page.getByRole('button', { name: 'Register', exact: true }).press('Enter')
  const link = page.getByRole('link', { name: /^A-\d{4}-\d{6}$/ })
  const appeal = (await link.textContent()) ?? ''
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  return appeal
}

async function appealIsRegistered(number: string, card: CallCard): Promise<void> {
  const [row, ...others] = await copy.get(AppealRow.array(), `/appeals?search=${number}`)
  expect(others).toEqual([])
  expect(row).toMatchObject({ number, kind: 'complaint', status: 'registered', citizenName: CITIZEN })
  const appeal = await copy.get(AppealCard, `/appeals/${row?.id}`)
  expect(appeal).toMatchObject({
    text: CITIZENS_TEXT,
    call: { id: card.id },
    registeredByName: 'Dilnoza Karimova',
  })
  expect(appeal.dueSteps.at(-1)?.day).toBe(appeal.dueOn)
  const days = (Date.parse(appeal.dueOn ?? '') - Date.parse(appeal.registeredOn)) / 86_400_000
  // The law gives a complaint fifteen days, and days off move the last one on.
  expect(days).toBeGreaterThanOrEqual(15)
  expect(days).toBeLessThanOrEqual(25)
}

async function recordingHoldsBoth(card: CallCard): Promise<void> {
  const { recordingCard, endedAt, talk } = card
  const startedAt = recordingCard?.startedAt ?? 0
  const sound = await decode(Buffer.from(await (await copy.supervisor.recording(card.id)).arrayBuffer()))
  const expected = ((endedAt ?? 0) - startedAt) / 1000
  expect(Math.abs(sound.seconds - expected)).toBeLessThanOrEqual(LOST_MAX_SECONDS)
  expect(recordingCard?.gapSeconds).toBeLessThanOrEqual(LOST_MAX_SECONDS)
  expect(talk).toHaveLength(2)
  for (const { startedAt: from, endedAt: to } of talk) {
    const spell = { from: (from - startedAt) / 1000, to: ((to ?? 0) - startedAt) / 1000 }
    const level = (side: Int16Array, hz: number) => toneDecibels(side, hz, spell)
    const citizenMargin = level(sound.left, CITIZEN_TONE_HZ) - level(sound.right, CITIZEN_TONE_HZ)
    const agentMargin = level(sound.right, AGENT_TONE_HZ) - level(sound.left, AGENT_TONE_HZ)
    expect(citizenMargin).toBeGreaterThan(SIDE_MARGIN_DECIBELS)
    expect(agentMargin).toBeGreaterThan(SIDE_MARGIN_DECIBELS)
  }
}

/** The agent opens the card of her call and plays the recording. */
async function cardPlays(page: Page, card: CallCard): Promise<void> {
  await page.goto(`${copy.running.web}/calls/${card.id}`)
  const place = page.getByRole('slider', { name: 'Place in the recording' })
  await place.focus()
  await page.keyboard.press('Space')
  await expect
    .poll(async () => Number(await place.getAttribute('aria-valuenow')), { timeout: 15_000 })
    .toBeGreaterThanOrEqual(2)
}
