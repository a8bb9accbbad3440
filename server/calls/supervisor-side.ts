/** What a supervisor can do about agents' time. Each request is checked against the desk as it is now. */
import type { AgentId, StaffId } from '#core/lib/ids.ts'
import { Refusal } from '../errors.ts'
import type { AgentSide } from './agent-side.ts'
import type { Conductor } from './conductor.ts'
import type { Desk } from './desk.ts'

export class SupervisorSide {
  readonly #stage: Conductor
  readonly #agents: AgentSide

  constructor(stage: Conductor, agents: AgentSide) {
    this.#stage = stage
    this.#agents = agents
  }

  /** At once, or when the agent is done with the call. */
  putOnBreak(agent: AgentId, reason: string, by: StaffId): void {
    this.#stage.time.askForBreak(this.#deskOf(agent), reason, { cause: 'supervisor', by })
  }

  /** A wrap-up is ended by it; its call is classified later. */
  makeAvailable(agent: AgentId, by: StaffId): void {
    const desk = this.#deskOf(agent)
    const doing = { cause: 'supervisor', by } as const
    if (desk.status === 'wrapUp') return this.#stage.time.endWrapUp(desk, doing)
    this.#agents.becomeAvailable(agent, doing)
  }

  signOut(agent: AgentId, by: StaffId): void {
    this.#deskOf(agent)
    this.#agents.signOff(agent, { cause: 'supervisor', by })
  }

  decideOnBreak(agent: AgentId, action: 'approve' | 'refuse', by: StaffId): void {
    this.#stage.time.decide(this.#deskOf(agent), action, by)
  }

  #deskOf(agent: AgentId): Desk {
    const desk = this.#stage.book.desks.get(agent)
    if (!desk || desk.status === 'signedOut') throw new Refusal('wrongStatus', 'The agent is not on shift')
    return desk
  }
}
