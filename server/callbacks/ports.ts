/** What the callbacks need from the calls in progress, and what these need from them. */
import type { NumberVerdict } from '#core/ivr/waiting-run.ts'
import type { CallbackStatus } from '#core/calls/callback-status.ts'
import type { AgentId, CallbackId, CallId, OfferId, QueueId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { CallbackCause, PromisedCallback } from './events.ts'

/** A callback that is still owed to the citizen, as memory holds it. */
export type OpenCallback = Readonly<PromisedCallback> & {
  readonly id: CallbackId
  readonly promisedAt: Instant
  readonly expiresAt: Instant
  readonly status: CallbackStatus
  readonly attempts: number
  readonly dueAt: Instant
  readonly agent: AgentId | undefined
}

/** The queue in which callbacks wait for an agent. */
export interface CallbackLine {
  join(callback: OpenCallback): void
  leave(callback: OpenCallback): void
  /** 1 for the next; nothing while it does not wait there. */
  positionOf(callback: CallbackId): number | undefined
  /** Whether the call in which it was promised still goes on: nobody can be called who is on the line. */
  isStillOn(call: CallId): boolean
}

/** What the calls in progress do with callbacks. A move that makes no sense is logged and refused. */
export interface Callbacks {
  /** Where callbacks wait when they are due. */
  attach(line: CallbackLine): void
  /** After a start, and when the engine was away: whose call still stands. */
  settle(isInTalk: (callback: CallbackId) => boolean): void
  get(callback: CallbackId): OpenCallback | undefined
  /** How many are owed. */
  count(): number
  /** Whether citizens are to be called back from this queue, today or later. */
  isOwedFrom(queue: QueueId): boolean
  /** Whether callers in this queue are offered it; not when more are owed than could ever be kept. */
  isOfferedIn(queue: QueueId): boolean
  judge(number: string): NumberVerdict
  /** Whether a citizen whose turn comes after so long would be called the next morning. */
  isForMorning(afterMs: number): boolean
  /** Called as soon as may be, or not before `at`. */
  promise(callback: PromisedCallback, at?: Instant): OpenCallback
  /** False in quiet hours: it has left the line until they are over. */
  mayBeOffered(callback: CallbackId): boolean
  offered(callback: CallbackId, offer: { agent: AgentId; offer: OfferId }): void
  /** Nobody took it, or the agent's line went: it waits at its place again. */
  released(callback: CallbackId): void
  /** The agent has accepted: the citizen is called. */
  dialled(callback: CallbackId, agent: AgentId): void
  notReached(callback: CallbackId, cause: CallbackCause): void
  reached(callback: CallbackId): void
  finished(callback: CallbackId): void
  /** It has become needless. False where the citizen is being called or spoken to. */
  cancel(callback: CallbackId, why: { by: StaffId } | { cause: CallbackCause }): boolean
  /** He spoke with somebody in another call. What an agent has promised is kept all the same. */
  spoke(number: string): void
}
