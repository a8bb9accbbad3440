/**
 * An agent's console page in a browser that says a known tone into its microphone,
 * and what can be heard in that page: the sound of the line as it goes to the loudspeaker.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { FRAME_SAMPLES, SILENCE } from '../../tools/callers/alaw.ts'
import { openBrowser } from '../../tools/callers/browser-agent.ts'
import { toneFrame } from '../../tools/callers/tone.ts'
import { wavFromAlaw } from '../../tools/callers/wav.ts'

/** A browser takes a tone that never stops for noise and removes it; words have pauses. */
const SAID_FRAMES = 20
const PAUSE_FRAMES = 10

/** A tone that comes and goes. */
export function bursts(hz: number, saidFrames = SAID_FRAMES, pauseFrames = PAUSE_FRAMES): Uint8Array {
  const frame = toneFrame(hz)
  const sound = new Uint8Array((saidFrames + pauseFrames) * FRAME_SAMPLES).fill(SILENCE)
  for (let n = 0; n < saidFrames; n++) sound.set(frame, n * FRAME_SAMPLES)
  return sound
}

export async function openDeskBrowser(microphone: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'javob-microphone-'))
  const file = join(folder, 'microphone.wav')
  writeFileSync(file, wavFromAlaw(microphone))
  const { page, close } = await openBrowser({ microphone: file })
  const problems: string[] = []
  page.context().on('weberror', (error) => problems.push(error.error().message))
  return {
    page,
    problems,
    async close() {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Heard = {
  /** Of the moments listened to, the share in which the tone made up most of the sound. */
  tone: number
  /** The loudest moment, 0 … 1. */
  loudness: number
}

const LISTEN_MS = 900
const LISTEN_EVERY_MS = 30
const START_WITHIN_MS = 5_000

type Listening = { hz: number; ms: number; everyMs: number; startMs: number }

/** What comes out of the agent's loudspeaker for about a second. */
export async function listen(page: Page, hz: number): Promise<Heard> {
  return await page.evaluate(hearLoudspeaker, {
    hz,
    ms: LISTEN_MS,
    everyMs: LISTEN_EVERY_MS,
    startMs: START_WITHIN_MS,
  })
}

/** Runs in the page, and brings all it needs with it. */
async function hearLoudspeaker({ hz, ms, everyMs, startMs }: Listening) {
  const stream = document.querySelector('audio')?.srcObject
  if (!(stream instanceof MediaStream)) return { tone: 0, loudness: 0 }
  const audio = new AudioContext()
  await audio.resume()
  const ear = audio.createAnalyser()
  ear.fftSize = 2048
  audio.createMediaStreamSource(stream).connect(ear)
  // On a busy machine the loudspeaker's clock starts late; until then nothing could be heard.
  const ready = performance.now() + startMs
  while (audio.currentTime < 0.1 && performance.now() < ready)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  const samples = new Float32Array(ear.fftSize)
  let moments = 0
  let withTone = 0
  let loudness = 0
  const until = performance.now() + ms
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, everyMs))
    ear.getFloatTimeDomainData(samples)
    const turn = 2 * Math.cos((2 * Math.PI * hz) / audio.sampleRate)
    let [last, beforeLast, energy] = [0, 0, 0]
    for (const sample of samples) {
      ;[beforeLast, last] = [last, sample + turn * last - beforeLast]
      energy += sample * sample
      loudness = Math.max(loudness, Math.abs(sample))
    }
    const atTone = last * last + beforeLast * beforeLast - turn * last * beforeLast
    moments++
    if (energy > 1e-3 && (2 * atTone) / (samples.length * energy) > 0.5) withTone++
  }
  await audio.close()
  return { tone: moments === 0 ? 0 : withTone / moments, loudness }
}
