/**
 * What an agent can ask for at the desk. Each request is checked against the
 * desk as it is now and refused with a reason; what crosses with an event of the
 * engine, or does not reach it, is refused the same way and changes nothing.
 */
import { randomBytes } from 'node:crypto'
import type { WrapUp } from '#contract/calls.ts'
import type { PhoneAccess } from '#contract/staff.ts'
import type { PhoneMode } from '#core/calls/call.ts'
import { TALK_MOVES, type TalkAction } from '#core/calls/talk-moves.ts'
import type { AgentId, CallId, CitizenId, OfferId, TopicCode } from '#core/lib/ids.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { Refusal } from '../errors.ts'
import { orRefused } from './asked-of-engine.ts'
import type { Conductor } from './conductor.ts'
import type { AgentProfile } from '../staff/service.ts'
import type { Desk, DeskBook, Doing } from './desk.ts'
import { enterStage, type LiveCall, talkState } from './live-call.ts'
import type { RoutingSide } from './routing-side.ts'
import type { StageDeps } from './stage.ts'
import { showTalk, whatStands } from './talk-view.ts'

/** Fewer packets than this in either direction prove nothing: half a second of audio. */
const PROOF_PACKETS = 25
/** After a longer absence the agent says himself that he is back. */
const BACK_WITHIN_MS = 30_000
const PHONE_PASSWORD_BYTES = 24
export const SIP_SOCKET_PATH = '/sip'

export class AgentSide {
  readonly #stage: Conductor
  readonly #calls: Conductor['calls']
  readonly #book: DeskBook
  readonly #routing: RoutingSide
  readonly #deps: StageDeps

  constructor(stage: Conductor) {
    const { calls, book, routing, deps } = stage
    this.#stage = stage
    this.#calls = calls
    this.#book = book
    this.#routing = routing
    this.#deps = deps
  }

  signOn(profile: AgentProfile): Desk {
    const desk = this.#book.open(profile)
    // Back before the wrap-up of the call he wanted to leave after: he stays, unless he was told to leave.
    if (desk.leaving?.cause !== 'supervisor') this.#stage.time.stay(desk)
    if (desk.status === 'signedOut') {
      this.#book.move(desk, 'signOn')
      this.#routing.signedOn(desk)
    }
    return desk
  }

  /** He can be asked for something else from now on; what he is doing now goes on. */
  profileChanged(profile: AgentProfile): void {
    const desk = this.#book.desks.get(profile.id)
    if (!desk) return
    desk.profile = profile
    if (desk.status !== 'signedOut') this.#routing.signedOn(desk)
  }

  /** New credentials for the phone the agent wants to use; an older line of his ends. */
  async openPhone(agent: AgentId, mode: PhoneMode = 'alwaysOn'): Promise<PhoneAccess> {
    const desk = this.#deskOf(agent)
    // Before the engine gives the line in use another password.
    mustNotBeInCall(desk, mode)
    const password = randomBytes(PHONE_PASSWORD_BYTES).toString('base64url')
    const address = await orRefused(this.#deps.media.allowPhone(agent, password), 'lineNotUp')
    this.#choosePhone(desk, mode)
    return { ...address[mode], password, socketPath: SIP_SOCKET_PATH }
  }

  #choosePhone(desk: Desk, mode: PhoneMode): void {
    // Asked anew: he may have been offered a call meanwhile.
    mustNotBeInCall(desk, mode)
    const isOther = desk.phoneMode !== mode
    desk.phoneMode = mode
    // A registration with the old password is worth nothing any more.
    desk.line = isOther || mode === 'perCall' || desk.line === 'down' ? 'down' : 'up'
    if (desk.status === 'available' && desk.line === 'down') {
      this.#routing.route({ type: 'agentLeft', agent: desk.agent })
      this.#book.move(desk, 'loseLine')
    }
    this.#deps.deskChanged(desk)
  }

