/** What a simulation has to tell. */
import type { AgentId, QueueId } from '#core/lib/ids.ts'
import type { QueueCounts } from '#core/routing/queue-counts.ts'
import { QUEUE_EXITS } from '#core/routing/routing-events.ts'
import type { AgentTimes } from './agent-hours.ts'
import type { CallbackFigures, CallFigures } from './call-figures.ts'
import type { ToldWaits } from './told-waits.ts'

export type SimulationResult = {
  readonly seed: number
  /** Virtual seconds in which the counted calls arrived. */
  readonly seconds: number
  readonly serviceLevelSeconds: number
  /** The counted calls, each once: how it ended at last, and its whole wait. */
  readonly calls: CallFigures
  /** The same by group of callers. */
  readonly callers: readonly ({ readonly name: string } & CallFigures)[]
  /** Each stay of a counted call in a queue, with the wait there. */
  readonly queues: readonly ({ readonly queue: QueueId } & CallFigures)[]
  readonly callbacks: CallbackFigures
  readonly agents: readonly AgentFigures[]
  /** Of all agents together. */
  readonly occupancy: number
  /** What callers were told of their wait, and how long it was. */
  readonly toldWaits: readonly ToldWaits[]
  /** Calls offered before one of their class who had waited longer: none, or the engine is wrong. */
  readonly passedOver: number
  /** What does not add up: nothing, or the run is worth nothing. */
  readonly problems: readonly string[]
}

export type AgentFigures = {
  readonly agent: AgentId
  readonly group: string
  readonly calls: number
  readonly talkSeconds: number
  readonly wrapUpSeconds: number
  readonly freeSeconds: number
  readonly awaySeconds: number
  readonly occupancy: number
}

export function agentFigures(group: string, times: AgentTimes): AgentFigures {
  return {
    agent: times.agent,
    group,
    calls: times.calls,
    talkSeconds: times.talking / 1000,
    wrapUpSeconds: times.wrapUp / 1000,
    freeSeconds: (times.free + times.ringing) / 1000,
    awaySeconds: times.away / 1000,
    occupancy: occupancyOf([times]),
  }
}

/** Handling ÷ (handling + available). */
export function occupancyOf(times: readonly AgentTimes[]): number {
  const sum = (of: (each: AgentTimes) => number) => times.reduce((all, each) => all + of(each), 0)
  const handling = sum(({ talking, wrapUp }) => talking + wrapUp)
  const available = sum(({ free, ringing }) => free + ringing)
  return handling > 0 ? handling / (handling + available) : 0
}

/** Nobody is lost and nobody is counted twice: by the engine's own books, and by those of an onlooker. */
export function conservationProblems(
  engine: ReadonlyMap<QueueId, Readonly<QueueCounts>>,
  onlooker: ReadonlyMap<QueueId, CallFigures>,
): string[] {
  const problems: string[] = []
  for (const [queue, counts] of engine) {
    const exits = QUEUE_EXITS.reduce((sum, exit) => sum + counts[exit], 0)
    if (counts.offered !== exits + counts.waiting) problems.push(`${queue}: offered is not exits and waiting`)
    const seen = onlooker.get(queue)
    if ((seen?.offered ?? 0) !== counts.offered)
      problems.push(`${queue}: offered ${counts.offered}, seen ${seen?.offered}`)
    for (const exit of [...QUEUE_EXITS, 'waiting'] as const)
      if ((seen?.ends[exit] ?? 0) !== counts[exit])
        problems.push(`${queue}: ${exit} ${counts[exit]}, seen ${seen?.ends[exit]}`)
  }
  return problems
}
