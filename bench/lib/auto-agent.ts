/**
 * An agent with an ordinary phone who answers at once, talks for a while, hangs up
 * and is free again at once: the same one on both sides of a comparison.
 */
import { type HeardFrame, repeating } from '../../tools/callers/audio-port.ts'
import { type PhoneOptions, type Ring, SipPhone } from '../../tools/callers/sip-phone.ts'
import { AGENT_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'

export type Handled = {
  caller: string
  ringAt: number
  answeredAt: number
  endedAt: number
  /** When this agent had said that he is free before this call; absent of his first. */
  freeSince: number | undefined
}

const USUAL_TALK_MS = 1_000

export class AutoAgent {
  readonly handled: Handled[] = []
  /** Asked for each talk anew. */
  talkMs: () => number
  /** Hears every talk. */
  listener: ((frame: HeardFrame) => void) | undefined
  isTalking = false
  readonly phone: SipPhone
  readonly #becomeFree: () => Promise<void>
  #freeSince: number | undefined

  private constructor(phone: SipPhone, talkMs: () => number, becomeFree: () => Promise<void>) {
    this.phone = phone
    this.talkMs = talkMs
    this.#becomeFree = becomeFree
  }

  /** `becomeFree` is asked when a call is over: it says so to whom it concerns, and is done when that has been sent. */
  static async open(
    options: Omit<PhoneOptions, 'onRing'>,
    becomeFree: () => Promise<void>,
  ): Promise<AutoAgent> {
    let agent: AutoAgent | undefined
    const phone = await SipPhone.open({ ...options, onRing: (ring) => void agent?.take(ring) })
    agent = new AutoAgent(phone, () => USUAL_TALK_MS, becomeFree)
    return agent
  }

  /** Forgets what was handled, for the next run. */
  reset(talkMs: () => number): void {
    this.handled.length = 0
    this.#freeSince = undefined
    this.talkMs = talkMs
  }

  async take(ring: Ring): Promise<void> {
    if (ring.isOver) return
    ring.audio.speak(repeating(toneFrame(AGENT_TONE_HZ)))
    if (this.listener) ring.audio.listen(this.listener)
    ring.answer()
    this.isTalking = true
    const answeredAt = performance.now()
    const timer = setTimeout(() => ring.hangUp(), this.talkMs())
    const { at: endedAt } = await ring.over
    clearTimeout(timer)
    this.isTalking = false
    this.handled.push({ caller: ring.from, ringAt: ring.at, answeredAt, endedAt, freeSince: this.#freeSince })
    await this.#becomeFree()
    this.#freeSince = performance.now()
  }
}
