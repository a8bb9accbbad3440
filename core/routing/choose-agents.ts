/** Who is asked for a call: the order of a queue, applied to the idle agents who may take it. */
import { unreachable } from '#core/lib/assert.ts'
import type { Instant } from '#core/lib/time.ts'
import type { QueueSettings } from './queue-settings.ts'
import type { WaitingCall } from './routing-events.ts'
import { hasSkills, needsAfter, skillScore } from './skill-rules.ts'
import type { Agent } from './staff-book.ts'

/** So many are asked at once where everybody is asked: each is a phone that rings. */
export const RING_ALL_MAX = 40

export function mayTake(
  agent: Pick<Agent, 'agent' | 'serves'>,
  waiting: WaitingCall,
  settings: QueueSettings,
  now: Instant,
): boolean {
  if (waiting.only) return waiting.only === agent.agent
  return (
    agent.serves.queues.includes(waiting.queue) &&
    hasSkills(agent.serves.skills, needsAfter(settings.skills, now - waiting.since), waiting.language)
  )
}

/** `free`: those who may take the call, longest idle first. Returns one, several where all are asked, or none. */
export function chooseAgents(
  free: readonly Agent[],
  waiting: WaitingCall,
  { order, skills }: QueueSettings,
): readonly Agent[] {
  switch (order) {
    case 'longestIdle':
      return free.slice(0, 1)
    case 'bestSkill':
      return best(free, ({ serves }) => skillScore(serves.skills, skills, waiting.language))
    case 'fewestCalls':
      return best(free, ({ answered }) => -answered)
    case 'ringAll':
      return free.slice(0, RING_ALL_MAX)
    default:
      return unreachable(order)
  }
}

/** The first of those with the highest score, so that the longest idle breaks a tie. */
function best(free: readonly Agent[], score: (agent: Agent) => number): readonly Agent[] {
  let chosen: { agent: Agent; score: number } | undefined
  for (const agent of free) {
    const mark = score(agent)
    if (!chosen || mark > chosen.score) chosen = { agent, score: mark }
  }
  return chosen ? [chosen.agent] : []
}
