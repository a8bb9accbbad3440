/**
 * The agent's line and the call on it: citizen and agent are put together, and a
 * line that is lost in mid-call costs the citizen no more than a wait with music.
 */
import type { CitizenSide } from './citizen-side.ts'
import type { Desk } from './desk.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import { EngineAway } from './ports.ts'
import type { RoutingSide } from './routing-side.ts'
import type { Stage, StageDeps } from './stage.ts'

/** How long a citizen hears music after the agent's line was lost before another agent is found for him. */
export const LINE_GRACE_MS = 10_000

/** How often, and for how long together, two are tried to be connected while the engine does not answer. */
const CONNECT_AGAIN_MS = 500
const CONNECT_TRIES = 8

export class LineSide {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #citizens: CitizenSide
  readonly #routing: RoutingSide

  constructor(stage: Stage, citizens: CitizenSide, routing: RoutingSide) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#citizens = citizens
    this.#routing = routing
  }

  /** Puts citizen and agent together and keeps both sides' books. A line that is gone by now gives the caller back. */
  join(call: LiveCall, desk: Desk): void {
    const { clock } = this.#deps
    const now = clock.now()
    enterStage(call, 'talking', now)
    call.agent = desk.agent
    call.connectedAt ??= now
    desk.call = {
      id: call.id,
      connectedAt: call.connectedAt,
      onHold: false,
      muted: false,
      endedAt: undefined,
    }
    this.#connect(call, desk, CONNECT_TRIES)
  }

  /** An engine that cannot be reached for a moment says nothing about the line: it is asked again, and not for long. */
  #connect(call: LiveCall, desk: Desk, tries: number): void {
    const { clock, log, media } = this.#deps
    media.connect(call.id, desk.agent).catch((error: unknown) => {
      const isWanted = this.#stage.calls.get(call.id) === call && call.stage === 'talking'
      if (!isWanted || call.agent !== desk.agent) return
      const facts = { call: call.id, agent: desk.agent, error: String(error) }
      log.warn(facts, 'citizen and agent could not be connected')
      if (!(error instanceof EngineAway) || tries <= 1) return this.down(desk)
      clock.after(CONNECT_AGAIN_MS, () => this.#connect(call, desk, tries - 1))
    })
  }

  up(desk: Desk): void {
    desk.line = 'up'
    const call = desk.call && this.#stage.calls.get(desk.call.id)
    const isHis = call !== undefined && call.agent === desk.agent
    // A newer line of his has replaced the older: the engine let the citizen hear music meanwhile.
    if (isHis && call.stage === 'talking') this.join(call, desk)
    if (isHis && call.stage === 'adrift') {
      this.join(call, desk)
      this.#deps.append({ type: 'callResumed', call: call.id, agent: desk.agent })
    }
    this.#deps.deskChanged(desk)
  }

  /** The line went without our command. The citizen keeps his call: music now, the agent again or another one soon. */
  down(desk: Desk): void {
    desk.line = 'down'
    if (desk.status === 'ringing' && desk.offer) {
      this.#routing.route({
        type: 'offerFailed',
        agent: desk.agent,
        offer: desk.offer.id,
        cause: 'line lost',
      })
    } else if (desk.status === 'available') {
      this.#routing.route({ type: 'agentLeft', agent: desk.agent })
      this.#stage.book.move(desk, 'loseLine')
    }
    this.#stage.callbacks.lineLost(desk)
    const call = desk.call && this.#stage.calls.get(desk.call.id)
    if (call && (call.stage === 'talking' || call.stage === 'onHold')) this.#setAdrift(call, desk)
    this.#deps.deskChanged(desk)
  }

  #setAdrift(call: LiveCall, desk: Desk): void {
    const { append, clock, log, media } = this.#deps
    append({ type: 'lineLost', call: call.id, agent: desk.agent })
    log.warn({ call: call.id, agent: desk.agent }, 'the line was lost in mid-call')
    enterStage(call, 'adrift', clock.now())
    this.#citizens.tell(call, 'hold', () => media.hold(call.id))
    call.cancelTimer = clock.after(LINE_GRACE_MS, () => this.#giveUpAgent(call, desk))
  }

  /** Back to the head of the queue: the citizen keeps the moment from which he has waited. */
  #giveUpAgent(call: LiveCall, desk: Desk): void {
    desk.call = undefined
    desk.caller = undefined
    call.agent = undefined
    this.#stage.book.move(desk, 'loseCall')
    this.#routing.route({ type: 'agentLeft', agent: desk.agent })
    // Signed out in mid-call: there is no wrap-up to wait for any more.
    if (desk.isLeaving) this.#stage.leave(desk)
    this.#deps.deskChanged(desk)
    this.#routing.waitInQueue(call)
  }
}
