/** What a simulated person makes of the sound: how long something was heard, a known tone, and all of it to keep. */
import { FRAME_MS, FRAME_SAMPLES, isSilent, SAMPLES_PER_SECOND, SILENCE } from './alaw.ts'
import type { AudioPort, HeardFrame } from './audio-port.ts'
import { hasTone } from './tone.ts'

/** Counts the frames that are not silence. */
export class Hearing {
  heardFrames = 0
  lastHeardAt: number | undefined
  readonly stop: () => void

  constructor(audio: AudioPort) {
    this.stop = audio.listen((frame) => {
      if (isSilent(frame.payload)) return
      this.heardFrames++
      this.lastHeardAt = frame.at
    })
  }

  get heardSeconds(): number {
    return (this.heardFrames * FRAME_MS) / 1000
  }
}

const KEPT_MAX_SECONDS = 15 * 60

/** Keeps the sound as it was in time: a packet that never came is a silence of its length. */
export class Keeping {
  readonly #sound = new Uint8Array(KEPT_MAX_SECONDS * SAMPLES_PER_SECOND).fill(SILENCE)
  #end = 0
  #firstAt: number | undefined
  #source: number | undefined
  #base = 0
  readonly stop: () => void

  constructor(audio: AudioPort) {
    this.stop = audio.listen((frame) => this.#keep(frame))
  }

  sound(): Uint8Array {
    return this.#sound.subarray(0, this.#end)
  }

  #keep(frame: HeardFrame): void {
    this.#firstAt ??= frame.at
    const byClock = Math.round(((frame.at - this.#firstAt) * SAMPLES_PER_SECOND) / 1000)
    // A new source or a leap in its timestamps starts from the clock again.
    const byTimestamp = this.#base + frame.timestamp
    const isLeap = this.#source !== frame.source || Math.abs(byTimestamp - byClock) > SAMPLES_PER_SECOND
    if (isLeap) this.#base = Math.max(this.#end, byClock) - frame.timestamp
    this.#source = frame.source
    const at = this.#base + frame.timestamp
    if (at < 0 || at + frame.payload.length > this.#sound.length) return
    this.#sound.set(frame.payload, at)
    this.#end = Math.max(this.#end, at + frame.payload.length)
  }
}

/** Music or a vowel may look like a tone for one frame, but not for so many in a row. */
const TONE_FRAMES = 3

/** Resolves with the moment at which the tone began to be heard; rejects when the time is up or the call over. */
export async function toneHeard(audio: AudioPort, hz: number, timeoutMs: number): Promise<number> {
  const heard = Promise.withResolvers<number>()
  const giveUp = (why: string) => heard.reject(new Error(`The tone of ${hz} Hz was not heard: ${why}`))
  const timer = setTimeout(() => giveUp(`${timeoutMs} ms have passed`), timeoutMs)
  void audio.closed.then(() => giveUp('the call is over'))
  let began: number[] = []
  const stop = audio.listen((frame) => {
    const hasIt = frame.payload.length >= FRAME_SAMPLES && hasTone(frame.payload, hz)
    began = hasIt ? [...began, frame.at] : []
    if (began.length === TONE_FRAMES) heard.resolve(began[0] ?? frame.at)
  })
  try {
    return await heard.promise
  } finally {
    clearTimeout(timer)
    stop()
  }
}
