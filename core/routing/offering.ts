/** Bringing calls and agents together: who is asked for what, and what becomes of the others. */
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Books } from './books.ts'
import { chooseAgents, mayTake, RING_ALL_MAX } from './choose-agents.ts'
import type { Offer, RoutingCommand, WaitingCall, WithdrawalCause } from './routing-events.ts'
import { ringTimer } from './routing-timers.ts'
import { type Agent, asIdle } from './staff-book.ts'

export class Offering {
  readonly #books: Books

  constructor(books: Books) {
    this.#books = books
  }

  /** Offers the calls at the head of this call's line as long as somebody idle may take them. */
  serve(of: WaitingCall, now: Instant): RoutingCommand[] {
    const line = this.#books.waiting.lineOf(of)
    return this.#serveWhile(() => line[0], now)
  }

  /** Where more than one pair is possible at once: of all lines, whose turn comes first is offered first. */
  serveAll(now: Instant): RoutingCommand[] {
    const { waiting } = this.#books
    return this.#serveWhile(() => waiting.first((head) => this.#books.freeFor(head, now).length > 0), now)
  }

  #serveWhile(next: () => WaitingCall | undefined, now: Instant): RoutingCommand[] {
    const commands: RoutingCommand[] = []
    for (let head = next(); head; head = next()) {
      const chosen = chooseAgents(this.#books.freeFor(head, now), head, this.#books.queue(head.queue))
      if (chosen.length === 0) break
      commands.push(...this.offer(head, chosen, now))
    }
    return commands
  }

  findCallFor(agent: Agent, now: Instant): RoutingCommand[] {
    if (agent.state !== 'idle') return []
    const may = (waiting: WaitingCall) => mayTake(agent, waiting, this.#books.queue(waiting.queue), now)
    const waiting = this.#books.waiting.first(may)
    return waiting ? this.offer(waiting, [agent], now) : this.#joinThoseAsked(agent, now)
  }

  /**
   * Where everybody is asked at once, whoever becomes free while it rings is asked too. Not who has let it ring: asked by
   * turns, it would ring without end, and what ends a caller's wait is looked at only when it rings nowhere.
   */
  #joinThoseAsked(agent: Agent, now: Instant): RoutingCommand[] {
    const { offers } = this.#books
    const rings = offers.all().find(({ waiting }) => {
      const settings = this.#books.queue(waiting.queue)
      const mayRing = settings.order === 'ringAll' && !waiting.only && mayTake(agent, waiting, settings, now)
      const isNew = !offers.hasMissed(agent.agent, waiting.call)
      return mayRing && isNew && offers.of(waiting.call).length < RING_ALL_MAX
    })
    return rings ? this.offer(rings.waiting, [agent], now) : []
  }

  offer(waiting: WaitingCall, agents: readonly Agent[], now: Instant): RoutingCommand[] {
    const { offers, staff } = this.#books
    this.#books.waiting.remove(waiting.call)
    const ringsUntil = now + this.#books.queue(waiting.queue).ringSeconds * 1000
    return agents.flatMap((agent): RoutingCommand[] => {
      // Named after the call, whose name is unique, so that no offer of before a restart can be taken for this one.
      const id = `${waiting.call}.${now}.${this.#books.nextOrdinal()}` as OfferId
      const offer: Offer = { offer: id, waiting, idle: asIdle(agent) }
      staff.move(agent, 'asked')
      offers.add(offer)
      return [{ do: 'offer', ...names(offer), ringsUntil }, ringTimer(id, ringsUntil)]
    })
  }

  /** Takes the offer off the book, if it stands and is this agent's. */
  take({ agent, offer: id }: { agent: AgentId; offer: OfferId }): Offer | undefined {
    const offer = this.#books.offers.get(id)
    if (!offer || offer.idle.agent !== agent) return undefined
    this.#books.offers.remove(offer)
    return offer
  }

  withdraw(offers: readonly Offer[], cause: WithdrawalCause): RoutingCommand[] {
    return offers.map((offer) => {
      this.#books.offers.remove(offer)
      return { do: 'withdrawOffer', ...names(offer), cause }
    })
  }

  /** Agents whose offers were withdrawn for no reason of theirs: idle at their old places, and asked for what waits. */
  freeAgain(offers: readonly Offer[], now: Instant): RoutingCommand[] {
    const { staff } = this.#books
    const agents = offers.flatMap(({ idle }) => staff.get(idle.agent) ?? [])
    for (const agent of agents) staff.move(agent, 'idle')
    // Several at once: it is for a queue's order to say who of them is asked.
    const asked = agents.length > 1 ? this.serveAll(now) : []
    return [...asked, ...agents.flatMap((agent) => this.findCallFor(agent, now))]
  }
}

export function names({ offer, waiting, idle }: Offer): { call: CallId; agent: AgentId; offer: OfferId } {
  return { call: waiting.call, agent: idle.agent, offer }
}
