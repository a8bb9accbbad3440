/**
 * Somebody asked into a call by its agent: a colleague, or a party outside. The two
 * consult while the citizen hears music, the three confer, and the call may be handed
 * over. What may follow what is core/calls/talk-moves.ts; here it is carried out, and here
 * are all the crossings: whoever leaves, in whatever state, leaves the others in one that
 * makes sense, and never a colleague or a party in a room by themselves.
 */
import type { ConsultEnd } from '#core/calls/talk-moves.ts'
import type { CallId, OfferId, PartyId } from '#core/lib/ids.ts'
import type { CitizenSide } from './citizen-side.ts'
import type { Desk } from './desk.ts'
import type { Somebody } from './events.ts'
import { enterStage, type Helper, type LiveCall } from './live-call.ts'
import type { Host, Member, Unreached } from './ports.ts'
import type { RoutingSide } from './routing-side.ts'
import type { Stage, StageDeps } from './stage.ts'
import { atDesk, showTalk } from './talk-view.ts'

/** How long a colleague's desk rings. */
export const HELP_RING_MS = 20_000

const AS_CONSULT_END: Record<Unreached, ConsultEnd> = {
  busy: 'busy',
  noAnswer: 'missed',
  declined: 'declined',
  unreachable: 'unreachable',
}

type Others = {
  routing: RoutingSide
  citizens: CitizenSide
  ring(desk: Desk, call: LiveCall): void
  stopRinging(desk: Desk, offer: OfferId): void
  /** The agent's part is over, and he has it to wrap up. */
  endAtDesk(desk: Desk): void
  setAdrift(call: LiveCall, desk: Desk): void
  /** Available again: a break that waited for this begins, or he is asked for calls. */
  available(desk: Desk): void
}

export class ConsultSide {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #others: Others

