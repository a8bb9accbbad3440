/**
 * Agents' time: limits that are reached, wrap-ups that are prolonged or over, and
 * breaks that wait for a supervisor or for the end of a call. The rules are
 * core/calls'; here they are carried out on the desks.
 *
 * A wrap-up that reaches its limit is ended, and its call waits to be classified
 * later. A break that reaches its limit goes on and is only marked.
 */
import { afterCall, type AgentTimeRules, breakBegins, extended } from '#core/calls/agent-time.ts'
import {
  askForBreak,
  type BreakRequest,
  type BreakRequestStatus,
  decided,
  isOpen,
  isReady,
} from '#core/calls/break-request.ts'
import type { AgentId, BreakCode, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { Refusal } from '../errors.ts'
import type { Desk, Doing } from './desk.ts'
import type { RoutingSide } from './routing-side.ts'
import type { Stage, StageDeps } from './stage.ts'

/** Somebody's doing: the agent's own, or a supervisor's. */
type PersonsDoing = Doing & { by: StaffId }
type Alarms = { limit?: () => void; request?: () => void }

export class AgentTime {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #routing: RoutingSide
  readonly #alarms = new Map<AgentId, Alarms>()

  constructor(stage: Stage, routing: RoutingSide) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#routing = routing
  }

  /** The desk has another status: the limit of the one before counts no more. */
  moved(desk: Desk): void {
    this.#awaitLimit(desk)
    if (desk.status === 'signedOut') this.#endRequest(desk, 'withdrawn')
  }

  /** Taken over from an older server, with limits that may have been reached meanwhile. */
  adopted(desk: Desk): void {
    if (!desk.isOverLimit) this.#awaitLimit(desk)
    if (desk.breakRequest) this.#keepRequest(desk, desk.breakRequest)
  }

  /** Available without the rules having been asked: a break that waited for this begins. */
  freed(desk: Desk): void {
    const request = desk.breakRequest
    if (!request || breakBegins(desk.status) !== 'now' || !isReady(request, this.#now())) return
    this.#begin(desk, request.reason, doingOf(desk, request))
  }

  /** Available again: the break that waited for this comes before the next call. */
  available(desk: Desk): void {
    if (desk.status === 'available') this.freed(desk)
    if (isAvailable(desk)) this.#routing.available(desk)
  }

  /** The call is done with, classified or not. */
  endWrapUp(desk: Desk, doing: Doing): void {
    const { isLeaving, breakRequest: request, line } = desk
    const next = afterCall({ isLeaving, request, hasProvenLine: line === 'proven', now: this.#now() })
    desk.call = undefined
    desk.caller = undefined
    switch (next.do) {
      case 'leave':
        return this.#stage.leave(desk)
      case 'takeBreak':
        this.#stage.book.move(desk, 'takeBreak', { ...doing, reason: next.reason })
        if (request?.reason === next.reason) this.#endRequest(desk, 'used')
        return this.#routing.route({ type: 'agentLeft', agent: desk.agent })
      case 'becomeAvailable':
        this.#stage.book.move(desk, 'finishWrapUp', doing)
        return this.#routing.available(desk)
    }
  }

  extendWrapUp(desk: Desk): void {
    const more = desk.status === 'wrapUp' && desk.call ? extended(this.#rules(), desk) : undefined
    if (!more || !desk.call) throw new Refusal('wrongStatus', 'There is no wrap-up that can be prolonged')
    Object.assign(desk, more)
    this.#deps.append({ type: 'wrapUpExtended', call: desk.call.id, agent: desk.agent, ...more })
    this.#awaitLimit(desk)
    this.#deps.deskChanged(desk)
  }

  /** Begins now, or is noted: for a supervisor to agree to, for the end of the call. */
  askForBreak(desk: Desk, code: string, doing: PersonsDoing): void {
    const rule = this.#rules().breaks.find((one) => one.code === code)
    if (!rule) throw new Refusal('notFound', `There is no break ${code}`)
    const { code: reason } = rule
    const begins = breakBegins(desk.status)
    if (!begins) throw new Refusal('wrongStatus', `Somebody who is ${desk.status} takes no break`)
    if (desk.breakReason === reason) return
    const { breakRequest: known } = desk
    const isSame = known?.reason === reason && isOpen(known)
    const isAllowed = isSame && isReady(known, this.#now())
    const mustAsk = rule.needsApproval && doing.cause !== 'supervisor' && !isAllowed
    if (begins === 'now' && !mustAsk) return this.#begin(desk, reason, doing)
    if (isSame && (isAllowed || mustAsk)) return
    this.#note(desk, { reason, by: doing.by, mustAsk })
  }

  /** Some break in finishing a call: the one that waits for it, or the first nobody has to agree to. */
  askForOrdinaryBreak(desk: Desk): void {
    const { agent, breakRequest: request } = desk
    if (request && isReady(request, this.#now())) return
    const rule = this.#rules().breaks.find(({ needsApproval }) => !needsApproval)
    if (rule) this.askForBreak(desk, rule.code, { cause: 'agent', by: agent })
  }

  decide(desk: Desk, action: 'approve' | 'refuse', by: StaffId): void {
    const now = this.#now()
    const goodForMinutes = this.#rules().breakApprovalMinutes
    const answered = desk.breakRequest && decided(desk.breakRequest, action, { by, now, goodForMinutes })
    if (!answered) throw new Refusal('changedMeanwhile', 'No wish for a break waits for an answer')
    const { agent } = desk
    const { askedAt, validUntil } = answered
    const as = action === 'approve' ? 'approved' : 'refused'
    this.#deps.append({ type: 'breakDecided', agent, askedAt, as, by, ...(validUntil && { validUntil }) })
    this.#deps.log.info({ agent, by, as }, 'a wish for a break was answered')
    this.#keepRequest(desk, answered)
    this.freed(desk)
    this.#deps.deskChanged(desk)
  }

  /** The shift ends with the call. */
  leaveAfterCall(desk: Desk, doing: Doing): void {
    Object.assign(desk, { isLeaving: true, leaving: doing })
    this.#deps.append({ type: 'signOutAsked', agent: desk.agent, ...doing })
    this.#deps.deskChanged(desk)
  }

  stay(desk: Desk): void {
    if (!desk.isLeaving) return
    Object.assign(desk, { isLeaving: false, leaving: undefined })
    this.#deps.append({ type: 'signOutWithdrawn', agent: desk.agent })
  }

  /** The agent takes back what he wished for after the call; what was refused or has lapsed is only put out of sight. */
  withdrawNext(desk: Desk): void {
    const { agent, breakRequest: request, isLeaving, leaving } = desk
    const isOrdered = isLeaving
      ? leaving?.cause === 'supervisor'
      : request !== undefined && isOpen(request) && request.askedBy !== agent
    if (isOrdered) throw new Refusal('notAllowed', 'It was ordered by a supervisor')
    if (isLeaving) this.stay(desk)
    else {
      this.#endRequest(desk, 'withdrawn')
      desk.breakRequest = undefined
    }
    this.#deps.deskChanged(desk)
  }

  #rules(): AgentTimeRules {
    return this.#deps.agentTime()
  }

  #now(): Instant {
    return this.#deps.clock.now()
  }

  #begin(desk: Desk, reason: BreakCode, doing: PersonsDoing): void {
    const wasAvailable = desk.status === 'available'
    if (!this.#stage.book.move(desk, 'takeBreak', { ...doing, reason }))
      throw new Refusal('wrongStatus', `An agent who is ${desk.status} cannot take a break`)
    if (desk.breakRequest?.reason === reason) this.#endRequest(desk, 'used')
    if (wasAvailable) this.#routing.route({ type: 'agentLeft', agent: desk.agent })
  }

  /** The newest wish counts. */
  #note(desk: Desk, { reason, by, mustAsk }: { reason: BreakCode; by: StaffId; mustAsk: boolean }): void {
    this.#endRequest(desk, 'withdrawn')
    const { agent } = desk
    const waits = mustAsk ? this.#rules().breakApprovalMinutes : undefined
    const request = askForBreak({ reason, by, now: this.#now(), waitsForMinutes: waits })
    const { askedAt, status, validUntil } = request
    const until = validUntil === undefined ? {} : { validUntil }
    this.#deps.append({ type: 'breakAsked', agent, reason, askedAt, by, as: status, ...until })
    this.#deps.log.info({ agent, reason, as: status }, 'a break was asked for')
    this.#keepRequest(desk, request)
    this.#deps.deskChanged(desk)
  }

  #keepRequest(desk: Desk, request: BreakRequest): void {
    desk.breakRequest = request
    const { validUntil } = request
    const lapse = () => {
      this.#endRequest(desk, 'lapsed')
      this.#deps.deskChanged(desk)
    }
    const isAwaited = isOpen(request) && validUntil !== undefined
    this.#setAlarm(desk, 'request', isAwaited ? { at: validUntil, what: lapse } : undefined)
  }

  #endRequest(desk: Desk, as: Extract<BreakRequestStatus, 'used' | 'withdrawn' | 'lapsed'>): void {
    const { agent, breakRequest: request } = desk
    if (!request || !isOpen(request)) return
    this.#setAlarm(desk, 'request', undefined)
    // That it has lapsed is for the agent to read; the rest he knows.
    desk.breakRequest = as === 'lapsed' ? { ...request, status: as } : undefined
    this.#deps.append({ type: 'breakRequestEnded', agent, askedAt: request.askedAt, as })
  }

  #awaitLimit(desk: Desk): void {
    const { limitAt } = desk
    const reached = () => this.#limitReached(desk)
    this.#setAlarm(desk, 'limit', limitAt === undefined ? undefined : { at: limitAt, what: reached })
  }

  #limitReached(desk: Desk): void {
    const { agent, status, breakReason: reason } = desk
    this.#deps.log.info({ agent, status, reason }, 'a limit was reached')
    if (status === 'wrapUp') return this.endWrapUp(desk, { cause: 'wrapUpLimit' })
    if (status !== 'onBreak' || !reason) return
    desk.isOverLimit = true
    this.#deps.append({ type: 'breakOverran', agent, reason })
    this.#deps.deskChanged(desk)
  }

  #setAlarm({ agent }: Desk, kind: keyof Alarms, alarm: { at: Instant; what: () => void } | undefined): void {
    const alarms = this.#alarms.get(agent) ?? {}
    this.#alarms.set(agent, alarms)
    alarms[kind]?.()
    delete alarms[kind]
    if (alarm) alarms[kind] = this.#deps.clock.after(Math.max(0, alarm.at - this.#now()), alarm.what)
  }
}

/** Asked anew, because a break may have begun. */
function isAvailable({ status }: Desk): boolean {
  return status === 'available'
}

function doingOf({ agent }: Desk, { askedBy: by }: BreakRequest): PersonsDoing {
  return { cause: by === agent ? 'agent' : 'supervisor', by }
}
