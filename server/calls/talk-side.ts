/**
 * What an agent can ask for with the call he has, besides holding and muting: somebody
 * else is asked in, or gets it. Each request is checked by core/calls/talk-moves.ts
 * against the call as it is now; what crosses with an event of the engine is refused and
 * changes nothing.
 */
import { randomUUID } from 'node:crypto'
import { TALK_MOVES, type TalkAction } from '#core/calls/talk-moves.ts'
import type { AgentId, PartyId, QueueId } from '#core/lib/ids.ts'
import { Refusal } from '../errors.ts'
import { orRefused } from './asked-of-engine.ts'
import type { Conductor } from './conductor.ts'
import { hostOf } from './consult-side.ts'
import type { Desk } from './desk.ts'
import { type Helper, type LiveCall, talkState } from './live-call.ts'
import type { StageDeps } from './stage.ts'
import { whatStands } from './talk-view.ts'

export type TransferTo = { agent: AgentId } | { queue: QueueId } | { number: string }
export type ConsultWith = { agent: AgentId } | { number: string }

export class TalkSide {
  readonly #stage: Conductor
  readonly #deps: StageDeps

  constructor(stage: Conductor) {
    this.#stage = stage
    this.#deps = stage.deps
  }

  transfer(agent: AgentId, to: TransferTo): void {
    const { transfers } = this.#stage
    const { call, desk } = this.#talk(agent, 'transfer')
    if ('queue' in to) return transfers.toQueue(call, desk, to.queue)
    if ('number' in to) return transfers.toOutside(call, desk, this.#newParty(to.number))
    const colleague = this.#colleague(to.agent, agent)
    transfers.toAgent(call, desk, colleague.agent)
  }

  returnToQueue(agent: AgentId): void {
    const { call, desk } = this.#talk(agent, 'returnToQueue')
    if (!call.queue) throw new Refusal('wrongStatus', 'The call came from no queue')
    this.#stage.transfers.returnToQueue(call, desk)
  }

  consult(agent: AgentId, whom: ConsultWith): void {
    const { consults } = this.#stage
    const { call, desk } = this.#talk(agent, 'consult')
    if ('number' in whom) return consults.callOutside(call, desk, this.#newParty(whom.number))
    consults.askColleague(call, desk, this.#freeColleague(whom.agent, agent))
  }

  /** The helper is let go, and the agent talks with the citizen again. */
  async endConsult(agent: AgentId): Promise<void> {
    const { call } = this.#talk(agent, 'endConsult')
    const { helper } = call
    await orRefused(this.#deps.media.gather({ agent }, [{ call: call.id }]), 'callGone')
    this.#mustStill(agent, { call, helper, action: 'endConsult' })
    this.#stage.consults.ended(call)
  }

  async confer(agent: AgentId): Promise<void> {
    const { call } = this.#talk(agent, 'confer')
    const helper = this.#helperOf(call)
    await orRefused(this.#deps.media.gather({ agent }, [{ call: call.id }, hostOf(helper)]), 'callGone')
    this.#mustStill(agent, { call, helper, action: 'confer' })
    this.#stage.consults.conferring(call)
  }

  async handOver(agent: AgentId): Promise<void> {
    const { call, desk } = this.#talk(agent, 'handOver')
    const helper = this.#helperOf(call)
    await orRefused(this.#deps.media.gather(hostOf(helper), [{ call: call.id }]), 'callGone')
    this.#mustStill(agent, { call, helper, action: 'handOver' })
    this.#stage.consults.handedOver(call, desk)
  }

  stopHelping(agent: AgentId): void {
    this.#talk(agent, 'stopHelping')
    const desk = this.#stage.book.desks.get(agent)
    if (desk) this.#stage.consults.stoppedHelping(desk, 'helperLeft')
  }

  /** The call in which the agent has a part that allows this. */
  #talk(agent: AgentId, action: TalkAction): { call: LiveCall; desk: Desk } {
    const desk = this.#stage.book.desks.get(agent)
    const call = desk?.call && this.#stage.calls.get(desk.call.id)
    if (!call || desk.call?.endedAt !== undefined)
      throw new Refusal(
        'callGone',
        `There is no call for ${action}: ${desk ? whatStands(this.#stage, desk) : 'the agent is signedOut'}`,
      )
    const state = talkState(call, agent)
    if (!TALK_MOVES[state][action])
      throw new Refusal('wrongStatus', `${action} is not possible while ${state}`)
    return { call, desk }
  }

  /** The engine has done it; whoever went meanwhile has been told of beside it. */
  #mustStill(
    agent: AgentId,
    { call, helper, action }: { call: LiveCall; helper: Helper | undefined; action: TalkAction },
  ): void {
    if (call.helper !== helper) throw new Refusal('callGone', 'Whoever was asked in has gone')
    this.#talk(agent, action)
  }

  #helperOf({ helper }: LiveCall): Helper {
    if (!helper) throw new Refusal('wrongStatus', 'Nobody was asked in')
    return helper
  }

  #colleague(agent: AgentId, asks: AgentId): Desk {
    const desk = this.#stage.book.desks.get(agent)
    if (!desk || agent === asks || desk.status === 'signedOut' || desk.isLeaving)
      throw new Refusal('agentNotFree', `Agent ${agent} is not there`)
    return desk
  }

  #freeColleague(agent: AgentId, asks: AgentId): Desk {
    const desk = this.#colleague(agent, asks)
    if (desk.status !== 'available') throw new Refusal('agentNotFree', `Agent ${agent} is ${desk.status}`)
    return desk
  }

  #newParty(typed: string): { party: PartyId; number: string } {
    const verdict = this.#deps.mayDial(typed)
    if ('refused' in verdict)
      throw new Refusal('numberNotAllowed', `The number is not dialled: ${verdict.refused}`)
    return { party: randomUUID() as string as PartyId, number: verdict.dial }
  }
}