  /** The browser hears the line; we count what comes from it. Both must flow before any offer. */
  async proveLine(agent: AgentId, packetsReceived: number): Promise<void> {
    const desk = this.#deskOf(agent)
    if (desk.phoneMode === 'perCall') return await this.#provePhone(desk)
    if (isDown(desk)) throw new Refusal('lineNotUp', 'The line is not up')
    const { packetsFromAgent } = await orRefused(this.#deps.media.lineAudio(agent), 'lineNotUp')
    if (packetsReceived < PROOF_PACKETS || packetsFromAgent < PROOF_PACKETS) {
      const counts = `${packetsFromAgent} from, ${packetsReceived} to the agent`
      throw new Refusal('lineNotProven', `Audio does not flow both ways: ${counts}`)
    }
    if (isDown(desk)) throw new Refusal('lineNotUp', 'The line went down while it was being proven')
    this.#proven(desk)
  }

  async #provePhone(desk: Desk): Promise<void> {
    const canRing = await orRefused(this.#deps.media.canRing(desk.agent), 'lineNotUp')
    if (!canRing) {
      this.#phoneGone(desk)
      throw new Refusal('phoneNotReachable', 'The phone has not registered')
    }
    this.#proven(desk)
  }

  #proven(desk: Desk): void {
    desk.line = 'proven'
    this.#deps.deskChanged(desk)
    if (this.#lostHisLineLately(desk)) this.becomeAvailable(desk.agent, { cause: 'lineBack' })
  }

  /** Found out before the next caller rings in vain. */
  #phoneGone(desk: Desk): void {
    if (desk.line !== 'proven' || desk.status === 'ringing' || desk.status === 'talking') return
    desk.line = 'down'
    if (desk.status === 'available') {
      this.#routing.route({ type: 'agentLeft', agent: desk.agent })
      this.#book.move(desk, 'loseLine')
    }
    this.#deps.deskChanged(desk)
  }

