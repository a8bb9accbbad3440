/**
 * The server is killed in the middle of everything: those who talk talk on, those
 * who call meanwhile are greeted, recorded and not forgotten.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repeating } from '../../tools/callers/audio-port.ts'
import { openSignInPage, takeTheDesk } from '../../tools/callers/browser-agent.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { HOLE_MAX_MS } from '../sound.ts'
import { bursts, listen, openDeskBrowser } from './desk-page.ts'
import { hear, Holes } from './hearing.ts'
import { decode, toneDecibels } from './recorded.ts'
import { type Caller, eventually, runningCopy } from './running-copy.ts'
import { type SipAgent, sipAgent } from './sip-agent.ts'

const OFFER_WITHIN_MS = 90_000
const BEEP_HZ = 1000
/** The greeting in both languages, heard out. */
const BEEP_WITHIN_MS = 60_000
const SIDE_MARGIN_DECIBELS = 10
const HALF_A_MINUTE_MS = 30_000
/** The wrap-up of the call before ends by itself. */
const WRAP_UP_WITHIN_MS = 120_000
const HEALED_WITHIN_MS = 60_000

const copy = runningCopy({ menu: 'short' })
let desk: Awaited<ReturnType<typeof openDeskBrowser>>
let page: Page
let colleague: SipAgent
let callers: Caller[]

beforeAll(async () => {
  desk = await openDeskBrowser(bursts(AGENT_TONE_HZ))
  page = desk.page
  await openSignInPage(page, copy.running.web)
  await takeTheDesk(page, copy.who('agent1'))
  colleague = await sipAgent(copy, 'agent2')
})
afterAll(async () => {
  await colleague?.leave()
  await desk?.close()
})

const heading = (name: string) => page.getByRole('heading', { name, exact: true })

