/**
 * The desks: what each signed-on agent is doing. A status changes only along
 * AGENT_MOVES, through `move`, which announces it; everything else about a desk
 * (line, offer, call) is set beside it by the conductor.
 */
import type { Logger } from 'pino'
import {
  AGENT_MOVES,
  type AgentAction,
  BREAK_AFTER,
  type StatusCause,
  USUAL_CAUSE,
} from '#core/calls/agent-status.ts'
import type { AgentStatus, BreakReason, PhoneMode } from '#core/calls/call.ts'
import type { TalkState } from '#core/calls/talk-moves.ts'
import type { AgentId, CallbackId, CallId, OfferId, StaffId } from '#core/lib/ids.ts'
import type { BreakRequest } from '#core/calls/break-request.ts'
import type { Instant } from '#core/lib/time.ts'
import type { CallerCard } from '#contract/calls.ts'
import type { AgentProfile } from '../staff/service.ts'
import type { Clock } from './clock.ts'
import type { CallEvent } from './events.ts'

export type Desk = {
  readonly agent: AgentId
  profile: AgentProfile
  status: AgentStatus
  breakReason: BreakReason | undefined
  statusSince: Instant
  /** Until when this status is meant to last at most. */
  limitAt: Instant | undefined
  /** How often this wrap-up was prolonged. */
  extensions: number
  /** A break that was marked for it. */
  isOverLimit: boolean
  /** What could not begin at once; the answer stays until the agent has read it. */
  breakRequest: BreakRequest | undefined
  /** In per-call mode `proven` says that the phone was reachable when it was last looked for. */
  line: 'down' | 'up' | 'proven'
  phoneMode: PhoneMode
  offer: RingingOffer | undefined
  /** He has accepted a callback, and the citizen's phone rings. */
  callingBack: { callback: CallbackId; since: Instant } | undefined
  call: AtDesk | undefined
  caller: CallerCard | undefined
  /** He signed off while talking: he goes when the call is wrapped up. */
  isLeaving: boolean
  /** Whose doing it is that he goes; his own, where nothing is said. */
  leaving: Doing | undefined
}

export type RingingOffer = {
  id: OfferId
  call: CallId
  ringsUntil: Instant
  /** Nobody is on the line; the call is the one whose place is kept. */
  callback?: CallbackId
  /** The name of the colleague who asks for help with his call. */
  askedBy?: string
}

/** The agent's part of a call. */
export type AtDesk = {
  id: CallId
  /** Since when he has a part in it. */
  connectedAt: Instant
  state: TalkState
  muted: boolean
  endedAt: Instant | undefined
  /** Whom he consults, or helps. */
  other: { name: string; since: Instant } | undefined
}

/** Whose doing a change is; a person is named. */
export type Doing = { cause: StatusCause; by?: StaffId }

export type MoveDetail = Partial<Doing> & {
  reason?: BreakReason
  /** The call that rings, is talked in or is wrapped up, where the desk does not hold it yet. */
  call?: CallId
}

type DeskBookDeps = {
  clock: Clock
  log: Logger
  append(event: CallEvent): void
  changed(desk: Desk): void
  /** When what the desk does now reaches its limit. */
  limitAt(desk: Desk): Instant | undefined
  moved(desk: Desk): void
}

export class DeskBook {
  readonly desks = new Map<AgentId, Desk>()
  readonly #deps: DeskBookDeps

  constructor(deps: DeskBookDeps) {
    this.#deps = deps
  }

  open(profile: AgentProfile): Desk {
    const known = this.desks.get(profile.id)
    if (known) {
      known.profile = profile
      return known
    }
    const desk = emptyDesk(profile, this.#deps.clock.now())
    this.desks.set(profile.id, desk)
    return desk
  }

  /** Moves the status if the table allows it, and says whether it did. A move that makes no sense is logged with both names. */
  move(desk: Desk, action: AgentAction, detail: MoveDetail = {}): boolean {
    const { append, changed, clock, limitAt, log, moved } = this.#deps
    const { agent, status: from } = desk
    const to = AGENT_MOVES[from][action]
    if (!to) {
      log.info({ agent, status: from, action }, 'a move that this status does not allow')
      return false
    }
    const reason = to === 'onBreak' ? (detail.reason ?? BREAK_AFTER[action]) : undefined
    desk.status = to
    desk.breakReason = reason
    desk.statusSince = clock.now()
    Object.assign(desk, { limitAt: limitAt(desk), extensions: 0, isOverLimit: false })
    const { cause, by } = doingOf(desk, action, detail)
    const why = { cause, ...(by && { by }), ...(reason && { reason }) }
    const until = desk.limitAt === undefined ? {} : { limitAt: desk.limitAt }
    append({ type: 'agentStatusChanged', agent, from, to, ...why, ...until, ...inCall(desk, detail) })
    log.info({ agent, from, to, ...why }, 'agent status')
    moved(desk)
    changed(desk)
    return true
  }
}

/** An agent's own doing carries him; the system's carries nobody. */
function doingOf({ agent }: Desk, action: AgentAction, detail: MoveDetail): Doing {
  const cause = detail.cause ?? USUAL_CAUSE[action]
  const by = detail.by ?? (cause === 'agent' ? agent : undefined)
  return { cause, ...(by && { by }) }
}

function inCall({ status, call }: Desk, detail: MoveDetail): { inCall?: CallId } {
  const id = detail.call ?? call?.id
  const isAboutCall = status === 'ringing' || status === 'talking' || status === 'wrapUp'
  return isAboutCall && id ? { inCall: id } : {}
}

function emptyDesk(profile: AgentProfile, now: Instant): Desk {
  return {
    agent: profile.id,
    profile,
    status: 'signedOut',
    breakReason: undefined,
    statusSince: now,
    limitAt: undefined,
    extensions: 0,
    isOverLimit: false,
    breakRequest: undefined,
    line: 'down',
    phoneMode: 'alwaysOn',
    offer: undefined,
    callingBack: undefined,
    call: undefined,
    caller: undefined,
    isLeaving: false,
    leaving: undefined,
  }
}
