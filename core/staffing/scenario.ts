/** What is simulated: who calls, who works, and how the queues are served. */
import type { QueueId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'
import type { QueueSettings, RoutingSettings } from '#core/routing/queue-settings.ts'
import type { SkillLevels } from '#core/routing/skill-rules.ts'
import type { Arrivals } from './arrivals.ts'
import type { Distribution } from './distributions.ts'

export type Scenario = {
  readonly seed: number
  /** Virtual time begins here, with everybody at work and nobody waiting. */
  readonly startsAt: Instant
  /** So many arrive before the figures begin, because a house that has just opened is emptier than usual. */
  readonly warmUpCalls: number
  /** So many arrive after those, and are counted. */
  readonly calls: number
  readonly arrivals: Arrivals
  readonly callers: readonly CallerGroup[]
  readonly agents: readonly AgentGroup[]
  readonly queues: readonly QueueSettings[]
  readonly routing: RoutingSettings
  /** Answered within this counts as in time. */
  readonly serviceLevelSeconds: number
}

/** Citizens who want the same. `share` is a part of all calls, relative to the other groups' shares. */
export type CallerGroup = {
  readonly name: string
  readonly share: number
  readonly queue: QueueId
  readonly language: CallLanguage
  readonly priority: number
  /** How long they wait before they hang up; without it for ever. */
  readonly patience: Distribution | undefined
  readonly talk: Distribution
  readonly wrapUp: Distribution
  readonly callback: CallbackWish | undefined
}

/** Some ask to be called back rather than to go on waiting. They keep their place; an agent who accepts has them called. */
export type CallbackWish = {
  readonly share: number
  readonly afterSeconds: number
  /** From the agent's accepting until somebody answers, or nobody does. */
  readonly dial: Distribution
  /** The share of those who answer when they are called. */
  readonly reachedShare: number
}

/** Agents who can do the same. */
export type AgentGroup = {
  readonly name: string
  readonly agents: number
  readonly queues: readonly QueueId[]
  readonly skills: SkillLevels
  /** From the first ring to the talk. */
  readonly pickUp: Distribution
  /** The share of offers that an agent lets ring. */
  readonly missShare: number
  /** How long one who was made unavailable stays away. */
  readonly away: Distribution
}
