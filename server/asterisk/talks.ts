/**
 * Who talks with whom: moves of a citizen and an agent together. Requests that belong
 * together are made in one go and Asterisk carries them out in that order; waiting
 * between them would let another move slip in.
 */
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { AgentLines } from './agent-lines.ts'
import type { Citizen, CitizenChannels } from './citizen-channels.ts'

export class Talks {
  readonly #citizens: CitizenChannels
  readonly #agents: AgentLines

  constructor(citizens: CitizenChannels, agents: AgentLines) {
    this.#citizens = citizens
    this.#agents = agents
  }

  with(agent: AgentId): Citizen | undefined {
    return this.#citizens.all().find((citizen) => citizen.connectedTo === agent)
  }

  async connect(call: CallId, agent: AgentId): Promise<void> {
    const citizen = this.#citizens.of(call)
    if (citizen.connectedTo && citizen.connectedTo !== agent) await this.leave(citizen)
    await Promise.all([this.#citizens.hush(citizen), this.#agents.join(citizen, agent)])
    citizen.connectedTo = agent
    // Talking has no time limit: it goes on even if we die now.
    await this.#citizens.keep(citizen)
  }

  /** Before anything is played to a citizen: not while he talks with somebody. */
  async aside(call: CallId): Promise<void> {
    await this.leave(this.#citizens.of(call))
  }

  async leave(citizen: Citizen): Promise<void> {
    const agent = citizen.connectedTo
    if (!agent) return
    citizen.connectedTo = undefined
    await Promise.all([this.#agents.part(agent, citizen), this.#citizens.keep(citizen)])
  }

  /** A citizen must not sit in silence where an agent was. */
  async musicAlone(citizen: Citizen): Promise<void> {
    await Promise.all([this.leave(citizen), this.#citizens.startMusic(citizen.call)])
  }
}
