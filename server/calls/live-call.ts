/** A call in progress as the server holds it in memory, and the sums kept of it. */
import type { FlowRun } from '#core/ivr/flow-run.ts'
import type { WaitingRun } from '#core/ivr/waiting-run.ts'
import type { AgentId, CallbackId, CallId, QueueId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import type { Caller } from './events.ts'

/**
 * `adrift`: the agent's line was lost; the citizen hears music and is given back or put back at the head.
 * `farewell`: a rule of the queue sends him away; he hears why, and the call is ended.
 */
export type LiveStage =
  | 'flow'
  | 'waiting'
  | 'offered'
  | 'talking'
  | 'onHold'
  | 'adrift'
  | 'takingMessage'
  | 'farewell'

export type LiveCall = {
  readonly id: CallId
  readonly trunk: TrunkId
  readonly did: string
  readonly caller: Caller
  readonly arrivedAt: Instant
  stage: LiveStage
  answered: boolean
  run: FlowRun | undefined
  /** How he waits, from the first queue he came to. */
  waiting: WaitingRun | undefined
  /** His way through the menu, where an earlier server saw him walk it. */
  way: Way | undefined
  language: CallLanguage
  queue: QueueId | undefined
  topic: TopicCode | undefined
  queuedAt: Instant | undefined
  agent: AgentId | undefined
  /** He did not call: this is the callback that reached him. */
  callback: CallbackId | undefined
  connectedAt: Instant | undefined
  /** Why he left the queue last. */
  queueExit: QueueExit | undefined
  talkMs: number
  holdMs: number
  /** Since when it is talking or on hold. */
  spellSince: Instant
  endedBy: 'agent' | 'system' | undefined
  /** Ends the timer of the flow, of the wait, or of the agent's grace. */
  cancelTimer: (() => void) | undefined
}

export type Way = { readonly path: readonly string[]; readonly keys: string }

export function liveCall(
  facts: Pick<LiveCall, 'id' | 'trunk' | 'did' | 'caller' | 'arrivedAt' | 'language'>,
): LiveCall {
  return {
    ...facts,
    stage: 'flow',
    answered: false,
    run: undefined,
    waiting: undefined,
    way: undefined,
    queue: undefined,
    topic: undefined,
    queuedAt: undefined,
    agent: undefined,
    callback: undefined,
    connectedAt: undefined,
    queueExit: undefined,
    talkMs: 0,
    holdMs: 0,
    spellSince: facts.arrivedAt,
    endedBy: undefined,
    cancelTimer: undefined,
  }
}

/** Moves the call to another stage and adds the time of the spell that ends. */
export function enterStage(call: LiveCall, stage: LiveStage, now: Instant): void {
  if (call.stage === 'talking') call.talkMs += now - call.spellSince
  if (call.stage === 'onHold' || call.stage === 'adrift') call.holdMs += now - call.spellSince
  call.stage = stage
  call.spellSince = now
  call.cancelTimer?.()
  call.cancelTimer = undefined
}
