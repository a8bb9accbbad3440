/**
 * The agent's line and the call on it: citizen and agent are put together, and a
 * line that is lost in mid-call costs the citizen no more than a wait with music.
 */
import { askPatiently, CONNECT_TRIES, TOLD_WITHIN_MS } from './asked-of-engine.ts'
import type { CitizenSide } from './citizen-side.ts'
import type { ConsultSide } from './consult-side.ts'
import type { Desk } from './desk.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import type { OfferSide } from './offer-side.ts'
import type { RoutingSide } from './routing-side.ts'
import type { Stage, StageDeps } from './stage.ts'
import { atDesk, showTalk } from './talk-view.ts'

/** How long a citizen hears music after the agent's line was lost before another agent is found for him. */
export const LINE_GRACE_MS = 10_000

type Others = { citizens: CitizenSide; consults: ConsultSide; offers: OfferSide; routing: RoutingSide }

export class LineSide {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #others: Others

  constructor(stage: Stage, others: Others) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#others = others
  }

  /** Puts citizen and agent together and keeps both sides' books. A line that is gone by now costs him a wait. */
  join(call: LiveCall, desk: Desk): void {
    const { clock } = this.#deps
    const now = clock.now()
    enterStage(call, 'talking', now)
    call.agent = desk.agent
    call.connectedAt ??= now
    // Of a call that he has already, he had his part before his line was lost.
    const since = desk.call?.id === call.id && desk.call.endedAt === undefined ? desk.call.connectedAt : now
    desk.call = atDesk(call, desk, since)
    this.#connect(call, desk)
  }

  #connect(call: LiveCall, desk: Desk): void {
    const { clock, log, media } = this.#deps
    const { agent } = desk
    askPatiently(clock, {
      ask: () => media.connect(call.id, agent),
      tries: CONNECT_TRIES,
      isWanted: () => this.#isTogether(call, desk),
      note: (error) => log.warn({ call: call.id, agent, error }, 'citizen and agent could not be connected'),
      failed: () => clock.after(TOLD_WITHIN_MS, () => void this.#notConnected(call, desk)),
    })
  }

  #isTogether(call: LiveCall, { agent }: Desk): boolean {
    return this.#stage.calls.get(call.id) === call && call.stage === 'talking' && call.agent === agent
  }

  /** Neither has been told of as gone. A line that stands stays as it is: nobody would say again that it is up. */
  async #notConnected(call: LiveCall, desk: Desk): Promise<void> {
    if (!this.#isTogether(call, desk)) return
    const hasGone = await this.#hasLineGone(desk)
    if (!this.#isTogether(call, desk)) return
    if (hasGone) this.down(desk)
    else this.setAdrift(call, desk)
  }

  /** Of an engine that gives no answer nothing is known. */
  async #hasLineGone({ agent, phoneMode }: Desk): Promise<boolean> {
    const { log, media } = this.#deps
    if (phoneMode === 'perCall') return false
    try {
      const { lines } = await media.standing()
      return !lines.includes(agent)
    } catch (error) {
      log.warn({ agent, error: String(error) }, 'whether the line stands could not be asked')
      return false
    }
  }

  up(desk: Desk): void {
    desk.line = 'up'
    const call = this.#callAt(desk)
    const isHis = call !== undefined && call.agent === desk.agent
    const isConferring = call?.stage === 'conference'
    // A newer line of his has replaced the older: the engine let the citizen hear music meanwhile.
    if (isHis && call.stage === 'talking') this.join(call, desk)
    if (isHis && call.stage === 'adrift') {
      this.join(call, desk)
      this.#deps.append({ type: 'callResumed', call: call.id, agent: desk.agent })
    }
    if (isHis && isConferring) this.#rejoin(call, desk)
    // A newer line of a helper's: he is where he was.
    else if (call?.helper && !isHis && call.helper.isThere) this.#others.consults.gather(call)
    this.#deps.deskChanged(desk)
  }

  /** The line went without our command. The citizen keeps his call: music now, the agent again or another one soon. */
  down(desk: Desk): void {
    desk.line = 'down'
    const { consults, offers, routing } = this.#others
    if (desk.status === 'ringing' && desk.offer) offers.failed(desk, 'lineLost')
    else if (desk.status === 'available') {
      routing.route({ type: 'agentLeft', agent: desk.agent })
      this.#stage.book.move(desk, 'loseLine')
    }
    this.#stage.callbacks.lineLost(desk)
    const call = this.#callAt(desk)
    if (call && call.agent !== desk.agent) consults.stoppedHelping(desk, 'lineLost')
    else if (call) this.#lostBy(call, desk)
    this.#deps.deskChanged(desk)
  }

  /** In which the agent still has a part. */
  #callAt({ call }: Desk): LiveCall | undefined {
    return call && call.endedAt === undefined ? this.#stage.calls.get(call.id) : undefined
  }

  #lostBy(call: LiveCall, desk: Desk): void {
    const { consults } = this.#others
    switch (call.stage) {
      case 'consulting':
        consults.dismiss(call, 'lineLost')
        return this.setAdrift(call, desk)
      case 'talking':
      case 'onHold':
        return this.setAdrift(call, desk)
      case 'conference':
        return this.#leaveThem(call, desk)
      default:
        return
    }
  }

  setAdrift(call: LiveCall, desk: Desk): void {
    const { append, clock, log, media } = this.#deps
    append({ type: 'lineLost', call: call.id, agent: desk.agent })
    log.warn({ call: call.id, agent: desk.agent, line: desk.line }, 'the line was lost in mid-call')
    enterStage(call, 'adrift', clock.now())
    this.#others.citizens.tell(call, 'hold', () => media.hold(call.id))
    call.cancelTimer = clock.after(LINE_GRACE_MS, () => this.#giveUpAgent(call, desk))
    showTalk(this.#stage, call)
  }

  /** The citizen and the helper talk on; he comes back to them soon, or the call is the helper's. */
  #leaveThem(call: LiveCall, desk: Desk): void {
    const { append, clock, log } = this.#deps
    append({ type: 'lineLost', call: call.id, agent: desk.agent })
    log.warn({ call: call.id, agent: desk.agent }, 'the line was lost in a conference')
    call.cancelTimer?.()
    call.cancelTimer = clock.after(LINE_GRACE_MS, () => {
      this.#others.consults.takenOver(call)
      this.#loseCall(desk)
    })
  }

  #rejoin(call: LiveCall, { agent }: Desk): void {
    // Whose older line was only replaced was not missed.
    const wasLost = call.cancelTimer !== undefined
    call.cancelTimer?.()
    call.cancelTimer = undefined
    this.#others.consults.gather(call)
    if (wasLost) this.#deps.append({ type: 'callResumed', call: call.id, agent })
  }

  /** Back to the head of the queue: the citizen keeps the moment from which he has waited. */
  #giveUpAgent(call: LiveCall, desk: Desk): void {
    call.agent = undefined
    this.#loseCall(desk)
    this.#others.routing.waitAgain(call)
  }

  #loseCall(desk: Desk): void {
    desk.call = undefined
    desk.caller = undefined
    this.#stage.book.move(desk, 'loseCall')
    this.#others.routing.route({ type: 'agentLeft', agent: desk.agent })
    // Signed out in mid-call: there is no wrap-up to wait for any more.
    if (desk.isLeaving) this.#stage.leave(desk)
    this.#deps.deskChanged(desk)
  }
}
