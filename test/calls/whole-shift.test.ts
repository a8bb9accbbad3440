/**
 * A whole shift in a real browser on a whole running copy, which its agent reads in Russian, in Uzbek and in English:
 * citizens call by SIP and their calls end in every way there is; breaks, the end of the shift, and at last what the
 * calls' cards say of it.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repeating } from '../../tools/callers/audio-port.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ } from '../../tools/callers/tone.ts'
import { sayIn, ShiftAtTheDesk, watchHands } from '../e2e/shift-at-the-desk.ts'
import { bursts, openDeskBrowser } from './desk-page.ts'
import { type Caller, runningCopy } from './running-copy.ts'
import { type SipAgent, sipAgent } from './sip-agent.ts'

/** From the call through greeting and menu, or twice as long as an offer rings. */
const OFFER_WITHIN_MS = 60_000
const LINE_WITHIN_MS = 30_000
const HEARD_WITHIN_MS = 10_000
const ME = 'Dilnoza Karimova'

const copy = runningCopy({ menu: 'short' })
let desk: Awaited<ReturnType<typeof openDeskBrowser>>
let shift: ShiftAtTheDesk
let page: Page

beforeAll(async () => {
  desk = await openDeskBrowser(bursts(AGENT_TONE_HZ))
  page = desk.page
  await page.addInitScript(watchHands)
  shift = new ShiftAtTheDesk(page, { say: await sayIn('ru'), language: 'ru' })
})
afterAll(async () => {
  await desk?.close()
})

const isThere = (english: string) => shift.heading(english).waitFor({ timeout: OFFER_WITHIN_MS })

/** A citizen on his way to the desk. */
async function calls(): Promise<Caller> {
  const caller = await copy.dial()
  void caller.citizen.speakOnceAnswered(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  void caller.citizen.walk(['1', '1', '1'])
  return caller
}

/** They hear each other's words; the agent has accepted. */
async function talks(caller: Caller): Promise<void> {
  await isThere('Incoming call')
  await shift.takesIt()
  await toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, HEARD_WITHIN_MS)
}

async function citizenHangsUp({ citizen }: Caller): Promise<void> {
  await citizen.call.hangUp()
  await isThere('Call ended')
}

/** A colleague who is there for what is handed over now, and gone again afterwards. */
async function withColleague(handOver: (colleague: SipAgent) => Promise<void>): Promise<void> {
  const colleague = await sipAgent(copy, 'agent2')
  try {
    await handOver(colleague)
  } finally {
    await colleague.leave()
  }
}

async function serves(colleague: SipAgent, { citizen, number }: Caller): Promise<void> {
  const offer = await colleague.offer()
  expect(offer.number).toBe(number)
  await colleague.desk.accept(offer.id)
  await toneHeard(citizen.call.audio, AGENT_TONE_HZ, HEARD_WITHIN_MS)
  await colleague.desk.end()
  await citizen.call.over
  await colleague.wrapUp()
}

async function openHandOver(words: string): Promise<void> {
  await shift.press('x', { shownAs: 'X' })
  const group = page.getByRole('group', { name: shift.say('To whom') })
  await group.getByRole('radio').first().waitFor()
  await page.keyboard.type(words)
  await expect.poll(() => group.getByRole('radio').count()).toBe(1)
  await page.keyboard.press('Enter')
}

const callers: Record<string, Caller> = {}

test('she signs in, reads Russian, and waits for calls', async () => {
  const { login, password } = copy.who('agent1')
  await page.goto(`${copy.running.web}/`)
  await page.getByRole('button', { name: 'Русский' }).press('Enter')
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.keyboard.press('Enter')
  await shift.heading('Your line is ready').waitFor({ timeout: LINE_WITHIN_MS })
  await shift.press('F2')
  await isThere('Waiting for a call')
})

