/**
 * A call that its agent gives away without asking anybody first: to another queue, to one
 * colleague, to somebody outside, or back to the queue it came from. His part is over
 * at once. Whatever comes of it, the citizen is never without a place: whoever cannot be reached
 * outside is back in his queue, where he was.
 */
import type { AgentId, PartyId, QueueId } from '#core/lib/ids.ts'
import { askPatiently, CONNECT_TRIES, TOLD_WITHIN_MS } from './asked-of-engine.ts'
import type { CitizenSide } from './citizen-side.ts'
import { hostOf, withParty } from './consult-side.ts'
import type { Desk } from './desk.ts'
import { enterStage, type LiveCall } from './live-call.ts'
import type { Unreached } from './ports.ts'
import type { RoutingSide } from './routing-side.ts'
import type { Stage, StageDeps } from './stage.ts'

type Others = {
  routing: RoutingSide
  citizens: CitizenSide
  endAtDesk(desk: Desk): void
}

export class TransferSide {
  readonly #stage: Stage
  readonly #deps: StageDeps
  readonly #others: Others

  constructor(stage: Stage, others: Others) {
    this.#stage = stage
    this.#deps = stage.deps
    this.#others = others
  }

  /** He waits there from now on: what he has waited for is another matter. */
  toQueue(call: LiveCall, desk: Desk, queue: QueueId): void {
    this.#giveAway(call, desk, { queue })
    call.queue = queue
    call.queuedAt = this.#deps.clock.now()
    this.#others.routing.waitInQueue(call)
  }

  /** In his own queue and at his place, but for this colleague, as long as that one may be reached. */
  toAgent(call: LiveCall, desk: Desk, agent: AgentId): void {
    this.#giveAway(call, desk, { agent })
    this.#others.routing.waitAgain(call, { only: agent })
  }

  returnToQueue(call: LiveCall, desk: Desk): void {
    const { append, log } = this.#deps
    const { agent } = desk
    if (!call.queue) return
    append({ type: 'returnedToQueue', call: call.id, agent, queue: call.queue })
    log.info({ call: call.id, agent, queue: call.queue }, 'returned to the queue')
    this.#part(call, desk)
    this.#others.routing.waitAgain(call)
  }

  toOutside(call: LiveCall, desk: Desk, { party, number }: { party: PartyId; number: string }): void {
    const { clock, log, media } = this.#deps
    const now = clock.now()
    this.#giveAway(call, desk, { number })
    enterStage(call, 'dialling', now)
    call.helper = { party, number, isThere: false, since: now }
    this.#others.citizens.tell(call, 'startMusic', () => media.startMusic(call.id))
    media.dialOut({ party, trunk: call.trunk, number, callerId: call.did }).catch((error: unknown) => {
      log.warn({ call: call.id, party, error: String(error) }, 'nobody outside could be called')
      this.failed(party, 'unreachable')
    })
  }

  answered(party: PartyId): void {
    const call = withParty(this.#stage.calls, party)
    if (!call?.helper || !('party' in call.helper)) return
    const { append, clock, log, media } = this.#deps
    const { helper } = call
    enterStage(call, 'outside', clock.now())
    call.helper = { ...helper, isThere: true, since: clock.now() }
    append({ type: 'outsideConnected', call: call.id, number: helper.number })
    log.info({ call: call.id, party }, 'talks with somebody outside')
    const isWanted = () => withParty(this.#stage.calls, party) === call
    askPatiently(clock, {
      ask: () => media.gather(hostOf(helper), [{ call: call.id }]),
      tries: CONNECT_TRIES,
      isWanted,
      note: (error) => log.warn({ call: call.id, party, error }, 'citizen and party could not be connected'),
      failed: () => clock.after(TOLD_WITHIN_MS, () => isWanted() && this.#unheard(call, party)),
    })
  }

  /** Both are there, and neither hears the other: the citizen is back at his place. */
  #unheard(call: LiveCall, party: PartyId): void {
    this.callEnded(call)
    this.failed(party, 'unreachable')
  }

  failed(party: PartyId, cause: Unreached): void {
    const call = withParty(this.#stage.calls, party)
    if (!call?.helper || !('party' in call.helper)) return
    const { number } = call.helper
    call.helper = undefined
    this.#deps.append({ type: 'outsideFailed', call: call.id, number, cause })
    this.#deps.log.info({ call: call.id, party, cause }, 'nobody outside was reached')
    this.#others.routing.waitAgain(call)
  }

  /** He has hung up on the citizen: there is nobody else in this call. */
  gone(party: PartyId): void {
    const call = withParty(this.#stage.calls, party)
    if (!call) return
    call.helper = undefined
    this.#others.citizens.hangUp(call)
  }

  /** With the citizen's part the party's is over. */
  callEnded({ helper }: LiveCall): void {
    if (!helper || !('party' in helper)) return
    const { party } = helper
    this.#deps.media.hangUpParty(party).catch((error: unknown) => {
      this.#deps.log.warn({ party, error: String(error) }, 'a party outside could not be hung up')
    })
  }

  #giveAway(
    call: LiveCall,
    desk: Desk,
    to: { queue: QueueId } | { agent: AgentId } | { number: string },
  ): void {
    const { append, log } = this.#deps
    append({ type: 'callTransferred', call: call.id, agent: desk.agent, kind: 'blind', to })
    log.info({ call: call.id, agent: desk.agent, to: Object.keys(to)[0] }, 'transferred')
    this.#part(call, desk)
  }

  #part(call: LiveCall, desk: Desk): void {
    call.agent = undefined
    this.#others.endAtDesk(desk)
  }
}
