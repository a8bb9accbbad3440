/** What must hold of the queue engine in any order of events, shown by chance with printed seeds. */
import { expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES, type CallLanguage } from '#core/lib/languages.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { QueueEngine } from './queue-engine.ts'
import type { RoutingCommand, RoutingEvent } from './routing-events.ts'

const QUEUES = ['admission', 'tech', 'trust'] as QueueId[]
const AGENTS = Array.from({ length: 6 }, (_, n) => `a${n}` as AgentId)

test('in any order of events, a call is in one place, an agent has one offer, nobody waits beside a free agent', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = seededRandom(seed)
    const engine = new QueueEngine({ ringSeconds: 3, missesBeforeUnavailable: 1 + (seed % 2) })
    const world = new World()
    for (let second = 0; second < 250; second++) {
      const event = anyEvent(random, second, world)
      const commands = engine.handle(event, second * 1000)
      world.follow(event, commands)
      expect(problemOf(engine, world), `seed ${seed}, second ${second}, ${event.type}`).toBeUndefined()
    }
  }
})

test('in any order of events, the callers of a queue and language are first offered in the order of their arrival', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = seededRandom(seed)
    const engine = new QueueEngine({ ringSeconds: 3, missesBeforeUnavailable: 1 })
    const world = new World()
    const lastOffered = new Map<string, number>()
    for (let second = 0; second < 250; second++) {
      const event = anyEvent(random, second, world)
      for (const command of world.follow(event, engine.handle(event, second * 1000))) {
        if (command.do !== 'offer' || (world.offersOf.get(command.call) ?? 0) > 1) continue
        const { line, ordinal } = world.arrivals.get(command.call) ?? { line: '', ordinal: 0 }
        expect(ordinal, `seed ${seed}, second ${second}`).toBeGreaterThan(lastOffered.get(line) ?? 0)
        lastOffered.set(line, ordinal)
      }
    }
  }
})

test('the same events give the same decisions', () => {
  const events = new World()
  const random = seededRandom(11)
  const first = new QueueEngine()
  const again = new QueueEngine()
  for (let second = 0; second < 500; second++) {
    const event = anyEvent(random, second, events)
    const commands = events.follow(event, first.handle(event, second * 1000))
    expect(again.handle(event, second * 1000)).toEqual(commands)
  }
})

test('ten thousand callers wait without slowing a decision', () => {
  const engine = new QueueEngine()
  for (let n = 0; n < 10_000; n++) {
    engine.handle(
      {
        type: 'callArrived',
        call: `c${n}` as CallId,
        queue: QUEUES[n % 3] as QueueId,
        language: CALL_LANGUAGES[n % 2] as CallLanguage,
      },
      n,
    )
  }
  const started = performance.now()
  for (let n = 0; n < 5_000; n++) {
    const agent = `a${n}` as AgentId
    const [offer] = engine.handle(
      { type: 'agentBecameAvailable', agent, queues: QUEUES, languages: CALL_LANGUAGES },
      10_000 + n,
    )
    if (offer?.do !== 'offer') throw new Error('somebody waits')
    expect(offer.call).toBe(`c${n}`)
    engine.handle({ type: 'agentAnswered', agent, offer: offer.offer }, 10_000 + n)
  }
  // Generous: a tenth of it is ordinary. A decision that looks at every caller takes a hundred times as long.
  expect(performance.now() - started).toBeLessThan(2_000)
})

/** What an onlooker knows from events and commands alone. */
class World {
  readonly arrivals = new Map<CallId, { line: string; ordinal: number }>()
  readonly present = new Set<CallId>()
  /** Agents who are idle or being asked. */
  readonly onDuty = new Set<AgentId>()
  readonly offers = new Map<OfferId, { call: CallId; agent: AgentId }>()
  readonly offersOf = new Map<CallId, number>()
  readonly overOffers: { offer: OfferId; call: CallId; agent: AgentId }[] = []

