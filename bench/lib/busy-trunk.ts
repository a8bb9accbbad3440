/**
 * A trunk whose lines are all in use: as soon as a call is over, somebody else calls.
 * Whoever is not answered loses patience at a moment of his own; whom an agent talks
 * with stays until that agent hangs up.
 */
import { repeating } from '../../tools/callers/audio-port.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { type CallEnd, SipCall } from '../../tools/callers/sip-call.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, hasTone, toneFrame } from '../../tools/callers/tone.ts'
import { PacketLoss } from './packet-loss.ts'
import type { QueueSide } from './queue-side.ts'

const LOOPBACK = '127.0.0.1'
/** Looking for the tone in each packet would cost more than the call: once a second is enough. */
const LOOK_EVERY_PACKETS = 50
/** The lines fill up at this rate, and empty at it: a citizen who has gone silent waits for nobody's hang-up. */
const FILL_PER_SECOND = 20

export type BusyTrunkOptions = {
  lines: number
  /** For so long after the last line was filled. */
  fullMs: number
  patienceMs: { from: number; to: number }
  random: () => number
  nextNumber: () => string
}

export type OneCall = { number: string; hasHeardAgent: boolean; end: CallEnd; sound: PacketLoss }

export class BusyTrunk {
  readonly calls: OneCall[] = []
  /** Done when every line has been in use once. */
  readonly full: Promise<void>
  /** Done when every call is over. */
  readonly over: Promise<void>
  /** Lines in use right now. */
  inUse = 0
  readonly #side: QueueSide
  readonly #options: BusyTrunkOptions
  readonly #until: number

  constructor(side: QueueSide, options: BusyTrunkOptions) {
    const fillMs = (options.lines * 1_000) / FILL_PER_SECOND
    this.#side = side
    this.#options = options
    this.#until = performance.now() + fillMs + options.fullMs
    this.full = passed(fillMs)
    const lines = Array.from({ length: options.lines }, async (_, n) => {
      const afterFirstMs = (n * 1_000) / FILL_PER_SECOND
      await passed(afterFirstMs)
      while (performance.now() < this.#until) await this.#call(this.#until + afterFirstMs)
    })
    this.over = Promise.all(lines).then(() => undefined)
  }

  /** Calls that ended as nobody wished: refused, or cut off before an agent was heard. */
  get failed(): OneCall[] {
    return this.calls.filter(
      ({ end, hasHeardAgent }) => end.by === 'them' && (end.code !== 200 || !hasHeardAgent),
    )
  }

  /** Whoever still talks or waits at `closesAt` hangs up. */
  async #call(closesAt: number): Promise<void> {
    const number = this.#options.nextNumber()
    const { port, number: to } = this.#side
    const call = await SipCall.dial({
      host: LOOPBACK,
      port,
      to: `sip:${to}@${LOOPBACK}`,
      from: number,
      userAgent: 'Javob bench',
    })
    const sound = new PacketLoss()
    const one = { number, hasHeardAgent: false, sound }
    call.audio.listen((frame) => {
      sound.hear(frame)
      if (sound.received % LOOK_EVERY_PACKETS === 0)
        one.hasHeardAgent ||= hasTone(frame.payload, AGENT_TONE_HZ)
    })
    call.audio.speak(repeating(toneFrame(CITIZEN_TONE_HZ)))
    const { patienceMs, random } = this.#options
    const patience = setTimeout(
      () => {
        if (!one.hasHeardAgent) void call.hangUp()
      },
      patienceMs.from + random() * (patienceMs.to - patienceMs.from),
    )
    const closing = setTimeout(() => void call.hangUp(), Math.max(0, closesAt - performance.now()))
    this.inUse++
    const end = await call.over
    this.inUse--
    clearTimeout(patience)
    clearTimeout(closing)
    this.calls.push({ ...one, end })
  }
}
