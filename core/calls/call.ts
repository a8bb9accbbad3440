/** The closed sets of words about calls and agents, shared by every row of the house. */
import type { BreakCode } from '#core/lib/ids.ts'

export const AGENT_STATUSES = ['signedOut', 'onBreak', 'available', 'ringing', 'talking', 'wrapUp'] as const
export type AgentStatus = (typeof AGENT_STATUSES)[number]

/**
 * How an agent hears callers: by a connection that is always on and proven before any offer, or by an ordinary
 * phone that every offer rings.
 */
export const PHONE_MODES = ['alwaysOn', 'perCall'] as const
export type PhoneMode = (typeof PHONE_MODES)[number]

/** How the agent classified the finished call. */
export const CALL_OUTCOMES = ['resolved', 'explained', 'unresolved', 'disputed'] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

export const OFFER_ENDS = ['answered', 'missed', 'declined', 'withdrawn', 'failed'] as const
export type OfferEnd = (typeof OFFER_ENDS)[number]

/** Who ended a call: `system` by a rule, `engine` by dying under it. */
export const CALL_ENDERS = ['citizen', 'agent', 'system', 'engine'] as const
export type CallEnder = (typeof CALL_ENDERS)[number]

/** Why a call ended without an agent. */
export const LOST_REASONS = [
  'leftInGreeting',
  'leftInMenu',
  'abandoned',
  'flowEnded',
  'messageLeft',
  'calledBack',
  'timedOut',
  'saturated',
  'closed',
  'engineLost',
  'refused',
] as const
export type LostReason = (typeof LOST_REASONS)[number]

/** Where a call is; `ended` is the only one that is final. */
export const CALL_STATUSES = [
  'greeting',
  'menu',
  'waiting',
  'offered',
  'talking',
  'onHold',
  'takingMessage',
  'ended',
  'refused',
] as const
export type CallStatus = (typeof CALL_STATUSES)[number]

/** Why an agent is unavailable though he chose no break. A break of his own has a code of the organisation's. */
export const SYSTEM_BREAK_REASONS = ['justSignedIn', 'missedOffer', 'declinedOffer', 'lineLost'] as const
export type SystemBreakReason = (typeof SYSTEM_BREAK_REASONS)[number]
export type BreakReason = SystemBreakReason | BreakCode

export const RECORDING_STATUSES = [
  'expected',
  'recording',
  'closed',
  'verified',
  'sealed',
  'stored',
  'failed',
] as const
export type RecordingStatus = (typeof RECORDING_STATUSES)[number]
