/** One agent's make-believe desk: the statuses move by the real tables, the calls come when they are told to. */
import { randomUUID } from 'node:crypto'
import type { CallerCard, Desk } from '#contract/calls.ts'
import { afterCall, type AgentTimeRules, breakBegins, extended, limitAt } from '#core/calls/agent-time.ts'
import { AGENT_MOVES, type AgentAction, BREAK_AFTER } from '#core/calls/agent-status.ts'
import { askForBreak, type BreakRequest, decided, isOpen, isReady } from '#core/calls/break-request.ts'
import { TALK_MOVES, type TalkAction } from '#core/calls/talk-moves.ts'
import type { BreakReason } from '#core/calls/call.ts'
import type { StaffId } from '#core/lib/ids.ts'

export const RING_MS = 20_000
const BY = 'somebody' as StaffId

export type MockDesk = ReturnType<typeof mockDesk>

type TalkMove = TalkAction | 'helperCame' | 'helperGone' | 'takeOver'

type Around = {
  rules(): AgentTimeRules
  changed(desk: Desk): void
  /** The call went from the desk before it was classified. */
  leftOpen(call: string): void
}

export function mockDesk({ rules, changed, leftOpen }: Around) {
  let desk: Omit<Desk, 'serverTime' | 'breakRequest'> = {
    status: 'signedOut',
    breakReason: null,
    statusSince: Date.now(),
    limitAt: null,
    extensions: 0,
    isLeaving: false,
    line: 'down',
    phoneMode: 'alwaysOn',
    offer: null,
    callingBack: null,
    call: null,
    caller: null,
  }
  let isPhoneThere = false
  let request: BreakRequest | undefined
  let ringing: ReturnType<typeof setTimeout> | undefined
  let limit: ReturnType<typeof setTimeout> | undefined

  const now = (): Desk => ({ ...desk, breakRequest: requestView(request), serverTime: Date.now() })

  function change(part: Partial<Desk>): void {
    desk = { ...desk, ...part }
    changed(now())
  }

  /** False when the table does not allow it: the server would refuse. */
  function move(action: AgentAction, part: Partial<Desk> = {}, chosen?: BreakReason): boolean {
    const to = AGENT_MOVES[desk.status][action]
    if (!to) return false
    const since = Date.now()
    const reason = to === 'onBreak' ? (chosen ?? BREAK_AFTER[action]) : undefined
    const until = limitAt(rules(), { status: to, reason, since })
    change({
      ...part,
      status: to,
      breakReason: reason ?? null,
      statusSince: since,
      limitAt: until ?? null,
      extensions: 0,
    })
    awaitLimit()
    return true
  }

  function awaitLimit(): void {
    clearTimeout(limit)
    if (desk.status !== 'wrapUp' || desk.limitAt === null) return
    limit = setTimeout(limitReached, desk.limitAt - Date.now())
  }

  function limitReached(): void {
    leftOpen(desk.call?.id ?? '')
    endWrapUp()
  }

  function endOffer(action: 'miss' | 'decline' | 'withdraw'): boolean {
    clearTimeout(ringing)
    return move(action, { offer: null, caller: null })
  }

  function endWrapUp(): boolean {
    const hasProvenLine = desk.line === 'proven'
    const next = afterCall({ isLeaving: desk.isLeaving, request, hasProvenLine, now: Date.now() })
    const gone = { call: null, caller: null }
    if (next.do === 'leave') return move('signOff', { ...gone, line: 'down', isLeaving: false })
    if (next.do === 'becomeAvailable') return move('finishWrapUp', gone)
    request = undefined
    return move('takeBreak', gone, next.reason)
  }

  function takeBreak(code: string): boolean {
    const rule = rules().breaks.find((one) => one.code === code)
    const begins = breakBegins(desk.status)
    if (!rule || !begins) return false
    if (begins === 'now' && !rule.needsApproval) return move('takeBreak', {}, rule.code)
    const waitsForMinutes = rule.needsApproval ? rules().breakApprovalMinutes : undefined
    request = askForBreak({ reason: rule.code, by: BY, now: Date.now(), waitsForMinutes })
    change({})
    return true
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
    /** The browser's line, or an ordinary phone, which is there when the test says so. */
    choosePhone: (phoneMode: Desk['phoneMode']) => change({ phoneMode, line: 'down' }),
    registerPhone(): void {
      isPhoneThere = true
    },
    isPhoneAway: () => desk.phoneMode === 'perCall' && !isPhoneThere,
    becomeAvailable: () => desk.line === 'proven' && move('becomeAvailable'),
    takeBreak,
    withdrawNext(): boolean {
      if (!desk.isLeaving) request = undefined
      change({ isLeaving: false })
      return true
    },
    /** As a supervisor answers on the wallboard. */
    decide(action: 'approve' | 'refuse'): boolean {
      const answered =
        request &&
        decided(request, action, { by: BY, now: Date.now(), goodForMinutes: rules().breakApprovalMinutes })
      if (!answered) return false
      request = answered
      if (isReady(answered, Date.now()) && breakBegins(desk.status) === 'now') {
        request = undefined
        return move('takeBreak', {}, answered.reason)
      }
      change({})
      return true
    },
    signOff(): boolean {
      if (desk.status !== 'talking' && desk.status !== 'wrapUp')
        return move('signOff', { line: 'down', offer: null, caller: null })
      change({ isLeaving: true })
      return true
    },

    offer(
      caller: CallerCard,
      { callback = false, askedBy }: { callback?: boolean; askedBy?: string } = {},
    ): boolean {
      ringing = setTimeout(() => endOffer('miss'), RING_MS)
      const rings = { id: randomUUID(), call: caller.call, ringsUntil: Date.now() + RING_MS, callback }
      return move('offer', { offer: { ...rings, ...(askedBy !== undefined && { askedBy }) }, caller })
    },
    accept(offer: string): boolean {
      if (desk.offer?.id !== offer) return false
      clearTimeout(ringing)
      // The citizen's phone rings until the test lets him answer.
      if (desk.offer.callback) return move('answer', { offer: null, callingBack: { since: Date.now() } })
      const { askedBy } = desk.offer
      const helps = askedBy === undefined ? {} : { state: 'helping' as const, other: since(askedBy) }
      return move('answer', { offer: null, call: { ...talkOf(desk.offer.call), ...helps } })
    },
    reached(): void {
      const call = desk.caller?.call ?? ''
      change({ callingBack: null, call: talkOf(call) })
    },
    decline: (offer: string) => desk.offer?.id === offer && endOffer('decline'),
    miss: () => endOffer('miss'),
    withdraw: () => endOffer('withdraw'),

    /** What the table of talks allows, and whom it is with then; the colleague answers when the test lets him. */
    talk(action: TalkMove, other?: string): boolean {
      const { call } = desk
      const to = call && TALK_MOVES[call.state][action]
      if (!call || !to) return false
      if (action === 'stopHelping') return move('endHelp', { call: null, caller: null })
      if (to === 'over')
        return move('endCall', { call: { ...call, state: to, other: null, endedAt: Date.now() } })
      const isAlone = to === 'talking' || to === 'onHold'
      change({ call: { ...call, state: to, other: isAlone ? null : other ? since(other) : call.other } })
      return true
    },

    /** What the database adds about the caller, after it has begun to ring. */
    callerFound(part: Partial<CallerCard>): boolean {
      if (!desk.caller) return false
      change({ caller: { ...desk.caller, ...part } })
      return true
    },

    /** Changes the call while it goes on. */
    inCall(part: Partial<Pick<NonNullable<Desk['call']>, 'muted' | 'state' | 'other'>>): boolean {
      if (!desk.call || desk.call.endedAt !== null) return false
      change({ call: { ...desk.call, ...part } })
      return true
    },
    endCall: () =>
      desk.callingBack
        ? move('notReached', { callingBack: null, caller: null })
        : desk.call !== null &&
          move('endCall', { call: { ...desk.call, state: 'over', other: null, endedAt: Date.now() } }),
    /** The time for the wrap-up is over. */
    limitReached,
    moreTime(): boolean {
      const more =
        desk.status === 'wrapUp' && desk.limitAt !== null
          ? extended(rules(), { limitAt: desk.limitAt, extensions: desk.extensions })
          : undefined
      if (!more) return false
      change(more)
      awaitLimit()
      return true
    },
    finishWrapUp(then: 'available' | 'break'): boolean {
      const ordinary = rules().breaks.find(({ needsApproval }) => !needsApproval)
      if (then === 'break' && ordinary && !(request && isReady(request, Date.now()))) takeBreak(ordinary.code)
      return endWrapUp()
    },
  }
}

function requestView(request: BreakRequest | undefined): Desk['breakRequest'] {
  if (!request || request.status === 'used' || request.status === 'withdrawn') return null
  const { reason, status, validUntil } = request
  return { reason, status, validUntil: isOpen(request) ? (validUntil ?? null) : null }
}

const since = (name: string) => ({ name, since: Date.now() })

function talkOf(id: string): NonNullable<Desk['call']> {
  return { id, connectedAt: Date.now(), state: 'talking', muted: false, endedAt: null, other: null }
}
