/**
 * What the calls module announces. Each is appended to the journal the moment it
 * happens and reaches the event log in the transaction of the rows it changes.
 */
import type {
  AgentId,
  BreakCode,
  CallbackId,
  CallId,
  CitizenId,
  OfferId,
  QueueId,
  StaffId,
  TopicCode,
  TrunkId,
} from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import type { StatusCause } from '#core/calls/agent-status.ts'
import type {
  AgentStatus,
  BreakReason,
  CallEnder,
  CallOutcome,
  LostReason,
  OfferEnd,
} from '#core/calls/call.ts'
import type { BreakRequestStatus } from '#core/calls/break-request.ts'
import type { OfferFailure, QueueExit, WithdrawalCause } from '#core/routing/routing-events.ts'
import type { ScriptDone } from '#contract/scripts.ts'
import type { CallbackEvent } from '../callbacks/events.ts'
import type { HangUpReason, LegFiles, Unreached } from './ports.ts'
import type { ConsultEnd } from '#core/calls/talk-moves.ts'

export type Caller = {
  raw: string
  e164?: string
  confidence: 'high' | 'low' | 'none'
  name?: string
  userAgent?: string
}

/** It was we who called: which callback, and the call before this one, whose matter it goes on with. */
export type CalledBack = {
  callback: CallbackId
  previous: CallId
  queue: QueueId
  topic: TopicCode
  language: CallLanguage
}

/** Whose call broke off by our fault. */
export type CitizenLostByUs = {
  call: CallId
  /** Absent where the network gave none that can be dialled. */
  number?: string
  queue?: QueueId
  language: CallLanguage
  /** From when on he has waited: what he may keep as his place. */
  since: Instant
  why: 'engineLost'
}
/** A colleague, or somebody outside by the number dialled. */
export type Somebody = { agent: AgentId } | { number: string }

