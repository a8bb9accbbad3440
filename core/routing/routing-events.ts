/** What the queue engine is told and what it answers. Its settings are in queue-settings.ts. */
import type { AgentId, CallId, OfferId, QueueId, TimerId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import type { QueueSettings } from './queue-settings.ts'
import type { SkillLevels } from './skill-rules.ts'

export type RoutingEvent =
  | CallArrived
  | { readonly type: 'callerHungUp'; readonly call: CallId }
  /** He chose something else than to wait: to be called back, or to leave a message. */
  | { readonly type: 'callerLeft'; readonly call: CallId; readonly reason: 'calledBack' | 'messageLeft' }
  | AgentSignedOn
  /** Back from a break or a call, or serving something else from now on. `since`: he has been idle for longer, before a restart. */
  | ({ readonly type: 'agentBecameAvailable'; readonly since?: Instant } & AgentServes)
  /** On a break or busy otherwise: nothing is offered any more. */
  | { readonly type: 'agentLeft'; readonly agent: AgentId }
  | { readonly type: 'agentSignedOff'; readonly agent: AgentId }
  | { readonly type: 'agentAnswered'; readonly agent: AgentId; readonly offer: OfferId }
  /** The agent's phone says so; an offer that rings too long is noticed by timerRang. */
  | { readonly type: 'agentMissedOffer'; readonly agent: AgentId; readonly offer: OfferId }
  | { readonly type: 'agentDeclinedOffer'; readonly agent: AgentId; readonly offer: OfferId }
  /** The agent could not be reached: a broken line, no fault of his. */
  | {
      readonly type: 'offerFailed'
      readonly agent: AgentId
      readonly offer: OfferId
      readonly cause: OfferFailure
    }
  | { readonly type: 'queuesChanged'; readonly queues: readonly QueueSettings[] }
  | { readonly type: 'timerRang'; readonly timer: TimerId }

/** At his desk, but not to be offered anything yet. What else is said of him is of before a restart. */
export type AgentSignedOn = AgentServes & {
  readonly type: 'agentSignedOn'
  /** So many calls since he signed on. */
  readonly answered?: number
  /** With a call: at work, like everybody who has answered. */
  readonly isBusy?: boolean
}

export type CallArrived = {
  readonly type: 'callArrived'
  readonly call: CallId
  readonly queue: QueueId
  readonly language: CallLanguage
  /** Keeps the place of a call that was already waiting: before a restart, in another queue, for a callback. */
  readonly since?: Instant
  /** Steps above an ordinary call; each is worth a head start (RoutingSettings.headStartSeconds). */
  readonly priority?: number
  /** Who spoke with this caller within the last hour: asked first if he is free, else the call gets one step of priority. */
  readonly lastAgent?: AgentId
  /** He had been let in before, and loses his place by no doing of his: what keeps callers out does not keep him out. */
  readonly isBack?: boolean
  /** From when he has been in this very queue, before a restart: how long a queue keeps anybody counts from then. */
  readonly enteredAt?: Instant
  /** A transfer to one person: nobody else is asked until he is out of reach or has let it ring. */
  readonly only?: AgentId
  /** `callback`: nobody is on the line; whoever accepts has the citizen called. Default: `caller`. */
  readonly kind?: WaitingKind
}

export type WaitingKind = 'caller' | 'callback'

export type AgentServes = {
  readonly agent: AgentId
  readonly queues: readonly QueueId[]
  readonly skills: SkillLevels
}

export const WITHDRAWAL_CAUSES = [
  'callerHungUp',
  'callerLeft',
  'missed',
  'agentLeft',
  'takenByAnother',
] as const
export type WithdrawalCause = (typeof WITHDRAWAL_CAUSES)[number]

/** Why an agent could not be asked, which is no fault of his. `gone`: he, or what he was to be asked for. */
export type OfferFailure = 'lineLost' | 'phoneUnreachable' | 'gone'

export const UNAVAILABLE_CAUSES = ['missedOffer', 'declinedOffer', 'lineFailed'] as const
export type UnavailableCause = (typeof UNAVAILABLE_CAUSES)[number]

/**
 * Why a call left its queue: exactly one for each time it entered one. Those that did not leave are waiting, so
 * offered = all of these + waiting, at any instant.
 */
export const QUEUE_EXITS = [
  'answered',
  'abandoned',
  'shortAbandoned',
  'calledBack',
  'messageLeft',
  'overflowed',
  'timedOut',
  'saturated',
  'closed',
] as const
export type QueueExit = (typeof QUEUE_EXITS)[number]

export type RoutingCommand =
  /** `position` is 1 for the next caller of this queue and language. `only`: nobody else is asked, until openToAll. */
  | {
      readonly do: 'holdInQueue'
      readonly call: CallId
      readonly queue: QueueId
      readonly position: number
      readonly only?: AgentId
    }
  /** It waited for one agent alone, and is anybody's from now on. */
  | { readonly do: 'openToAll'; readonly call: CallId }
  | {
      readonly do: 'offer'
      readonly call: CallId
      readonly agent: AgentId
      readonly offer: OfferId
      readonly ringsUntil: Instant
    }
  /** To be answered by timerRang at `atMs`. A timer that has become pointless may ring all the same. */
  | { readonly do: 'startTimer'; readonly timer: TimerId; readonly atMs: Instant }
  | {
      readonly do: 'withdrawOffer'
      readonly call: CallId
      readonly agent: AgentId
      readonly offer: OfferId
      readonly cause: WithdrawalCause
    }
  | { readonly do: 'connect'; readonly call: CallId; readonly agent: AgentId; readonly offer: OfferId }
  | LeaveQueue
  /** The agent gets no more offers until agentBecameAvailable. */
  | {
      readonly do: 'makeUnavailable'
      readonly agent: AgentId
      readonly cause: UnavailableCause
      /** Of a line that failed. */
      readonly because?: OfferFailure
    }
  | LogIgnored

/** The call waits in this queue no more. What comes next is another command, or the caller's own doing. */
export type LeaveQueue = {
  readonly do: 'leaveQueue'
  readonly call: CallId
  readonly queue: QueueId
  readonly reason: QueueExit
  readonly waitedMs: number
  /** Sent away by a rule: what is to be done with him. */
  readonly then?: 'takeMessage' | 'hangUp'
}

/** The event came too late or makes no sense now; nothing has changed. To be logged with what it was about, and how that stands. */
export type LogIgnored = {
  readonly do: 'logIgnored'
  readonly event: RoutingEvent['type']
  readonly because: IgnoredBecause
  readonly call?: CallId
  readonly callIs?: 'waiting' | 'offered' | 'notHere'
  readonly agent?: AgentId
  readonly agentIs?: AgentState | 'notHere'
  readonly offer?: OfferId
}

/** `away`: at his desk, but not to be asked. `asked`: an offer rings. `busy`: he has answered one. */
export type AgentState = 'away' | 'idle' | 'asked' | 'busy'

export const IGNORED_BECAUSES = [
  'offerIsOver',
  'callIsKnown',
  'callIsUnknown',
  'agentHasOffer',
  'agentIsUnknown',
] as const
export type IgnoredBecause = (typeof IGNORED_BECAUSES)[number]

export type WaitingCall = {
  readonly call: CallId
  readonly kind: WaitingKind
  readonly queue: QueueId
  readonly language: CallLanguage
  readonly priority: number
  readonly only: AgentId | undefined
  /** Since when he waits: what he is told, and what relaxes the rules. */
  readonly since: Instant
  /** The moment that decides his turn: `since` less the head start of his priority. */
  readonly turn: Instant
  /** Since when he is in this queue. */
  readonly enteredAt: Instant
  /** Names this stay in this queue. */
  readonly visit: number
  /** How often a rule has sent him on to another queue. */
  readonly overflows: number
  /** Tells apart calls that arrived in the same millisecond. */
  readonly ordinal: number
}

export type IdleAgent = AgentServes & {
  readonly since: Instant
  /** Calls answered since he signed on. */
  readonly answered: number
}

export type Offer = {
  readonly offer: OfferId
  readonly waiting: WaitingCall
  readonly idle: IdleAgent
}

/** The whole state, for screens and tests. Everything oldest first. */
export type RoutingSnapshot = {
  readonly waiting: readonly WaitingCall[]
  readonly offers: readonly Offer[]
  readonly idle: readonly IdleAgent[]
}
