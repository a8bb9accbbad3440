/** What a simulated citizen hears within a stretch of time: the agent's tone, other sound, and packets that did not come. */
import { decodeAlaw, FRAME_MS, isSilent } from '../../tools/callers/alaw.ts'
import type { AudioPort } from '../../tools/callers/audio-port.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { hasTone, toneShare } from '../../tools/callers/tone.ts'

const LISTEN_MS = 1_200
/** Packets of a voice among all that came while it was listened for. */
const HEARD_SHARE = 0.6

export type HeardByCitizen = {
  /** Of the packets that came, the share that was the tone. */
  tone: number
  /** And the share that was any sound. */
  sound: number
}

export async function hear(audio: AudioPort, hz: number, ms = LISTEN_MS): Promise<HeardByCitizen> {
  let [frames, tones, sounds] = [0, 0, 0]
  const stop = audio.listen(({ payload }) => {
    frames++
    if (!isSilent(payload)) sounds++
    if (hasTone(payload, hz)) tones++
  })
  await passed(ms)
  stop()
  return { tone: frames === 0 ? 0 : tones / frames, sound: frames === 0 ? 0 : sounds / frames }
}

/** Of two who speak at once each has half; of music a single frequency has far less. */
const VOICE_MIN_SHARE = 0.25

/** Who of these, each known by a tone, is heard, also when they speak at once: in this order. */
export async function voices(
  audio: AudioPort,
  hz: readonly number[],
  ms = LISTEN_MS,
): Promise<readonly boolean[]> {
  let frames = 0
  const counts = hz.map(() => 0)
  const stop = audio.listen(({ payload }) => {
    frames++
    const samples = decodeAlaw(payload)
    for (const [n, tone] of hz.entries())
      if (!isSilent(payload) && toneShare(samples, tone) >= VOICE_MIN_SHARE) counts[n] = (counts[n] ?? 0) + 1
  })
  await passed(ms)
  stop()
  return counts.map((count) => count > frames * HEARD_SHARE)
}

const TICK_MS = 5

/**
 * Watches for holes in what is received. Time in which this process itself
 * was not let run is not counted: the packets had come, nobody looked.
 */
export class Holes {
  longestMs = 0
  frames = 0
  readonly #since = performance.now()
  readonly #timer: NodeJS.Timeout
  readonly #stopListening: () => void
  #lastAt: number | undefined
  #asleepMs = 0
  #awakeAt = performance.now()

  constructor(audio: AudioPort) {
    this.#timer = setInterval(() => this.#wake(), TICK_MS)
    this.#stopListening = audio.listen(({ at }) => {
      this.#wake()
      this.frames++
      if (this.#lastAt !== undefined)
        this.longestMs = Math.max(this.longestMs, at - this.#lastAt - this.#asleepMs)
      this.#lastAt = at
      this.#asleepMs = 0
    })
  }

  /** Milliseconds of sound that never came, against those watched. */
  stop(): { longestMs: number; missingMs: number } {
    clearInterval(this.#timer)
    this.#stopListening()
    return {
      longestMs: this.longestMs,
      missingMs: performance.now() - this.#since - this.frames * FRAME_MS,
    }
  }

  #wake(): void {
    const now = performance.now()
    this.#asleepMs += Math.max(0, now - this.#awakeAt - FRAME_MS)
    this.#awakeAt = now
  }
}
