/**
 * The peer of the queue engine: the same decisions, found the obvious way. All
 * callers are in one list, and whenever somebody is free every one of them is
 * looked at. It knows what `queue-load.ts` does and no more.
 */
import type { AgentId, CallId, OfferId, TimerId } from '#core/lib/ids.ts'
import type { QueueSettings } from '#core/routing/queue-settings.ts'
import type { AgentServes, CallArrived, RoutingCommand, RoutingEvent } from '#core/routing/routing-events.ts'
import { hasSkills, needsAfter } from '#core/routing/skill-rules.ts'

type Waiting = CallArrived & { since: number; ordinal: number }
type Idle = AgentServes & { since: number }
type Asked = { offer: OfferId; waiting: Waiting; idle: Idle }

export class NaiveEngine {
  readonly #queues: readonly QueueSettings[]
  /** In the order of arrival. */
  #waiting: Waiting[] = []
  /** Longest idle first. */
  #idle: Idle[] = []
  #asked: Asked[] = []
  #arrived = 0

  constructor(queues: readonly QueueSettings[]) {
    this.#queues = queues
  }

  handle(event: RoutingEvent, now: number): RoutingCommand[] {
    return [...this.#note(event, now), ...this.#pair(now)]
  }

  #note(event: RoutingEvent, now: number): RoutingCommand[] {
    switch (event.type) {
      case 'callArrived':
        return this.#arrives(event, now)
      case 'callerHungUp':
        this.#waiting = this.#waiting.filter(({ call }) => call !== event.call)
        return []
      case 'agentBecameAvailable':
        this.#idle.push({ ...event, since: now })
        return []
      case 'agentAnswered': {
        const asked = this.#endOffer(({ offer }) => offer === event.offer)
        return asked ? [{ do: 'connect', ...names(asked) }] : []
      }
      case 'timerRang':
        return this.#rings(event.timer)
      default:
        throw new Error(`${event.type} is not part of the load`)
    }
  }

  #arrives(event: CallArrived, now: number): RoutingCommand[] {
    const { call, queue, language } = event
    this.#waiting.push({ ...event, since: now, ordinal: ++this.#arrived })
    const position = this.#waiting.filter(
      (other) => other.queue === queue && other.language === language,
    ).length
    const looks = this.#settingsOf(queue).skills.slice(1)
    return [
      { do: 'holdInQueue', call, queue, position },
      ...looks.map(
        ({ fromSeconds }): RoutingCommand => ({
          do: 'startTimer',
          timer: `look ${call}` as TimerId,
          atMs: now + fromSeconds * 1000,
        }),
      ),
    ]
  }

  /** A missed offer: the caller returns to his place, the agent is out. */
  #rings(timer: TimerId): RoutingCommand[] {
    const asked = this.#endOffer(({ offer }) => timer === `ring ${offer}`)
    if (!asked) return []
    this.#waiting = [...this.#waiting, asked.waiting].sort((a, b) => a.ordinal - b.ordinal)
    return [
      { do: 'withdrawOffer', ...names(asked), cause: 'missed' },
      { do: 'makeUnavailable', agent: asked.idle.agent, cause: 'missedOffer' },
    ]
  }

  #pair(now: number): RoutingCommand[] {
    const commands: RoutingCommand[] = []
    for (;;) {
      if (this.#idle.length === 0) return commands
      const pair = this.#firstPair(now)
      if (!pair) return commands
      const { waiting, idle } = pair
      this.#waiting = this.#waiting.filter((other) => other !== waiting)
      this.#idle = this.#idle.filter((other) => other !== idle)
      const offer = `${waiting.call}.${now}` as OfferId
      const asked = { offer, waiting, idle }
      this.#asked.push(asked)
      const ringsUntil = now + this.#settingsOf(waiting.queue).ringSeconds * 1000
      commands.push(
        { do: 'offer', ...names(asked), ringsUntil },
        { do: 'startTimer', timer: `ring ${offer}` as TimerId, atMs: ringsUntil },
      )
    }
  }

  #firstPair(now: number): { waiting: Waiting; idle: Idle } | undefined {
    for (const waiting of this.#waiting) {
      const { skills } = this.#settingsOf(waiting.queue)
      const needs = needsAfter(skills, now - waiting.since)
      const idle = this.#idle.find(
        (agent) => agent.queues.includes(waiting.queue) && hasSkills(agent.skills, needs, waiting.language),
      )
      if (idle) return { waiting, idle }
    }
    return undefined
  }

  #endOffer(isIt: (asked: Asked) => boolean): Asked | undefined {
    const asked = this.#asked.find(isIt)
    this.#asked = this.#asked.filter((other) => other !== asked)
    return asked
  }

  #settingsOf(queue: string): QueueSettings {
    const settings = this.#queues.find((each) => each.queue === queue)
    if (!settings) throw new Error(`There is no queue ${queue}`)
    return settings
  }
}

function names({ offer, waiting, idle }: Asked): { call: CallId; agent: AgentId; offer: OfferId } {
  return { call: waiting.call, agent: idle.agent, offer }
}
