/** What the queue engine is told, what it answers, and its settings. */
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'

export type RoutingEvent =
  /** `since` keeps the place of a call that was already waiting, e.g. before a restart. */
  | {
      readonly type: 'callArrived'
      readonly call: CallId
      readonly queue: QueueId
      readonly language: CallLanguage
      readonly since?: Instant
    }
  | { readonly type: 'callerHungUp'; readonly call: CallId }
  | {
      readonly type: 'agentBecameAvailable'
      readonly agent: AgentId
      readonly queues: readonly QueueId[]
      readonly languages: readonly CallLanguage[]
    }
  /** Signed out, went on a break or is busy otherwise: nothing is offered any more. */
  | { readonly type: 'agentLeft'; readonly agent: AgentId }
  | { readonly type: 'agentAnswered'; readonly agent: AgentId; readonly offer: OfferId }
  /** The agent's phone says so; an offer that rings too long is noticed by timerRang. */
  | { readonly type: 'agentMissedOffer'; readonly agent: AgentId; readonly offer: OfferId }
  | { readonly type: 'agentDeclinedOffer'; readonly agent: AgentId; readonly offer: OfferId }
  /** The agent could not be reached: a broken line, no fault of his. */
  | { readonly type: 'offerFailed'; readonly agent: AgentId; readonly offer: OfferId; readonly cause: string }
  | { readonly type: 'timerRang'; readonly timer: OfferId }

export const WITHDRAWAL_CAUSES = ['callerHungUp', 'missed', 'agentLeft'] as const
export type WithdrawalCause = (typeof WITHDRAWAL_CAUSES)[number]

export const UNAVAILABLE_CAUSES = ['missedOffer', 'declinedOffer', 'lineFailed'] as const
export type UnavailableCause = (typeof UNAVAILABLE_CAUSES)[number]

export type RoutingCommand =
  /** `position` is 1 for the next caller of this queue and language. */
  | { readonly do: 'holdInQueue'; readonly call: CallId; readonly queue: QueueId; readonly position: number }
  | { readonly do: 'offer'; readonly call: CallId; readonly agent: AgentId; readonly offer: OfferId }
  /** To be answered by timerRang at `atMs`. A timer that has become pointless may ring all the same. */
  | { readonly do: 'startTimer'; readonly timer: OfferId; readonly atMs: Instant }
  | {
      readonly do: 'withdrawOffer'
      readonly call: CallId
      readonly agent: AgentId
      readonly offer: OfferId
      readonly cause: WithdrawalCause
    }
  | { readonly do: 'connect'; readonly call: CallId; readonly agent: AgentId; readonly offer: OfferId }
  /** The agent gets no more offers until agentBecameAvailable. */
  | { readonly do: 'makeUnavailable'; readonly agent: AgentId; readonly cause: UnavailableCause }
  /** The event came too late or makes no sense now; nothing has changed. To be logged, without personal data. */
  | { readonly do: 'logIgnored'; readonly event: RoutingEvent['type']; readonly because: IgnoredBecause }

export const IGNORED_BECAUSES = [
  'offerIsOver',
  'callIsKnown',
  'callIsUnknown',
  'agentHasOffer',
  'agentIsUnknown',
] as const
export type IgnoredBecause = (typeof IGNORED_BECAUSES)[number]

export type RoutingSettings = {
  /** How long an offer rings before the agent has missed it. */
  readonly ringSeconds: number
  /** So many offers missed one after another make an agent unavailable. */
  readonly missesBeforeUnavailable: number
}

export const DEFAULT_ROUTING_SETTINGS: RoutingSettings = { ringSeconds: 20, missesBeforeUnavailable: 1 }

export type WaitingCall = {
  readonly call: CallId
  readonly queue: QueueId
  readonly language: CallLanguage
  /** The moment that decides its turn. */
  readonly since: Instant
  /** Tells apart calls that arrived in the same millisecond. */
  readonly ordinal: number
  /** How often it has been offered. */
  readonly offers: number
}

export type IdleAgent = {
  readonly agent: AgentId
  readonly queues: readonly QueueId[]
  readonly languages: readonly CallLanguage[]
  readonly since: Instant
}

export type Offer = {
  readonly offer: OfferId
  readonly waiting: WaitingCall
  readonly idle: IdleAgent
  readonly at: Instant
}

/** The whole state, for screens and tests. Everything oldest first. */
export type RoutingSnapshot = {
  readonly waiting: readonly WaitingCall[]
  readonly offers: readonly Offer[]
  readonly idle: readonly IdleAgent[]
}
