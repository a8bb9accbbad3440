/** How a queue is served: what an administrator sets, checked by check-queues.ts before it is saved. */
import type { CourseId, QueueId } from '#core/lib/ids.ts'
import type { OpeningHours } from './opening-hours.ts'
import { type SkillRules, SPEAKS_THE_LANGUAGE } from './skill-rules.ts'

/**
 * Who is asked first among those who may be asked. Ties are broken by the longest idle time, then by the agent's id.
 *
 * - `longestIdle`: whoever has been free longest.
 * - `bestSkill`: the best at what the queue asks for.
 * - `fewestCalls`: whoever has answered fewest since signing on.
 * - `ringAll`: everybody at once; the first to accept has it. For emergencies.
 */
export const AGENT_ORDERS = ['longestIdle', 'bestSkill', 'fewestCalls', 'ringAll'] as const
export type AgentOrder = (typeof AGENT_ORDERS)[number]

/** What is done with a caller who cannot wait here (any longer). Nobody is left without a word. */
export type Otherwise =
  | { readonly do: 'overflow'; readonly to: QueueId }
  | { readonly do: 'takeMessage' }
  | { readonly do: 'hangUp' }

export type QueueSettings = {
  readonly queue: QueueId
  readonly order: AgentOrder
  readonly skills: SkillRules
  /** How long an offer rings before the agent has missed it. */
  readonly ringSeconds: number
  /** So many offers missed one after another make an agent unavailable. */
  readonly missesBeforeUnavailable: number
  /** A caller who gives up sooner is counted apart: nobody could have answered him. */
  readonly shortAbandonSeconds: number
  /** When so many callers wait on the line, callbacks not counted, and nobody is free for one more. */
  readonly full?: { readonly waitingMax: number; readonly then: Otherwise }
  /** When somebody has waited in this queue for so long. */
  readonly tooLong?: { readonly waitSecondsMax: number; readonly then: Otherwise }
  /** When nobody who serves it is signed on, on arrival or later. Who is back waits a while for somebody (directWaitSeconds). */
  readonly nobodyOnDuty?: { readonly then: Otherwise }
  /** Always open without it. Whoever waits at closing time is served, or sent away with the others. */
  readonly hours?: {
    readonly open: OpeningHours
    readonly then: Otherwise
    readonly atClosing: 'serve' | 'sendAway'
  }
  /**
   * Courses in which whoever is asked must be attested. The engine does not know them: it is told of agents without the
   * queues they may not be asked for; see core/learning/qualification.ts.
   */
  readonly courses?: readonly CourseId[]
  /** How long an ordinary call keeps an agent, until enough have been measured. */
  readonly expectedHandleSeconds: number
}

export type RoutingSettings = {
  /** What one step of priority is worth. Everybody ages alike, so nobody starves: a head start is all there is. */
  readonly headStartSeconds: number
  /**
   * How long a call waits for who may still come: one transferred to an agent for him, before others are asked; one who is
   * back in a queue that nobody serves for anybody, before that queue's rule for it holds.
   */
  readonly directWaitSeconds: number
}

export const DEFAULT_ROUTING_SETTINGS: RoutingSettings = { headStartSeconds: 120, directWaitSeconds: 30 }

/** A call passed on from queue to queue so often is asked for a message. Loops are refused when saved; this bounds the rest. */
export const OVERFLOWS_MAX = 8

export function defaultQueueSettings(queue: QueueId): QueueSettings {
  return {
    queue,
    order: 'longestIdle',
    skills: SPEAKS_THE_LANGUAGE,
    ringSeconds: 20,
    missesBeforeUnavailable: 1,
    shortAbandonSeconds: 5,
    expectedHandleSeconds: 180,
  }
}