test('a question is answered by the script, an appeal is registered, a call is disputed', async () => {
  callers.resolved = await calls()
  await talks(callers.resolved)
  const script = page.getByRole('region', { name: shift.say('Call script') })
  const done = script.getByRole('checkbox', { checked: true })
  await script.getByText(new RegExp(ME)).waitFor()
  for (const count of [1, 2]) {
    await shift.press('s', { shownAs: 'S' })
    await expect.poll(() => done.count()).toBe(count)
  }
  const solved = shift.outcome('Resolved')
  await shift.press('a', { shownAs: 'A' })
  await page
    .getByText('Javob', { exact: true })
    .or(page.getByText('Ответ', { exact: true }))
    .waitFor()
  await shift.press('a', { shownAs: 'A' })
  await expect.poll(() => solved.isChecked()).toBe(true)
  await shift.picture('talking-by-sip')
  await page.keyboard.press('e')
  await page.keyboard.press('e')
  callers.appeal = await calls()
  await shift.finishes()

  await talks(callers.appeal)
  await shift.press('Alt+3')
  await shift.press('r', { shownAs: 'R' })
  const kinds = page.getByRole('radiogroup', { name: shift.say('Kind') })
  await kinds.getByRole('radio', { name: shift.say('Application') }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel(shift.say('Citizen’s full name')).focus()
  await page.keyboard.type('Гульчехра Абдуллаева')
  await page.getByRole('textbox', { name: shift.say('Text of the appeal') }).focus()
  await page.keyboard.type('Заявление не подтверждают две недели.')
  await shift.press('Control+Enter', { shownAs: 'Ctrl+Enter' })
  await page.getByText(shift.say('Appeal registered:')).waitFor()
  await citizenHangsUp(callers.appeal)
  callers.disputed = await calls()
  await shift.finishes()

  await talks(callers.disputed)
  await citizenHangsUp(callers.disputed)
  await shift.readsIn('uz', ME)
  callers.givenUp = await calls()
  await shift.finishes(() => shift.press('Alt+4'))
})

test('in Uzbek, a citizen gives up while it rings; another is missed, declined, and answered at last', async () => {
  await isThere('Incoming call')
  await callers.givenUp?.citizen.call.hangUp()
  await isThere('Waiting for a call')

  const caller = await calls()
  callers.missed = caller
  await isThere('You missed a call')
  await shift.press('F2')
  await isThere('Incoming call')
  await shift.press('Escape', { shownAs: 'Esc' })
  await isThere('You declined a call')
  await shift.press('F2')
  await talks(caller)
  await citizenHangsUp(caller)
  // A rest, as it is taken after a call: by one more key than the end of the wrap-up.
  await shift.press('Alt+2')
  await shift.press('Control+Shift+Enter', { shownAs: 'Ctrl+Shift+Enter' })
  await page.getByRole('main').getByRole('heading', { name: 'Dam olish' }).waitFor()
  await shift.picture('rest')
  await shift.readsIn('en', ME)
  callers.queue = await calls()
  await copy.queued(callers.queue.number)
  await shift.press('F2')
})

test('in English, a call is given to another queue, a colleague is asked and gets the next, and one goes back to its queue', async () => {
  const { queue } = callers as { queue: Caller }
  await talks(queue)
  await withColleague(async (colleague) => {
    await openHandOver('muroj')
    await isThere('Call ended')
    await serves(colleague, queue)
  })
  callers.consulted = await calls()
  await shift.finishes(() => shift.press('Alt+2'))

  await talks(callers.consulted)
  await withColleague((colleague) => asksAndHandsOver(colleague, callers.consulted as Caller))
  callers.returned = await calls()
  await shift.finishes(() => shift.press('Alt+2'))

  const { returned } = callers as { returned: Caller }
  await talks(returned)
  await withColleague(async (colleague) => {
    await shift.press('x', { shownAs: 'X' })
    const inQueue = shift.say('Back to its place in the queue {{queue}}', { queue: '' })
    const back = page.getByRole('button', { name: new RegExp(`^${inQueue}`) })
    await back.press('Enter')
    await isThere('Call ended')
    await serves(colleague, returned)
  })
  await shift.finishes(() => shift.press('Alt+2'))
})

async function asksAndHandsOver(colleague: SipAgent, { citizen, number }: Caller): Promise<void> {
  const name = 'Rustam Yoʻldoshev'
  await openHandOver('rustam')
  const offer = await colleague.offer()
  expect(offer.number).toBe(number)
  await colleague.desk.accept(offer.id)
  await page.getByRole('heading', { name: `${shift.say('Consulting')} ${name}` }).waitFor()
  await page.keyboard.press('x')
  await page.getByRole('button', { name: shift.say('Press X again') }).waitFor()
  await page.keyboard.press('x')
  await isThere('Call ended')
  await toneHeard(citizen.call.audio, AGENT_TONE_HZ, HEARD_WITHIN_MS)
  await colleague.desk.end()
  await citizen.call.over
  await colleague.wrapUp()
}

test('a break between calls; then she signs out, and every call’s card says how it ended', async () => {
  await isThere('Waiting for a call')
  await shift.press('Alt+2')
  await page.getByRole('main').getByRole('heading', { name: 'Tushlik' }).waitFor()
  await shift.picture('lunch')
  await shift.wasCalm()
  await page.getByRole('button', { name: ME }).press('Enter')
  await page.getByRole('menuitem', { name: shift.say('Sign out') }).press('Enter')
  await page.getByRole('button', { name: shift.say('Sign in') }).waitFor()

  const [agent, colleague] = [ME, 'Rustam Yoʻldoshev']
  const expected: Record<string, object> = {
    resolved: { outcome: 'resolved', endedBy: 'agent', talk: [agent], appeals: 0 },
    appeal: { outcome: 'unresolved', endedBy: 'citizen', talk: [agent], appeals: 1 },
    disputed: { outcome: 'disputed', endedBy: 'citizen', talk: [agent], appeals: 0 },
    givenUp: { outcome: null, endedBy: 'citizen', talk: [], appeals: 0 },
    missed: { outcome: 'explained', endedBy: 'citizen', talk: [agent], appeals: 0 },
    queue: { outcome: 'explained', endedBy: 'agent', talk: [agent, colleague], appeals: 0 },
    consulted: { outcome: 'explained', endedBy: 'agent', talk: [agent, colleague], appeals: 0 },
    returned: { outcome: 'explained', endedBy: 'agent', talk: [agent, colleague], appeals: 0 },
  }
  const found = Object.entries(callers).map(async ([name, { number }]) => {
    const { outcome, endedBy, talk, appeals } = await copy.ended(number)
    const names = [...new Set(talk.map(({ agentName }) => agentName))]
    return [name, { outcome, endedBy, talk: names, appeals: appeals.length }] as const
  })
  expect(Object.fromEntries(await Promise.all(found))).toEqual(expected)
  const missed = await copy.card(callers.missed?.number ?? '')
  expect(missed.offers.map(({ endedAs }) => endedAs)).toEqual(['missed', 'declined', 'answered'])
})