  constructor(stage: Stage, others: Others) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#others = others
  }

  // Asking somebody in --------------------------------------------------------

  /** The colleague is available: nothing else is offered to him meanwhile. */
  askColleague(call: LiveCall, desk: Desk, colleague: Desk): void {
    const { clock, log, lookUpCaller } = this.#deps
    const now = clock.now()
    const { agent } = colleague
    this.#begin(call, desk, { agent, isThere: false, since: now })
    this.#others.routing.route({ type: 'agentLeft', agent })
    this.#stage.book.move(colleague, 'offer', { call: call.id })
    const offer = `${call.id}.help.${now}` as OfferId
    const ringsUntil = now + HELP_RING_MS
    colleague.offer = { id: offer, call: call.id, ringsUntil, askedBy: desk.profile.name }
    call.cancelTimer = clock.after(HELP_RING_MS, () => this.refused(colleague, 'missed'))
    log.info({ call: call.id, agent: desk.agent, colleague: agent }, 'asked for help')
    lookUpCaller(colleague, call)
    if (colleague.phoneMode === 'perCall') this.#others.ring(colleague, call)
    showTalk(this.#stage, call)
  }

  callOutside(call: LiveCall, desk: Desk, { party, number }: { party: PartyId; number: string }): void {
    const { clock, log, media } = this.#deps
    this.#begin(call, desk, { party, number, isThere: false, since: clock.now() })
    log.info({ call: call.id, agent: desk.agent, party }, 'calls outside')
    const dial = { party, trunk: call.trunk, number, callerId: call.did }
    media.dialOut(dial).catch((error: unknown) => {
      log.warn({ call: call.id, party, error: String(error) }, 'nobody outside could be called')
      this.partyFailed(party, 'unreachable')
    })
    showTalk(this.#stage, call)
  }

  #begin(call: LiveCall, { agent }: Desk, helper: Helper): void {
    const { append, clock, media } = this.#deps
    const isTalking = call.stage === 'talking'
    enterStage(call, 'consulting', clock.now())
    call.helper = helper
    if (isTalking) this.#others.citizens.tell(call, 'hold', () => media.hold(call.id))
    append({ type: 'consultStarted', call: call.id, agent, with: somebody(helper) })
  }

  // He answers, or does not ---------------------------------------------------

  /** A colleague took the offer. */
  accepted(colleague: Desk): void {
    const call = this.#askedTo(colleague)
    colleague.offer = undefined
    if (!call) return this.free(colleague)
    this.#stage.book.move(colleague, 'answer', { call: call.id })
    colleague.call = atDesk(call, colleague, this.#deps.clock.now())
    this.#came(call)
  }

  /** A colleague did not take it. Whoever missed it is not at his desk; whoever declined may have his reasons. */
  refused(colleague: Desk, as: 'declined' | 'missed' | 'unreachable'): void {
    const call = this.#askedTo(colleague)
    this.#endRinging(colleague)
    const action = { declined: 'withdraw', missed: 'miss', unreachable: 'loseLine' } as const
    this.#stage.book.move(colleague, action[as])
    this.#others.available(colleague)
    if (call) this.helperGone(call, as)
  }

  /** A colleague goes home while he is asked. */
  left(colleague: Desk): void {
    const call = this.#askedTo(colleague)
    if (colleague.offer?.askedBy === undefined) return
    this.#endRinging(colleague)
    if (call) this.helperGone(call, 'unreachable')
  }

  partyAnswered(party: PartyId): void {
    const call = this.#withParty(party)
    if (call?.stage === 'consulting') return this.#came(call)
    // Nobody waits for him any more.
    this.#hangUpParty(party)
  }

  partyFailed(party: PartyId, cause: Unreached): void {
    const call = this.#withParty(party)
    if (call) this.helperGone(call, AS_CONSULT_END[cause])
  }

  partyGone(party: PartyId): void {
    const call = this.#withParty(party)
    if (call) this.helperGone(call, 'helperLeft')
  }

  #came(call: LiveCall): void {
    const { append, clock } = this.#deps
    const { agent, helper } = call
    if (!agent || !helper) return
    call.cancelTimer?.()
    call.cancelTimer = undefined
    call.helper = { ...helper, isThere: true, since: clock.now() }
    append({ type: 'consultAnswered', call: call.id, agent, with: somebody(helper) })
    this.gather(call)
    showTalk(this.#stage, call)
  }

  // While he is there -----------------------------------------------------------

  /** Whoever is to hear the agent now is with him; also after a new line of his, or of the helper's. */
  gather(call: LiveCall): void {
    const { agent, helper, stage } = call
    if (!agent) return
    const there: Member[] = helper?.isThere ? [memberOf(helper)] : []
    const members = stage === 'conference' || stage === 'talking' ? [{ call: call.id }, ...there] : there
    this.#deps.media.gather({ agent }, members).catch((error: unknown) => {
      this.#deps.log.warn({ call: call.id, agent, error: String(error) }, 'not all could be brought together')
    })
  }

  /** The three hear each other by now. */
  conferring(call: LiveCall): void {
    const { append, clock } = this.#deps
    const { agent, helper } = call
    if (!agent || !helper) return
    enterStage(call, 'conference', clock.now())
    append({ type: 'conferenceStarted', call: call.id, agent, with: somebody(helper) })
    showTalk(this.#stage, call)
  }

  /** The citizen is with the helper by now: it is his call from here on. */
  handedOver(call: LiveCall, desk: Desk): void {
    const { append } = this.#deps
    const { helper } = call
    if (!helper) return
    const { agent } = desk
    this.#letGo(call, 'handedOver')
    append({ type: 'callTransferred', call: call.id, agent, kind: 'attended', to: somebody(helper) })
    this.#others.endAtDesk(desk)
    this.#take(call, helper)
  }

  /** The agent who asked is lost while three talk: they go on without him. */
  takenOver(call: LiveCall): void {
    const { agent, helper } = call
    if (!agent || !helper) return
    this.#letGo(call, 'handedOver')
    const to = somebody(helper)
    this.#deps.append({ type: 'callTransferred', call: call.id, agent, kind: 'attended', to })
    this.#take(call, helper)
    const request = this.#deps.media.gather(hostOf(helper), [{ call: call.id }])
    request.catch((error: unknown) => {
      this.#deps.log.warn(
        { call: call.id, error: String(error) },
        'the helper could not be left with the citizen',
      )
    })
  }

  #take(call: LiveCall, helper: Helper): void {
    const { append, clock, log } = this.#deps
    const now = clock.now()
    if ('party' in helper) {
      call.agent = undefined
      call.helper = helper
      enterStage(call, 'outside', now)
      append({ type: 'outsideConnected', call: call.id, number: helper.number })
      return
    }
    call.agent = helper.agent
    enterStage(call, 'talking', now)
    append({ type: 'callConnected', call: call.id, agent: helper.agent })
    log.info({ call: call.id, agent: helper.agent }, 'handed over')
    const desk = this.#stage.book.desks.get(helper.agent)
    if (desk) desk.call = atDesk(call, desk, now)
    showTalk(this.#stage, call)
  }

  // The end of it ----------------------------------------------------------------

  /** The agent does not want him any more, and talks with the citizen again: that is asked of the engine already. */
  ended(call: LiveCall): void {
    const { append, clock } = this.#deps
    const { agent, stage } = call
    this.dismiss(call, 'ended')
    enterStage(call, 'talking', clock.now())
    if (stage === 'consulting' && agent) append({ type: 'callResumed', call: call.id, agent })
    showTalk(this.#stage, call)
  }

  /** The helper is let go, whatever he is doing. What becomes of the call is the caller's. */
  dismiss(call: LiveCall, as: ConsultEnd): void {
    const { helper } = call
    if (!helper) return
    this.#letGo(call, as)
    if ('party' in helper) return this.#hangUpParty(helper.party)
    const colleague = this.#stage.book.desks.get(helper.agent)
    if (colleague) this.free(colleague)
  }

  /** The call is over, and so is what was talked beside it. */
  callEnded(call: LiveCall): void {
    const { agent, helper } = call
    if (!helper) return
    this.dismiss(call, 'callEnded')
    if (!agent || !helper.isThere) return
    this.#deps.media.gather({ agent }, []).catch((error: unknown) => {
      this.#deps.log.info({ call: call.id, agent, error: String(error) }, 'nobody to part')
    })
  }

  /** He went, or never came. */
  helperGone(call: LiveCall, as: ConsultEnd): void {
    const { clock } = this.#deps
    const { agent, stage, helper } = call
    this.#letGo(call, as)
    if (stage !== 'consulting' && stage !== 'conference') return
    const desk = agent && this.#stage.book.desks.get(agent)
    enterStage(call, stage === 'conference' ? 'talking' : 'onHold', clock.now())
    if (helper?.isThere) this.gather(call)
    if (stage === 'conference' && desk?.line === 'down') this.#others.setAdrift(call, desk)
    showTalk(this.#stage, call)
  }

  /** A colleague leaves by his own wish; on a line that is lost he takes nothing else either. */
  stoppedHelping(colleague: Desk, as: 'helperLeft' | 'lineLost'): void {
    const call = colleague.call && this.#stage.calls.get(colleague.call.id)
    const isHelper = call?.helper && 'agent' in call.helper && call.helper.agent === colleague.agent
    this.free(colleague)
    if (call && isHelper) this.helperGone(call, as)
  }

  #letGo(call: LiveCall, as: ConsultEnd): void {
    const { agent, helper } = call
    if (!helper) return
    call.helper = undefined
    call.cancelTimer?.()
    call.cancelTimer = undefined
    if (agent) this.#deps.append({ type: 'consultEnded', call: call.id, agent, with: somebody(helper), as })
    this.#deps.log.info({ call: call.id, agent, as }, 'consultation ended')
  }

  /** A colleague's desk is as before he was asked. */
  free(colleague: Desk): void {
    const { book } = this.#stage
    if (colleague.status === 'ringing') {
      this.#endRinging(colleague)
      book.move(colleague, 'withdraw')
    } else {
      this.#deps.media.release(colleague.agent).catch((error: unknown) => {
        this.#deps.log.info({ agent: colleague.agent, error: String(error) }, 'no line to release')
      })
      colleague.call = undefined
      colleague.caller = undefined
      book.move(colleague, colleague.line === 'proven' ? 'endHelp' : 'loseCall')
    }
    if (colleague.isLeaving) return this.#stage.leave(colleague)
    this.#others.available(colleague)
    this.#deps.deskChanged(colleague)
  }

  #endRinging(colleague: Desk): void {
    const { offer } = colleague
    colleague.offer = undefined
    colleague.caller = undefined
    if (offer && colleague.phoneMode === 'perCall') this.#others.stopRinging(colleague, offer.id)
  }

  #hangUpParty(party: PartyId): void {
    this.#deps.media.hangUpParty(party).catch((error: unknown) => {
      this.#deps.log.warn({ party, error: String(error) }, 'a party outside could not be hung up')
    })
  }

  /** The call whose agent waits for this colleague. */
  #askedTo({ agent, offer }: Desk): LiveCall | undefined {
    const call = offer && this.#stage.calls.get(offer.call)
    const { helper } = call ?? {}
    return helper && 'agent' in helper && helper.agent === agent && !helper.isThere ? call : undefined
  }

  #withParty(party: PartyId): LiveCall | undefined {
    return withParty(this.#stage.calls, party)
  }
}

export function withParty(calls: ReadonlyMap<CallId, LiveCall>, party: PartyId): LiveCall | undefined {
  return [...calls.values()].find(({ helper }) => helper && 'party' in helper && helper.party === party)
}

export function somebody(helper: Helper): Somebody {
  return 'party' in helper ? { number: helper.number } : { agent: helper.agent }
}

export function memberOf(helper: Helper): Member {
  return hostOf(helper)
}

export function hostOf(helper: Helper): Host {
  return 'party' in helper ? { party: helper.party } : { agent: helper.agent }
}
