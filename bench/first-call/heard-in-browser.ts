/** From the agent's key to the citizen's voice in her ear, in Chromium: what an ordinary SIP phone cannot show. */
import type { Page } from 'playwright-core'
import { repeating } from '../../tools/callers/audio-port.ts'
import { openBrowser, openSignInPage, takeTheDesk, leaveTheDesk } from '../../tools/callers/browser-agent.ts'
import { Citizen, passed } from '../../tools/callers/citizen.ts'
import { clearDesk } from '../../tools/callers/clear-desk.ts'
import { type DeskClient, signIn } from '../../tools/callers/desk-client.ts'
import { type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'
import { CITIZEN_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { atMost, type Measure, p95 } from '../lib/measure.ts'

const TALKS = 10
/** As on an ordinary phone, and what a browser's own jitter buffer and loudspeaker keep. */
const TARGET_MS = 80 + 100
/** All citizens walk the menu at the same time; each then waits for those before him. */
const OFFER_WITHIN_MS = 90_000
const HEARD_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 50
const RING_MS = 400

export async function benchHeardInBrowser(copy: RunningCopy): Promise<Measure> {
  const agent = signInsOf(copy, 'agent', 2)[1]
  if (!agent) throw new Error('The copy names no sign-ins')
  await clearDesk(copy.web, agent)
  const { page, close } = await openBrowser()
  const client = await signIn(copy.web, agent)
  const citizens = await Promise.all(Array.from({ length: TALKS }, (_, n) => dialIn(copy, n)))
  const taken: number[] = []
  try {
    await openSignInPage(page, copy.web)
    await takeTheDesk(page, agent)
    await page.evaluate(listenFromTheKey)
    while (taken.length < TALKS) taken.push(await talk(page, client))
    await leaveTheDesk(page)
  } finally {
    await Promise.all(citizens.map((citizen) => citizen.call.hangUp()))
    client.close()
    await close()
    await clearDesk(copy.web, agent)
  }
  return atMost(TARGET_MS, {
    name: 'accept → citizen heard in the browser',
    work: `${TALKS} talks in Chromium; milliseconds from the key to the first loud sample in the page, p95`,
    ours: p95(taken),
  })
}

async function dialIn(copy: RunningCopy, n: number): Promise<Citizen> {
  const from = `+99893${String(1_000_000 + n).padStart(7, '0')}`
  const where = { host: copy.host, port: copy.ports.sip, to: '1195', userAgent: 'Javob bench' }
  const citizen = await Citizen.dial({ ...where, from })
  void citizen.speakOnceAnswered(repeating(toneFrame(CITIZEN_TONE_HZ)))
  void citizen.walk(['1', '1', '1'])
  return citizen
}

async function talk(page: Page, client: DeskClient): Promise<number> {
  await page
    .getByRole('heading', { name: 'Incoming call', exact: true })
    .waitFor({ timeout: OFFER_WITHIN_MS })
  await passed(RING_MS)
  await page.keyboard.press('F2')
  const until = performance.now() + HEARD_WITHIN_MS
  let heard: number | undefined
  while (heard === undefined && performance.now() < until) {
    await passed(LOOK_EVERY_MS)
    heard = await page.evaluate(() => Reflect.get(window, 'heardAfterMs') as number | undefined)
  }
  await client.end()
  await client.wrapUp({ outcome: 'explained', topics: ['01.01'], note: '' })
  return heard ?? Number.POSITIVE_INFINITY
}

/**
 * Runs in the page: an ear on the line from now on, and a stopwatch from each press of the key that accepts. The page is
 * busy drawing just then, so the ear keeps the last half second, and the moment is counted in the sound's own time.
 */
function listenFromTheKey(): void {
  const stream = document.querySelector('audio')?.srcObject
  if (!(stream instanceof MediaStream)) throw new Error('The page has no line')
  const audio = new AudioContext()
  const ear = audio.createAnalyser()
  ear.fftSize = 32_768
  audio.createMediaStreamSource(stream).connect(ear)
  const samples = new Float32Array(ear.fftSize)
  let pressedAt: number | undefined
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key !== 'F2') return
      pressedAt = audio.currentTime - (performance.now() - timeStamp) / 1000
      Reflect.set(window, 'heardAfterMs', undefined)
    },
    { capture: true },
  )
  setInterval(() => {
    if (pressedAt === undefined) return
    ear.getFloatTimeDomainData(samples)
    const endsAt = audio.currentTime - pressedAt
    const momentOf = (index: number) => endsAt - (samples.length - index) / audio.sampleRate
    const first = samples.findIndex((sample, index) => Math.abs(sample) > 0.05 && momentOf(index) > 0)
    if (first < 0) return
    Reflect.set(window, 'heardAfterMs', momentOf(first) * 1000)
    pressedAt = undefined
  }, 20)
}