  follow(event: RoutingEvent, commands: RoutingCommand[]): RoutingCommand[] {
    if (commands.some((command) => command.do === 'logIgnored')) return commands
    if (event.type === 'callArrived') {
      this.arrivals.set(event.call, {
        line: `${event.queue} ${event.language}`,
        ordinal: this.arrivals.size + 1,
      })
      this.present.add(event.call)
    }
    if (event.type === 'callerHungUp') this.present.delete(event.call)
    if (event.type === 'agentBecameAvailable') this.onDuty.add(event.agent)
    if (event.type === 'agentLeft') this.onDuty.delete(event.agent)
    if ('offer' in event) this.#over(event.offer)
    for (const command of commands) {
      if (command.do === 'withdrawOffer') this.#over(command.offer)
      if (command.do === 'connect') this.present.delete(command.call)
      if (command.do === 'connect' || command.do === 'makeUnavailable') this.onDuty.delete(command.agent)
      if (command.do !== 'offer') continue
      this.offers.set(command.offer, command)
      this.offersOf.set(command.call, (this.offersOf.get(command.call) ?? 0) + 1)
    }
    return commands
  }

  #over(offer: OfferId): void {
    const over = this.offers.get(offer)
    if (over) this.overOffers.push({ offer, ...over })
    this.offers.delete(offer)
  }
}

function problemOf(engine: QueueEngine, world: World): string | undefined {
  const { waiting, offers, idle } = engine.snapshot()
  const places = [...waiting.map(({ call }) => call), ...offers.map((offer) => offer.waiting.call)]
  if (new Set(places).size !== places.length) return 'a call is in two places'
  if (places.length !== world.present.size || places.some((call) => !world.present.has(call)))
    return 'a call is lost or left over'

  const agents = [...idle.map(({ agent }) => agent), ...offers.map((offer) => offer.idle.agent)]
  if (new Set(agents).size !== agents.length) return 'an agent is in two places'
  if (agents.length !== world.onDuty.size || agents.some((agent) => !world.onDuty.has(agent)))
    return 'an agent is lost or left over'

  const known = [...world.offers].map(([offer, { call, agent }]) => `${offer} ${call} ${agent}`).sort()
  const standing = offers.map(({ offer, waiting, idle }) => `${offer} ${waiting.call} ${idle.agent}`).sort()
  if (known.join() !== standing.join()) return 'the offers announced are not those that stand'

  const unfair = waiting.find(({ queue, language }) =>
    idle.some((agent) => agent.queues.includes(queue) && agent.languages.includes(language)),
  )
  if (unfair) return `${unfair.call} waits although an agent is free`
  return positionProblem(engine)
}

function positionProblem(engine: QueueEngine): string | undefined {
  const counted = new Map<string, number>()
  for (const { call, queue, language } of engine.snapshot().waiting) {
    const line = `${queue} ${language}`
    const position = (counted.get(line) ?? 0) + 1
    counted.set(line, position)
    if (engine.positionOf(call) !== position)
      return `${call} is at ${position}, not ${engine.positionOf(call)}`
  }
  return undefined
}

/** Something that can happen now, sensible or crossed on the wire. */
function anyEvent(random: () => number, second: number, world: World): RoutingEvent {
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.5)
  const offers = [...world.offers].map(([offer, rest]) => ({ offer, ...rest }))
  const { offer, agent } = any(
    random() < 0.9 && offers.length > 0
      ? offers
      : [...world.overOffers, { offer: 'none' as OfferId, agent: 'a0' as AgentId }],
  )
  const kind = random()
  if (kind < 0.33)
    return {
      type: 'callArrived',
      call: `c${second}` as CallId,
      queue: any(QUEUES),
      language: any(CALL_LANGUAGES),
    }
  if (kind < 0.36)
    return {
      type: 'callArrived',
      call: any([...world.present, 'c0' as CallId]),
      queue: any(QUEUES),
      language: 'uz',
    }
  if (kind < 0.46) return { type: 'callerHungUp', call: `c${Math.floor(random() * (second + 1))}` as CallId }
  if (kind < 0.66)
    return {
      type: 'agentBecameAvailable',
      agent: any(AGENTS),
      queues: some(QUEUES),
      languages: some(CALL_LANGUAGES),
    }
  if (kind < 0.72) return { type: 'agentLeft', agent: any(AGENTS) }
  if (kind < 0.82) return { type: 'agentAnswered', agent, offer }
  if (kind < 0.87) return { type: 'agentMissedOffer', agent, offer }
  if (kind < 0.91) return { type: 'agentDeclinedOffer', agent, offer }
  if (kind < 0.95) return { type: 'offerFailed', agent, offer, cause: 'noLine' }
  return { type: 'timerRang', timer: offer }
}
