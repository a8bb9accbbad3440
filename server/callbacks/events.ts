/** What becomes of callbacks: appended to the journal of the calls, so that no caller waits for the database. */
import type { CallbackSettings } from '#core/calls/callback-settings.ts'
import type {
  CallbackAction,
  CallbackReason,
  CallbackStatus,
  UnreachedCause,
} from '#core/calls/callback-status.ts'
import type {
  AgentId,
  CallbackId,
  CallId,
  OfferId,
  QueueId,
  StaffId,
  TopicCode,
  TrunkId,
} from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'

/** `call` is always the call whose place is kept. */
export type CallbackEvent =
  | ({
      type: 'callbackPromised'
      callback: CallbackId
      dueAt: Instant
      expiresAt: Instant
    } & PromisedCallback)
  /** The offer is the agent's, whether a caller is on the line or not. */
  | { type: 'callbackOffered'; callback: CallbackId; call: CallId; offer: OfferId; agent: AgentId }
  | ({
      type: 'callbackMoved'
      callback: CallbackId
      call: CallId
      action: CallbackAction
      to: CallbackStatus
      attempts: number
      dueAt: Instant
    } & CallbackFacts)

export type PromisedCallback = {
  call: CallId
  trunk: TrunkId
  /** The number of ours that he called, which he sees when we call him. */
  did: string
  /** E.164. */
  number: string
  queue: QueueId
  topic?: TopicCode
  language: CallLanguage
  /** The moment from which he has waited: it decides his turn. */
  since: Instant
  priority: number
  reason: CallbackReason
  /** The agent who promised it. */
  by?: StaffId
  /** Whom he is to speak with: nobody else is asked as long as that agent is at his desk and does not let it ring. */
  only?: AgentId
}

/** `spokeMeanwhile`: the citizen called again and was answered. `onTheLine`: he answered when nobody was there to talk, and waits. */
export type CallbackCause = UnreachedCause | 'spokeMeanwhile' | 'onTheLine'

/** What belongs to a move: who calls him, why he was not reached, who cancelled it. */
export type CallbackFacts = { agent?: AgentId; cause?: CallbackCause; by?: StaffId }

export type CallbackSettingsEvent = {
  type: 'callbackSettingsChanged'
  by: StaffId
  rules: CallbackSettings
}
