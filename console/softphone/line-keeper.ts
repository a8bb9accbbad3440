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

const PROVEN_BY_PACKETS = 10
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

export type LineKeeper = ReturnType<typeof lineKeeper>

export function lineKeeper({ softphone, askAccess, prove, lineIsUp, after, changed }: LineKeeperNeeds) {
  let view: LineView = { state: 'off' }
  let access: PhoneAccess | undefined
  /** The engine forgot our credentials: a newer window may have taken the line, or the engine started anew. */
  let wasRefused = false
  let redials = 0
  let callOff: (() => void) | undefined
  /** Grows with each start and stop: an answer that arrives late for an older one is dropped. */
  let round = 0

  function show(next: LineView): void {
    view = next
    changed(next)
  }

  function later(ms: number, then: () => void): void {
    callOff?.()
    callOff = after(ms, then)
  }

  function rest(next: LineView): void {
    round++
    callOff?.()
    access = undefined
    softphone.hangUp()
    show(next)
  }

  async function start(): Promise<void> {
    const mine = ++round
    callOff?.()
    redials = 0
    wasRefused = false
    show({ state: 'connecting' })
    await dialWithNewAccess(mine)
  }

  async function dialWithNewAccess(mine: number): Promise<void> {
    try {
      const isElsewhere = wasRefused && (await lineIsUp())
      if (mine !== round) return
      if (isElsewhere) {
        rest({ state: 'elsewhere' })
        return
      }
      const fresh = await askAccess()
      if (mine !== round) return
      access = fresh
      wasRefused = false
      softphone.connect(fresh)
    } catch {
      // The server or the network is away: it may be back at the next attempt.
      if (mine === round) redial()
    }
  }

  function redial(): void {
    redials++
    show({ state: 'redialling', attempt: redials })
    const mine = round
    later(Math.min(REDIAL_FIRST_MS * 2 ** (redials - 1), REDIAL_MAX_MS), () => {
      if (mine !== round) return
      if (access) softphone.connect(access)
      else void dialWithNewAccess(mine)
    })
  }

  function check(checks: number): void {
    const mine = round
    later(CHECKED_EVERY_MS, () => {
      void softphone.audio().then(async ({ packetsReceived, packetsSent }) => {
        const flows = packetsReceived >= PROVEN_BY_PACKETS && packetsSent >= PROVEN_BY_PACKETS
        const isProven = flows && (await prove(packetsReceived).then(yes, no))
        if (mine !== round || view.state !== 'checking') return
        if (isProven) {
          redials = 0
          show({ state: 'proven' })
          return
        }
        if (checks + 1 === SILENT_AFTER_CHECKS) show({ state: 'checking', isSilent: true })
        check(checks + 1)
      })
    })
  }

  function phoneChanged(phone: SoftphoneState): void {
    if (phone.state === 'up') {
      show({ state: 'checking', isSilent: false })
      check(0)
    }
    if (phone.state !== 'down') return
    if (phone.reason === 'noMicrophone') {
      rest({ state: 'noMicrophone' })
      return
    }
    if (phone.reason === 'refused') {
      access = undefined
      wasRefused = true
    }
    redial()
  }

  return {
    start,
    stop: () => rest({ state: 'off' }),
    /** Another window has taken the line. */
    giveAway: () => rest({ state: 'elsewhere' }),
    phoneChanged,
    get view() {
      return view
    },
  }
}

const yes = () => true
const no = () => false
