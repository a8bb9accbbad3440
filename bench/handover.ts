/**
 * Hand-over: callers wait, an agent becomes free, and his phone rings for the next. The
 * time between is the agent's idle time and every waiting caller's extra wait.
 */
import type { BenchOptions } from './lib/context.ts'
import { CallerCrowd } from './lib/caller-crowd.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { atMost, type Measure, median, percentile, ratioAtMost } from './lib/measure.ts'
import { interleaved } from './lib/pairs.ts'
import type { QueueSide } from './lib/queue-side.ts'
import { type NextNumber, rest, withTwoQueues } from './lib/two-queues.ts'

const PAIRS = 5
const AGENTS = 10
const CALLERS = 60
/** Each talk has a length of its own, the same on both sides: what ends in one moment ten times over is said apart. */
const SHORTEST_TALK_MS = 400
const LONGEST_TALK_MS = 1_000
const SEED = 1195
const ROUNDS_AT_ONCE = 3
const TARGET_MS = 30
const SHARE_OF_PEER = 1 / 20

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withTwoQueues(options, AGENTS, async (queues, nextNumber) => {
    const pairs = await interleaved(PAIRS, queues, async (side, round) => {
      const talks = (agent: number) => lengths(seededRandom(SEED + round * AGENTS + agent))
      const gaps = await drain(side, nextNumber, talks)
      options.say(`${side.name}, round ${round + 1}: ${inWords(gaps)}`)
      await rest()
      return gaps
    })
    const atOnce = await interleaved(ROUNDS_AT_ONCE, queues, async (side) => {
      const gaps = await drain(side, nextNumber, () => () => LONGEST_TALK_MS)
      await rest()
      return gaps
    })
    for (const side of ['ours', 'peer'] as const)
      options.say(`all agents free in one moment, ${side}: ${inWords(atOnce.flatMap((pair) => pair[side]))}`)
    const figure = {
      work: `${CALLERS} callers wait for ${AGENTS} agents who talk ${SHORTEST_TALK_MS} to ${LONGEST_TALK_MS} ms; agent free → next INVITE at his phone, milliseconds, p99; median of ${PAIRS} interleaved pairs; peer: app_queue`,
      ours: median(pairs.map(({ ours }) => percentile(ours, 99) ?? Number.POSITIVE_INFINITY)),
      peer: median(pairs.map(({ peer }) => percentile(peer, 99) ?? Number.POSITIVE_INFINITY)),
    }
    return [
      atMost(TARGET_MS, { ...figure, name: 'hand-over, p99' }),
      ratioAtMost(SHARE_OF_PEER, { ...figure, name: 'hand-over, p99, share of app_queue’s' }),
    ]
  })
}

/** From the moment an agent says that he is free; the last calls of each agent, after which nobody waits, have no next. */
async function drain(
  side: QueueSide,
  nextNumber: NextNumber,
  talks: (agent: number) => () => number,
): Promise<number[]> {
  for (const [n, agent] of side.agents.entries()) agent.reset(talks(n))
  const crowd = await CallerCrowd.open(side)
  await Promise.all(Array.from({ length: CALLERS }, () => crowd.dial(nextNumber(side))))
  crowd.close()
  return side.agents.flatMap(({ handled }) =>
    handled.flatMap(({ freeSince, ringAt }) => (freeSince === undefined ? [] : [ringAt - freeSince])),
  )
}

function lengths(random: () => number): () => number {
  return () => SHORTEST_TALK_MS + random() * (LONGEST_TALK_MS - SHORTEST_TALK_MS)
}

function inWords(gaps: readonly number[]): string {
  return `${gaps.length} hand-overs, p50 ${median(gaps)?.toFixed(1)} ms, p99 ${percentile(gaps, 99)?.toFixed(1)} ms`
}
