/**
 * Keeps the agent's line up for the whole shift, and says truly how it stands.
 *
 *   off ─start─▶ connecting ─▶ checking ─▶ proven
 *                    ▲            │           │
 *                    └─ redialling ◀── lost ──┘        connecting ─▶ noMicrophone
 *   any ── a newer window has the line ──▶ elsewhere ─start─▶ connecting
 *
 * Sound is proven before the agent can be offered a call: packets must flow both
 * ways here, and the server compares with what the engine counts.
 *
 * The newest window wins. An older one never asks for credentials of its own
 * once its were replaced, or two windows would take the line from each other for ever.
 */
import type { PhoneAccess } from '#contract/staff.ts'
import type { Softphone, SoftphoneState } from './softphone.ts'

/** More than the server wants to have counted (25, half a second of sound), so that it is not asked in vain. */
const PROVEN_BY_PACKETS = 30
const CHECKED_EVERY_MS = 200
/** After this the page says that no sound comes; checking goes on. */
const SILENT_AFTER_CHECKS = 25
const REDIAL_FIRST_MS = 500
const REDIAL_MAX_MS = 15_000

export type LineView =
  | { state: 'off' | 'connecting' | 'proven' | 'elsewhere' | 'noMicrophone' }
  | { state: 'checking'; isSilent: boolean }
  | { state: 'redialling'; attempt: number }

export type LineKeeperNeeds = {
  softphone: Softphone
  askAccess(): Promise<PhoneAccess>
  /** The server refuses while its own count is still too low; it is then asked again. */
  prove(packetsReceived: number): Promise<void>
  /** Whether the server has a line for this agent, which, when ours is down, belongs to another window. */
  lineIsUp(): Promise<boolean>
  /** Runs `then` after a while; the returned function calls it off. */
  after(ms: number, then: () => void): () => void
  changed(view: LineView): void
}

export class LineKeeper {
  readonly #needs: LineKeeperNeeds
  #view: LineView = { state: 'off' }
  #access: PhoneAccess | undefined
  /** The engine forgot our credentials: a newer window may have taken the line, or the engine started anew. */
  #wasRefused = false
  #redials = 0
  #callOff: (() => void) | undefined
  /** Grows with each start and stop: an answer that arrives late for an older one is dropped. */
  #round = 0

  constructor(needs: LineKeeperNeeds) {
    this.#needs = needs
  }

  get view(): LineView {
    return this.#view
  }

  async start(): Promise<void> {
    this.#callOff?.()
    this.#redials = 0
    this.#wasRefused = false
    this.#show({ state: 'connecting' })
    await this.#dialWithNewAccess(++this.#round)
  }

  stop(): void {
    this.#rest({ state: 'off' })
  }

  /** Another window has taken the line. */
  giveAway(): void {
    this.#rest({ state: 'elsewhere' })
  }

  phoneChanged(phone: SoftphoneState): void {
    if (phone.state === 'up') {
      this.#show({ state: 'checking', isSilent: false })
      this.#check(0)
    }
    if (phone.state !== 'down') return
    if (phone.reason === 'noMicrophone') {
      this.#rest({ state: 'noMicrophone' })
      return
    }
    if (phone.reason === 'refused') {
      this.#access = undefined
      this.#wasRefused = true
    }
    this.#redial()
  }

  async #dialWithNewAccess(round: number): Promise<void> {
    const { softphone, askAccess, lineIsUp } = this.#needs
    try {
      const isElsewhere = this.#wasRefused && (await lineIsUp())
      if (round !== this.#round) return
      if (isElsewhere) {
        this.giveAway()
        return
      }
      const access = await askAccess()
      if (round !== this.#round) return
      this.#access = access
      this.#wasRefused = false
      softphone.connect(access)
    } catch {
      // The server or the network is away: it may be back at the next attempt.
      if (round === this.#round) this.#redial()
    }
  }

  #redial(): void {
    this.#redials++
    this.#show({ state: 'redialling', attempt: this.#redials })
    const round = this.#round
    this.#later(Math.min(REDIAL_FIRST_MS * 2 ** (this.#redials - 1), REDIAL_MAX_MS), () => {
      if (round !== this.#round) return
      if (this.#access) this.#needs.softphone.connect(this.#access)
      else void this.#dialWithNewAccess(round)
    })
  }

  #check(checks: number): void {
    const round = this.#round
    this.#later(CHECKED_EVERY_MS, () => {
      void this.#soundIsProven().then((isProven) => {
        if (round !== this.#round || this.#view.state !== 'checking') return
        if (isProven) {
          this.#redials = 0
          this.#show({ state: 'proven' })
          return
        }
        if (checks + 1 === SILENT_AFTER_CHECKS) this.#show({ state: 'checking', isSilent: true })
        this.#check(checks + 1)
      })
    })
  }

  async #soundIsProven(): Promise<boolean> {
    const { softphone, prove } = this.#needs
    const { packetsReceived, packetsSent } = await softphone.audio()
    if (packetsReceived < PROVEN_BY_PACKETS || packetsSent < PROVEN_BY_PACKETS) return false
    return await prove(packetsReceived).then(yes, no)
  }

  #rest(view: LineView): void {
    this.#round++
    this.#callOff?.()
    this.#access = undefined
    this.#needs.softphone.hangUp()
    this.#show(view)
  }

  #later(ms: number, then: () => void): void {
    this.#callOff?.()
    this.#callOff = this.#needs.after(ms, then)
  }

  #show(view: LineView): void {
    this.#view = view
    this.#needs.changed(view)
  }
}

const yes = () => true
const no = () => false