export type CallEvent =
  | CallbackEvent
  | ({
      type: 'callArrived'
      call: CallId
      node: string
      trunk: TrunkId
      did: string
      caller: Caller
      legs: LegFiles
      /** When its recording began; the event may come later, and older journals lack it. */
      arrivedAt?: Instant
    } & Partial<CalledBack>)
  | {
      type: 'callRefused'
      call: CallId
      node: string
      trunk?: TrunkId
      did: string
      caller: Caller
      reason: HangUpReason
    }
  | { type: 'callAnswered'; call: CallId }
  | { type: 'menuStepped'; call: CallId; path: readonly string[]; keys: string; language?: CallLanguage }
  | {
      type: 'callQueued'
      call: CallId
      queue: QueueId
      language: CallLanguage
      topic?: TopicCode
      priority?: number
      position: number
      /** From when he has waited, where that is earlier than this. */
      since?: Instant
      /** He waits for this agent alone, until `callOpenedToAll`. */
      only?: AgentId
    }
  /** The one agent for whom it waited does not come: it is anybody's of its queue. */
  | { type: 'callOpenedToAll'; call: CallId }
  /**
   * Exactly one for each callQueued, and one alone for a call that a full or closed queue did not let in. Of whom the
   * engine asked for a message while no server was there, `messageLeft` tells it.
   */
  | {
      type: 'callLeftQueue'
      call: CallId
      queue: QueueId
      reason: QueueExit
      waitedMs: number
      /** Where it was noticed later. */
      leftAt?: Instant
    }
  | { type: 'callOffered'; call: CallId; offer: OfferId; agent: AgentId }
  /** `because`: of one that was withdrawn, or failed. `serverLost`: it went with the server that had made it. */
  | {
      type: 'offerEnded'
      call: CallId
      offer: OfferId
      agent: AgentId
      as: OfferEnd
      because?: WithdrawalCause | OfferFailure | 'serverLost'
      /** It was not the call that was offered, but to call back whoever made it. */
      callback?: CallbackId
    }
  | { type: 'callConnected'; call: CallId; agent: AgentId }
  | { type: 'callHeld'; call: CallId; agent: AgentId }
  | { type: 'callResumed'; call: CallId; agent: AgentId }
  | { type: 'callMuted'; call: CallId; agent: AgentId; muted: boolean }
  | { type: 'lineLost'; call: CallId; agent: AgentId }
  /** Somebody is asked in: the citizen hears music from here on. */
  | { type: 'consultStarted'; call: CallId; agent: AgentId; with: Somebody }
  | { type: 'consultAnswered'; call: CallId; agent: AgentId; with: Somebody }
  | { type: 'consultEnded'; call: CallId; agent: AgentId; with: Somebody; as: ConsultEnd }
  | { type: 'conferenceStarted'; call: CallId; agent: AgentId; with: Somebody }
  /** The agent's part is over. What comes of it is told by `callQueued`, `callConnected` or `outsideConnected`. */
  | {
      type: 'callTransferred'
      call: CallId
      agent: AgentId
      kind: 'blind' | 'attended'
      to: Somebody | { queue: QueueId }
    }
  | { type: 'returnedToQueue'; call: CallId; agent: AgentId; queue: QueueId }
  | { type: 'outsideConnected'; call: CallId; number: string }
  | { type: 'outsideFailed'; call: CallId; number: string; cause: Unreached }
  | { type: 'takingMessage'; call: CallId }
  | {
      type: 'callEnded'
      call: CallId
      endedBy: CallEnder
      lost?: LostReason
      talkSeconds: number
      holdSeconds: number
      cause: number /** Where it ended unnoticed: when its recording stopped. */
      endedAt?: Instant
    }
  /** Follows callEnded. `isCalledBack`: he has been promised a call. */
  | ({ type: 'citizenLostByUs'; isCalledBack: boolean } & CitizenLostByUs)
  | {
      type: 'callWrappedUp'
      call: CallId
      agent: AgentId
      outcome: CallOutcome
      topics: readonly TopicCode[]
      note: string
      citizen?: CitizenId
      /** What was ticked of the guided script. */
      script?: ScriptDone
    }
  | {
      type: 'agentStatusChanged'
      agent: AgentId
      from: AgentStatus
      to: AgentStatus
      /** Absent in journals from before it was told. */
      cause?: StatusCause
      /** The person whose doing it is; nobody, where it was the system's. */
      by?: StaffId
      reason?: BreakReason
      /** The call that rings, is talked in or is wrapped up. */
      inCall?: CallId
      /** Until when it is meant to last at most. */
      limitAt?: Instant
    }
  | { type: 'wrapUpExtended'; call: CallId; agent: AgentId; limitAt: Instant; extensions: number }
  /** Marked, not ended. */
  | { type: 'breakOverran'; agent: AgentId; reason: BreakReason }
  /** A break that waits: for a supervisor's answer, or, approved, for the end of a call. */
  | {
      type: 'breakAsked'
      agent: AgentId
      by: StaffId
      reason: BreakCode
      askedAt: Instant
      as: BreakRequestStatus
      validUntil?: Instant
    }
  | {
      type: 'breakDecided'
      agent: AgentId
      by: StaffId
      askedAt: Instant
      as: BreakRequestStatus
      validUntil?: Instant
    }
  | { type: 'breakRequestEnded'; agent: AgentId; askedAt: Instant; as: BreakRequestStatus }
  | { type: 'signOutAsked'; agent: AgentId; cause: StatusCause; by?: StaffId }
  | { type: 'signOutWithdrawn'; agent: AgentId }
  | {
      type: 'messageLeft'
      call: CallId
      node: string
      trunk: TrunkId
      did: string
      caller: Caller
      legs: LegFiles
      arrivedAt: Instant
      /** Long before it is told, if the server was away. */
      endedAt: Instant
      messageFromSeconds?: number
    }

/** An event with its moment and its key: replaying a journal writes nothing twice. */
export type RecordedCallEvent = CallEvent & { at: Instant; key: string }