test('who talks when the server is killed talks on without a hole, and the calls end in order afterwards', async () => {
  callers = await Promise.all([copy.dial(), copy.dial()])
  for (const { citizen } of callers)
    void citizen.speakOnceAnswered(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  await Promise.all(callers.map(({ citizen }) => citizen.walk(['1', '1', '1'])))
  await heading('Incoming call').waitFor({ timeout: OFFER_WITHIN_MS })
  await page.keyboard.press('F2')
  const offer = await colleague.offer()
  await colleague.desk.accept(offer.id)
  const withPhone = callers.find(({ number }) => number === offer.number)
  const withBrowser = callers.find(({ number }) => number !== offer.number)
  if (!withPhone || !withBrowser) throw new Error('The offer is of somebody else')
  for (const { citizen } of callers) await toneHeard(citizen.call.audio, AGENT_TONE_HZ, 10_000)

  // A page that has never listened needs its time to begin.
  const heardBefore = () => listen(page, CITIZEN_TONE_HZ)
  await expect.poll(heardBefore, { timeout: 10_000 }).toSatisfy(({ tone }) => tone > 0.4)
  const watched = [withPhone, withBrowser].map(({ citizen }) => ({
    audio: citizen.call.audio,
    holes: new Holes(citizen.call.audio),
  }))
  const pid = copy.pidOf('server')
  process.kill(pid, 'SIGKILL')
  const meanwhile = Promise.all([
    ...watched.map(({ audio }) => hear(audio, AGENT_TONE_HZ, 2_500)),
    listen(page, CITIZEN_TONE_HZ),
  ])
  await copy.readyAfter('server', pid)
  const [phone, browser, heardInBrowser] = await meanwhile
  expect(phone?.tone).toBeGreaterThan(0.9)
  expect(browser?.tone).toBeGreaterThan(0.4)
  expect(heardInBrowser?.tone).toBeGreaterThan(0.4)
  for (const { citizen } of callers) await toneHeard(citizen.call.audio, AGENT_TONE_HZ, 10_000)
  for (const { holes } of watched) expect(holes.stop().longestMs).toBeLessThanOrEqual(HOLE_MAX_MS)

  // The new server knows who talks with whom.
  await colleague.when('talking again', ({ status, call }) => status === 'talking' && call?.endedAt === null)
  await colleague.desk.end()
  expect((await withPhone.citizen.call.over).by).toBe('them')
  await colleague.wrapUp()
  await heading('Talking').waitFor()
  await page.keyboard.press('e')
  await page.keyboard.press('e')
  expect((await withBrowser.citizen.call.over).by).toBe('them')
  for (const { number } of callers) {
    const card = await copy.stored(number)
    expect(card).toMatchObject({ status: 'ended', endedBy: 'agent', lostReason: null })
    expect(card.timeline.filter(({ type }) => type === 'callEnded')).toHaveLength(1)
    expect(card.talkSeconds).toBeGreaterThan(2)
  }
})

test('without the server a caller hears the greeting and leaves a message, which is there afterwards with an alarm', async () => {
  const supervisor = copy.pidOf('supervisor')
  const pid = copy.pidOf('server')
  // Nobody is to start it again before the caller has been served.
  process.kill(supervisor, 'SIGSTOP')
  let caller: Caller
  try {
    process.kill(pid, 'SIGKILL')
    caller = await copy.dial()
    const { call, hearing } = caller.citizen
    await call.settled
    expect(call.code).toBe(200)
    await toneHeard(call.audio, BEEP_HZ, BEEP_WITHIN_MS)
    expect(hearing.heardSeconds).toBeGreaterThan(4)
    call.audio.speak(repeating(toneFrame(CITIZEN_TONE_HZ)))
    await passed(3_000)
    await call.audio.press('#')
    expect((await call.over).by).toBe('them')
  } finally {
    process.kill(supervisor, 'SIGCONT')
  }
  await copy.readyAfter('server', pid)
  const card = await copy.stored(caller.number)
  expect(card).toMatchObject({ status: 'ended', lostReason: 'messageLeft', agentName: null })
  const alarm = await eventually(
    'the alarm',
    async () =>
      (await copy.alarms()).find(({ kind, subject }) => kind === 'messageLeft' && subject === card.id),
    { holds: Boolean, withinMs: 5_000 },
  )
  expect(alarm?.resolvedAt).toBeNull()

  const sound = await decode(Buffer.from(await (await copy.supervisor.recording(card.id)).arrayBuffer()))
  const message = { from: sound.seconds - 3, to: sound.seconds }
  const margin =
    toneDecibels(sound.left, CITIZEN_TONE_HZ, message) - toneDecibels(sound.right, CITIZEN_TONE_HZ, message)
  expect(margin).toBeGreaterThan(SIDE_MARGIN_DECIBELS)
})

test('callers are served by the new server as before', async () => {
  const caller = await copy.dial()
  await copy.greeted(caller)
  await caller.citizen.call.hangUp()
  expect(await copy.ended(caller.number)).toMatchObject({ lostReason: 'leftInGreeting' })
})

test('while the server is gone for half a minute the desk says so, the talk goes on, and what is typed is there afterwards', async () => {
  await colleague.leave()
  await heading('Waiting for a call').waitFor({ timeout: WRAP_UP_WITHIN_MS })
  const caller = await copy.dial()
  const { audio } = caller.citizen.call
  void caller.citizen.speakOnceAnswered(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  await caller.citizen.walk(['1', '1', '1'])
  await heading('Incoming call').waitFor({ timeout: OFFER_WITHIN_MS })
  await page.keyboard.press('F2')
  await toneHeard(audio, AGENT_TONE_HZ, 10_000)
  const note = page.getByRole('textbox', { name: 'Note' })
  const lost = page.getByRole('status').getByText('Connection lost.')

  const supervisor = copy.pidOf('supervisor')
  const pid = copy.pidOf('server')
  process.kill(supervisor, 'SIGSTOP')
  try {
    process.kill(pid, 'SIGKILL')
    await lost.waitFor({ timeout: HALF_A_MINUTE_MS })
    await note.fill('Written while it was away.')
    await page.keyboard.press('Alt+1')
    await passed(HALF_A_MINUTE_MS)
    // The telephone does not need the server: nothing is said of the line, for nothing is wrong with it.
    expect(await page.getByRole('status', { name: 'Line' }).textContent()).toBe('Line ready')
    const [citizen, agent] = await Promise.all([
      hear(audio, AGENT_TONE_HZ, 2_500),
      listen(page, CITIZEN_TONE_HZ),
    ])
    expect(citizen.tone).toBeGreaterThan(0.4)
    expect(agent.tone).toBeGreaterThan(0.4)
    await lost.waitFor()
  } finally {
    process.kill(supervisor, 'SIGCONT')
  }
  await copy.readyAfter('server', pid)
  await lost.waitFor({ state: 'detached', timeout: HEALED_WITHIN_MS })
  await heading('Talking').waitFor({ timeout: HEALED_WITHIN_MS })
  await toneHeard(audio, AGENT_TONE_HZ, 10_000)
  expect(await note.inputValue()).toBe('Written while it was away.')
  expect(await page.getByRole('radio', { name: /^Resolved/ }).isChecked()).toBe(true)

  await caller.citizen.call.hangUp()
  await heading('Call ended').waitFor({ timeout: HEALED_WITHIN_MS })
  await page.keyboard.press('Control+Enter')
  const card = await copy.cardWhen(caller.number, ({ outcome }) => outcome !== null)
  expect(card).toMatchObject({ outcome: 'resolved', note: 'Written while it was away.' })
})
