/**
 * Hand-over: callers wait, an agent becomes free, and his phone rings for the next. The
 * time between is the agent's idle time and every waiting caller's extra wait.
 */
import type { BenchOptions } from './lib/context.ts'
import { CallerCrowd } from './lib/caller-crowd.ts'
import { atMost, type Measure, median, percentile, ratioAtMost } from './lib/measure.ts'
import { interleaved } from './lib/pairs.ts'
import type { QueueSide } from './lib/queue-side.ts'
import { type NextNumber, rest, withTwoQueues } from './lib/two-queues.ts'

const PAIRS = 5
const AGENTS = 10
const CALLERS = 60
const TALK_MS = 700
const TARGET_MS = 30
const SHARE_OF_PEER = 1 / 20

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withTwoQueues(options, AGENTS, async (queues, nextNumber) => {
    const pairs = await interleaved(PAIRS, queues, async (side, round) => {
      const gaps = await drain(side, nextNumber)
      options.say(
        `${side.name}, round ${round + 1}: ${gaps.length} hand-overs, p50 ${median(gaps)?.toFixed(1)} ms, p99 ${percentile(gaps, 99)?.toFixed(1)} ms`,
      )
      await rest()
      return gaps
    })
    const figure = {
      work: `${CALLERS} callers wait for ${AGENTS} agents who talk ${TALK_MS} ms; agent free → next INVITE at his phone, milliseconds, p99; median of ${PAIRS} interleaved pairs; peer: app_queue`,
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
async function drain(side: QueueSide, nextNumber: NextNumber): Promise<number[]> {
  for (const agent of side.agents) agent.reset(TALK_MS)
  const crowd = await CallerCrowd.open(side)
  await Promise.all(Array.from({ length: CALLERS }, () => crowd.dial(nextNumber(side))))
  crowd.close()
  return side.agents.flatMap(({ handled }) =>
    handled.flatMap(({ freeSince, ringAt }) => (freeSince === undefined ? [] : [ringAt - freeSince])),
  )
}
