/**
 * What those who act on the calls in progress share: the calls and the desks in
 * memory, the routing engine, and the world outside. The conductor holds it; the
 * `…-side.ts` files work on it.
 */
import type { Logger } from 'pino'
import type { AgentTimeRules } from '#core/calls/agent-time.ts'
import type { DialVerdict } from '#core/calls/dialling-rules.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { CallId, QueueId, TrunkId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { NumberFormat } from '#core/text/phone-number.ts'
import type { QueueEngine } from '#core/routing/queue-engine.ts'
import type { Prompts } from './citizen-side.ts'
import type { Callbacks } from '../callbacks/ports.ts'
import type { Clock } from './clock.ts'
import type { Desk, DeskBook } from './desk.ts'
import type { CallEvent } from './events.ts'
import type { LiveCall } from './live-call.ts'
import type { LastAgents } from './last-agents.ts'
import type { CallBackAfterLoss } from './lost-by-us.ts'
import type { MediaEngine } from './ports.ts'

export type StageDeps = {
  node: string
  media: MediaEngine
  prompts: Prompts
  clock: Clock
  log: Logger
  flow(): Flow
  callbacks: Callbacks
  /** Whether a citizen who came by this trunk can be called back through it. */
  canCallBack(trunk: TrunkId): boolean
  /** What those who wait in a queue are told besides their place. */
  information(queue: QueueId): readonly Texts[]
  agentTime(): AgentTimeRules
  /** How the trunk writes numbers. */
  numberFormat(trunk: TrunkId | undefined): NumberFormat
  /** Whether a number outside is called, and as what. */
  mayDial(typed: string): DialVerdict
  append(event: CallEvent): void
  deskChanged(desk: Desk): void
  /** Asked before an alarm is raised. */
  callBackAfterLoss: CallBackAfterLoss
  /** A desk has a caller now: fills in his card from the database, whenever that answers. */
  lookUpCaller(desk: Desk, call: LiveCall): void
}

export interface Stage {
  readonly deps: StageDeps
  /** Each call from callArrived until callerHungUp. */
  readonly calls: Map<CallId, LiveCall>
  readonly book: DeskBook
  readonly engine: QueueEngine
  /** What ends the ringing of a citizen's phone before he answers. */
  readonly callbacks: { stop(desk: Desk): void; lineLost(desk: Desk): void }
  /** Who spoke with which caller lately. */
  readonly lastAgents: LastAgents
  /** The agent's day at the desk is over: his line is closed, and no phone of his may call in. */
  leave(desk: Desk): void
}
