/** A call in progress as the server holds it in memory, and the sums kept of it. */
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowRun } from '#core/ivr/flow-run.ts'
import type { WaitingRun } from '#core/ivr/waiting-run.ts'
import { unreachable } from '#core/lib/assert.ts'
import type { TalkState } from '#core/calls/talk-moves.ts'
import type { AgentId, CallbackId, CallId, PartyId, QueueId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import type { Caller } from './events.ts'

/**
 * `adrift`: the agent's line was lost; the citizen hears music and is given back or put back at the head.
 * `consulting`: the citizen hears music while the agent speaks with the helper, or waits for him.
 * `conference`: the three hear each other. `dialling`: he hears music until somebody outside answers to whom he was
 * transferred; `outside`: they talk, and no agent has a part in it.
 * `farewell`: a rule of the queue sends him away; he hears why, and the call is ended.
 */
export type LiveStage =
  | 'flow'
  | 'waiting'
  | 'offered'
  | 'talking'
  | 'onHold'
  | 'consulting'
  | 'conference'
  | 'dialling'
  | 'outside'
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
  /** The version he began in; he walks it to its end, whatever is published meanwhile. */
  flow: Flow | undefined
  /** How he waits, from the first queue he came to. */
  waiting: WaitingRun | undefined
  /** His way through the menu, where an earlier server saw him walk it. */
  way: Way | undefined
  language: CallLanguage
  queue: QueueId | undefined
  topic: TopicCode | undefined
  /** Steps of a head start in whatever queue he comes to. */
  priority: number
  queuedAt: Instant | undefined
  agent: AgentId | undefined
  /** He did not call: this is the callback that reached him. */
  callback: CallbackId | undefined
  helper: Helper | undefined
  connectedAt: Instant | undefined
  /** Why he left the queue last. */
  queueExit: QueueExit | undefined
  talkMs: number
  holdMs: number
  /** Since when it is talking or on hold. */
  spellSince: Instant
  endedBy: 'agent' | 'system' | undefined
  /** He is to be asked for a message in this language; until the engine has taken him over. */
  messageIn: CallLanguage | undefined
  /** Ends the timer of the flow, of the wait, of a helper's ringing, or of the agent's grace. */
  cancelTimer: (() => void) | undefined
}

/** Who was asked into the call beside its agent, or outside has it now; and whether he is there. */
export type Helper = { readonly isThere: boolean; readonly since: Instant } & (
  | { readonly agent: AgentId }
  | { readonly party: PartyId; readonly number: string }
)

export type Way = { readonly path: readonly string[]; readonly keys: string }

export function liveCall(
  facts: Pick<LiveCall, 'id' | 'trunk' | 'did' | 'caller' | 'arrivedAt' | 'language'>,
): LiveCall {
  return {
    ...facts,
    stage: 'flow',
    answered: false,
    run: undefined,
    flow: undefined,
    waiting: undefined,
    way: undefined,
    queue: undefined,
    topic: undefined,
    priority: 0,
    queuedAt: undefined,
    agent: undefined,
    callback: undefined,
    helper: undefined,
    connectedAt: undefined,
    queueExit: undefined,
    talkMs: 0,
    holdMs: 0,
    spellSince: facts.arrivedAt,
    endedBy: undefined,
    messageIn: undefined,
    cancelTimer: undefined,
  }
}

const TALKED: readonly LiveStage[] = ['talking', 'conference']
const HELD: readonly LiveStage[] = ['onHold', 'adrift', 'consulting']

/** Moves the call to another stage and adds the time of the spell that ends. */
export function enterStage(call: LiveCall, stage: LiveStage, now: Instant): void {
  if (TALKED.includes(call.stage)) call.talkMs += now - call.spellSince
  if (HELD.includes(call.stage)) call.holdMs += now - call.spellSince
  call.stage = stage
  call.spellSince = now
  call.cancelTimer?.()
  call.cancelTimer = undefined
}

/** How the call stands at the desk of an agent who has a part in it. */
export function talkState({ agent, helper, stage }: LiveCall, of: AgentId): TalkState {
  if (agent !== of) return helper && 'agent' in helper && helper.agent === of ? 'helping' : 'over'
  switch (stage) {
    case 'talking':
    case 'onHold':
    case 'conference':
    case 'adrift':
      return stage
    case 'consulting':
      return helper?.isThere ? 'consulting' : 'calling'
    case 'flow':
    case 'waiting':
    case 'offered':
    case 'dialling':
    case 'outside':
    case 'takingMessage':
    case 'farewell':
      return 'over'
    default:
      return unreachable(stage)
  }
}
