/** A simulated citizen at home: his phone rings when he is called back, he answers, and listens for a while. */
import { repeating } from './audio-port.ts'
import { passed } from './citizen.ts'
import { Hearing } from './hearing.ts'
import type { RunningCopy } from './running-copy.ts'
import { type Ring, SipPhone } from './sip-phone.ts'

/** An agent has to be free and to accept first. */
const RINGS_WITHIN_MS = 180_000
const TALKS_MS = 8_000

export type CalledBack = { afterSeconds: number; number: string; heardSeconds: number }

/** Where a copy's demo trunk sends the calls that go out. */
export class CitizensPhone {
  readonly #phone: SipPhone
  readonly #ring: Promise<Ring>

  private constructor(phone: SipPhone, ring: Promise<Ring>) {
    this.#phone = phone
    this.#ring = ring
  }

  static async open({ ports }: RunningCopy): Promise<CitizensPhone> {
    const { promise, resolve } = Promise.withResolvers<Ring>()
    const phone = await SipPhone.open({ user: 'citizen', port: ports.citizen, onRing: resolve })
    return new CitizensPhone(phone, promise)
  }

  /** Nothing if it did not ring in time, or `stop` came first. */
  async answer(say: Uint8Array | undefined, stop: Promise<void>): Promise<CalledBack | undefined> {
    const from = performance.now()
    const ring = await Promise.race([this.#ring, passed(RINGS_WITHIN_MS), stop])
    if (!ring) return undefined
    const hearing = new Hearing(ring.audio)
    ring.answer()
    if (say) ring.audio.speak(repeating(say))
    await Promise.race([passed(TALKS_MS), ring.over, stop])
    ring.hangUp()
    const number = /sip:([^@]*)@/.exec(ring.uri)?.[1] ?? ''
    return { afterSeconds: (ring.at - from) / 1000, number, heardSeconds: hearing.heardSeconds }
  }

  close(): void {
    this.#phone.close()
  }
}
