/**
 * A simulated citizen: calls by real SIP, listens, and presses keys as a person
 * does, that is once the call is answered and something is being said. A key may
 * well fall into the middle of a prompt.
 */
import { FRAME_MS, isSilent } from './alaw.ts'
import type { AudioPort, Voice } from './audio-port.ts'
import { Hearing } from './hearing.ts'
import { SipCall } from './sip-call.ts'
import type { SipHeader } from './sip-message.ts'

/** So much of a prompt is heard before a key is pressed: enough to know that one is playing. */
const PROMPT_HEARD_MS = 300
/** After a key, the rest of the old prompt may still arrive. */
const OLD_PROMPT_FADES_MS = 250
/** Where nothing at all is said, the key is pressed anyway. */
const SILENCE_PATIENCE_MS = 5_000

export type CitizenDial = {
  host: string
  port: number
  /** The number dialled. */
  to: string
  from: string
  userAgent: string
  displayName?: string
  headers?: readonly SipHeader[]
}

export class Citizen {
  readonly call: SipCall
  readonly hearing: Hearing
  /** When the last key went down, by performance.now(). */
  lastKeyAt: number | undefined

  private constructor(call: SipCall) {
    this.call = call
    this.hearing = new Hearing(call.audio)
  }

  static async dial(dial: CitizenDial): Promise<Citizen> {
    const { to, ...rest } = dial
    return new Citizen(await SipCall.dial({ ...rest, to: `sip:${to}@${dial.host}` }))
  }

  /** Speaks from the moment the call is answered. */
  async speakOnceAnswered(voice: Voice): Promise<void> {
    await this.call.settled
    if (!this.call.isOver) this.call.audio.speak(voice)
  }

  /** Presses the keys one after another, each when a prompt is heard; stops when the call is over. */
  async walk(keys: readonly string[]): Promise<void> {
    await this.call.settled
    for (const key of keys) {
      await soundHeard(this.call.audio, PROMPT_HEARD_MS, SILENCE_PATIENCE_MS)
      if (this.call.isOver) return
      this.lastKeyAt = performance.now()
      await this.call.audio.press(key)
      await Promise.race([passed(OLD_PROMPT_FADES_MS), this.call.over])
    }
  }
}

export async function passed(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** Done when so much sound has been heard from now on, when patience ends, or when the call does. */
async function soundHeard(audio: AudioPort, soundMs: number, patienceMs: number): Promise<void> {
  const heard = Promise.withResolvers<void>()
  let heardMs = 0
  const timer = setTimeout(() => heard.resolve(), patienceMs)
  void audio.closed.then(() => heard.resolve())
  const stop = audio.listen((frame) => {
    if (!isSilent(frame.payload)) heardMs += FRAME_MS
    if (heardMs >= soundMs) heard.resolve()
  })
  await heard.promise
  clearTimeout(timer)
  stop()
}
