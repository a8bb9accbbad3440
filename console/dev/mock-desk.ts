/** One agent's make-believe desk: the statuses move by the real table, the calls come when they are told to. */
import { randomUUID } from 'node:crypto'
import type { CallerCard, Desk } from '#contract/calls.ts'
import { AGENT_MOVES, type AgentAction, BREAK_AFTER } from '#core/calls/agent-status.ts'
import type { BreakReason } from '#core/calls/call.ts'

export const RING_MS = 20_000

export type MockDesk = ReturnType<typeof mockDesk>

export function mockDesk(changed: (desk: Desk) => void) {
  let desk: Omit<Desk, 'serverTime'> = {
    status: 'signedOut',
    breakReason: null,
    statusSince: Date.now(),
    line: 'down',
    phoneMode: 'alwaysOn',
    offer: null,
    callingBack: null,
    call: null,
    caller: null,
  }
  let ringing: ReturnType<typeof setTimeout> | undefined

  const now = (): Desk => ({ ...desk, serverTime: Date.now() })

  function change(part: Partial<Desk>): void {
    desk = { ...desk, ...part }
    changed(now())
  }

  /** False when the table does not allow it: the server would refuse. */
  function move(action: AgentAction, part: Partial<Desk> = {}, reason?: BreakReason): boolean {
    const to = AGENT_MOVES[desk.status][action]
    if (!to) return false
    const breakReason = to === 'onBreak' ? (reason ?? BREAK_AFTER[action] ?? null) : null
    change({ ...part, status: to, breakReason, statusSince: Date.now() })
    return true
  }

  function endOffer(action: 'miss' | 'decline' | 'withdraw'): boolean {
    clearTimeout(ringing)
    return move(action, { offer: null, caller: null })
  }

  return {
    now,
    signOn: () => desk.status !== 'signedOut' || move('signOn'),
    dropLine: () => {
      change({ line: 'down' })
      if (desk.status !== 'talking') move('loseLine', { offer: null, caller: null })
    },
    lineUp: () => change({ line: 'up' }),
    proveLine: () => change({ line: 'proven' }),
    becomeAvailable: () => desk.line === 'proven' && move('becomeAvailable'),
    takeBreak: (reason: BreakReason) => desk.status !== 'wrapUp' && move('takeBreak', {}, reason),
    signOff: () => move('signOff', { line: 'down', offer: null, caller: null }),

    offer(caller: CallerCard, callback = false): boolean {
      ringing = setTimeout(() => endOffer('miss'), RING_MS)
      return move('offer', {
        offer: { id: randomUUID(), call: caller.call, ringsUntil: Date.now() + RING_MS, callback },
        caller,
      })
    },
    accept(offer: string): boolean {
      if (desk.offer?.id !== offer) return false
      clearTimeout(ringing)
      // The citizen's phone rings until the test lets him answer.
      if (desk.offer.callback) return move('answer', { offer: null, callingBack: { since: Date.now() } })
      const call = {
        id: desk.offer.call,
        connectedAt: Date.now(),
        onHold: false,
        muted: false,
        endedAt: null,
      }
      return move('answer', { offer: null, call })
    },
    reached(): void {
      const call = desk.caller?.call ?? ''
      const connected = { id: call, connectedAt: Date.now(), onHold: false, muted: false, endedAt: null }
      change({ callingBack: null, call: connected })
    },
    decline: (offer: string) => desk.offer?.id === offer && endOffer('decline'),
    miss: () => endOffer('miss'),
    withdraw: () => endOffer('withdraw'),

    /** Changes the call while it goes on. */
    inCall(part: { onHold?: boolean; muted?: boolean }): boolean {
      if (!desk.call || desk.call.endedAt !== null) return false
      change({ call: { ...desk.call, ...part } })
      return true
    },
    endCall: () =>
      desk.callingBack
        ? move('notReached', { callingBack: null, caller: null })
        : desk.call !== null && move('endCall', { call: { ...desk.call, endedAt: Date.now() } }),
    finishWrapUp: (then: 'available' | 'break') =>
      move(
        then === 'break' ? 'takeBreak' : 'finishWrapUp',
        { call: null, caller: null },
        then === 'break' ? 'rest' : undefined,
      ),
  }
}