  /** A page that was reloaded or a network that hiccuped is no break: whoever is back soon goes on taking calls. */
  #lostHisLineLately({ status, breakReason, statusSince }: Desk): boolean {
    const lostFor = this.#deps.clock.now() - statusSince
    return status === 'onBreak' && breakReason === 'lineLost' && lostFor <= BACK_WITHIN_MS
  }

  becomeAvailable(agent: AgentId, doing?: Doing): void {
    const desk = this.#deskOf(agent)
    if (desk.status === 'available') return
    if (desk.status === 'wrapUp') throw new Refusal('wrapUpNotDone', 'The call is not wrapped up yet')
    if (desk.line !== 'proven') {
      throw new Refusal(desk.line === 'down' ? 'lineNotUp' : 'lineNotProven', 'The line is not proven')
    }
    if (!this.#book.move(desk, 'becomeAvailable', doing)) {
      throw new Refusal('wrongStatus', `An agent who is ${desk.status} cannot become available`)
    }
    this.#stage.time.available(desk)
  }

  /** Begins at once, after the call, or when a supervisor has agreed. */
  takeBreak(agent: AgentId, reason: string): void {
    this.#stage.time.askForBreak(this.#deskOf(agent), reason, { cause: 'agent', by: agent })
  }

  withdrawNext(agent: AgentId): void {
    this.#stage.time.withdrawNext(this.#deskOf(agent))
  }

  extendWrapUp(agent: AgentId): void {
    this.#stage.time.extendWrapUp(this.#deskOf(agent))
  }

  /** Leaves at once, or when the call has been wrapped up. */
  signOff(agent: AgentId, doing?: Doing): void {
    const desk = this.#book.desks.get(agent)
    if (!desk || desk.status === 'signedOut') return
    const { status } = desk
    if (status === 'talking' || status === 'wrapUp')
      return this.#stage.time.leaveAfterCall(desk, doing ?? { cause: 'agent', by: agent })
    desk.leaving = doing
    this.#stage.leave(desk)
  }

  accept(agent: AgentId, offer: OfferId): void {
    const desk = this.#mustRing(agent, offer)
    if (desk.phoneMode === 'perCall')
      throw new Refusal('phoneRings', 'A phone that rings is answered by picking it up')
    this.#stage.offers.answered(desk)
  }

  decline(agent: AgentId, offer: OfferId): void {
    this.#stage.offers.declined(this.#mustRing(agent, offer))
  }

  async hold(agent: AgentId): Promise<void> {
    const desk = this.#deskOf(agent)
    const call = this.#callFor(desk, 'hold')
    await orRefused(this.#deps.media.hold(call.id), 'callGone')
    if (call.stage === 'talking') this.#keepHold(desk, call, true)
  }

  async resume(agent: AgentId): Promise<void> {
    const desk = this.#deskOf(agent)
    const call = this.#callFor(desk, 'resume')
    await orRefused(this.#deps.media.resume(call.id, agent), 'callGone')
    if (call.stage === 'onHold') this.#keepHold(desk, call, false)
  }

  async mute(agent: AgentId, muted: boolean): Promise<void> {
    const desk = this.#deskOf(agent)
    const call = this.#callOf(desk)
    // Asked for even if it is so already: an opposite request may be on its way.
    await orRefused(this.#deps.media.mute(agent, muted), 'callGone')
    if (!this.#isStillAt(desk, call) || desk.call.muted === muted) return
    desk.call = { ...desk.call, muted }
    this.#deps.append({ type: 'callMuted', call: call.id, agent, muted })
    this.#deps.deskChanged(desk)
  }

  async sendDigits(agent: AgentId, digits: string): Promise<void> {
    const call = this.#callOf(this.#deskOf(agent))
    await orRefused(this.#deps.media.sendDigits(call.id, digits), 'callGone')
  }

  async end(agent: AgentId): Promise<void> {
    const desk = this.#deskOf(agent)
    // Nobody has answered yet: he lets it ring no longer.
    if (desk.callingBack) return this.#stage.callbacks.stop(desk)
    const call = this.#callFor(desk, 'end')
    const { endedBy } = call
    // Before the request: the end of the call may be told before the request is answered.
    call.endedBy = 'agent'
    try {
      await orRefused(this.#deps.media.hangUp(call.id, 'done'), 'callGone')
    } catch (error) {
      call.endedBy = endedBy
      throw error
    }
  }

  wrapUp(agent: AgentId, wrapUp: WrapUp, then: 'available' | 'break'): void {
    const desk = this.#deskOf(agent)
    if (desk.status !== 'wrapUp' || !desk.call)
      throw new Refusal('wrongStatus', 'There is no call to wrap up')
    this.classify(agent, desk.call.id, wrapUp)
    const { time } = this.#stage
    if (then === 'break') time.askForOrdinaryBreak(desk)
    time.endWrapUp(desk, { cause: 'agent', by: agent })
  }

  /** What the agent says of a call of his, during its wrap-up or later. */
  classify(agent: AgentId, call: CallId, wrapUp: WrapUp): void {
    const citizen = wrapUp.citizen ? { citizen: wrapUp.citizen as CitizenId } : {}
    this.#deps.append({
      type: 'callWrappedUp',
      call,
      agent,
      outcome: wrapUp.outcome,
      topics: [...new Set(wrapUp.topics)] as TopicCode[],
      note: asStorableText(wrapUp.note),
      ...citizen,
      ...(wrapUp.script && { script: wrapUp.script }),
    })
  }

  #deskOf(agent: AgentId): Desk {
    const desk = this.#book.desks.get(agent)
    if (!desk || desk.status === 'signedOut') {
      throw new Refusal('wrongStatus', 'The agent has not signed on at a desk')
    }
    return desk
  }

  /** The call the agent is in now, which must still be there. */
  #callOf(desk: Desk): LiveCall {
    const call = desk.call && this.#calls.get(desk.call.id)
    if (!call || !desk.call || desk.call.endedAt !== undefined) {
      throw new Refusal('callGone', `There is no call at the desk: ${whatStands(this.#stage, desk)}`)
    }
    return call
  }

  /** His own call, in a state that allows this. */
  #callFor(desk: Desk, action: TalkAction): LiveCall {
    const call = this.#callOf(desk)
    const state = talkState(call, desk.agent)
    if (!TALK_MOVES[state][action])
      throw new Refusal('wrongStatus', `${action} is not possible while ${state}`)
    return call
  }

  /** Whether, now that the engine has answered, the call is still the one at the desk. */
  #isStillAt(desk: Desk, call: LiveCall): desk is Desk & { call: NonNullable<Desk['call']> } {
    return this.#calls.get(call.id) === call && desk.call?.id === call.id
  }

  #keepHold(desk: Desk, call: LiveCall, onHold: boolean): void {
    if (!this.#isStillAt(desk, call)) return
    const { append, clock } = this.#deps
    enterStage(call, onHold ? 'onHold' : 'talking', clock.now())
    append({ type: onHold ? 'callHeld' : 'callResumed', call: call.id, agent: desk.agent })
    showTalk(this.#stage, call)
  }

  #mustRing(agent: AgentId, offer: OfferId): Desk {
    const desk = this.#deskOf(agent)
    if (desk.offer?.id !== offer)
      throw new Refusal(
        'offerGone',
        `Offer ${offer} does not ring at this desk: ${whatStands(this.#stage, desk)}`,
      )
    return desk
  }
}

function mustNotBeInCall({ phoneMode, status }: Desk, mode: PhoneMode): void {
  if (phoneMode !== mode && (status === 'ringing' || status === 'talking'))
    throw new Refusal('wrongStatus', `The phone cannot be changed in a call: the agent is ${status}`)
}

/** Asked anew, because a line can go while the engine is asked about it. */
function isDown(desk: Desk): boolean {
  return desk.line === 'down'
}
