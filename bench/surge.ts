/**
 * Surge: 400 callers in eight seconds, 40 agents, talks of a second. How long until the
 * last has been served, against the least that any queue could take, and app_queue.
 */
import { passed } from '../tools/callers/citizen.ts'
import type { BenchOptions } from './lib/context.ts'
import { CallerCrowd } from './lib/caller-crowd.ts'
import { atLeast, atMost, type Measure, median } from './lib/measure.ts'
import { interleaved } from './lib/pairs.ts'
import type { QueueSide } from './lib/queue-side.ts'
import { type NextNumber, rest, withTwoQueues } from './lib/two-queues.ts'

const PAIRS = 5
const AGENTS = 40
const CALLERS = 400
const CALLERS_PER_SECOND = 50
const TALK_MS = 1_000
const OF_THE_LEAST = 1.05
const TIMES_FASTER = 1.5

type Drained = { seconds: number; least: number; answered: number }

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withTwoQueues(options, AGENTS, async (queues, nextNumber) => {
    const pairs = await interleaved(PAIRS, queues, async (side, round) => {
      const drained = await surge(side, nextNumber)
      options.say(
        `${side.name}, round ${round + 1}: ${drained.seconds.toFixed(2)} s, least ${drained.least.toFixed(2)} s, ${drained.answered} answered`,
      )
      await rest()
      return drained
    })
    return figures(pairs)
  })
}

function figures(pairs: readonly { ours: Drained; peer: Drained }[]): Measure[] {
  const work = `${CALLERS} callers at ${CALLERS_PER_SECOND}/s, ${AGENTS} agents, talks of ${TALK_MS} ms; first INVITE → last call over; median of ${PAIRS} interleaved pairs; peer: app_queue`
  const ours = median(pairs.map((pair) => pair.ours.seconds / pair.ours.least))
  const peer = median(pairs.map((pair) => pair.peer.seconds / pair.peer.least))
  const faster = median(pairs.map((pair) => pair.peer.seconds / pair.ours.seconds))
  const lost = pairs.reduce((sum, pair) => sum + CALLERS - pair.ours.answered, 0)
  return [
    atMost(OF_THE_LEAST, { name: 'surge, × the least possible', work, ours, peer }),
    atLeast(TIMES_FASTER, { name: 'surge, × faster than app_queue', work, ours: faster }),
    atMost(0, { name: 'surge, callers not answered', work: 'all rounds of ours', ours: lost }),
  ]
}

async function surge(side: QueueSide, nextNumber: NextNumber): Promise<Drained> {
  for (const agent of side.agents) agent.reset(() => TALK_MS)
  const crowd = await CallerCrowd.open(side)
  const calls: Promise<void>[] = []
  const started = performance.now()
  for (let n = 0; n < CALLERS; n++) {
    await passed(Math.max(0, started + (n * 1_000) / CALLERS_PER_SECOND - performance.now()))
    calls.push(crowd.dial(nextNumber(side)))
  }
  await Promise.all(calls)
  crowd.close()
  const arrivals = crowd.calls.map(({ invitedAt }) => invitedAt - started)
  const last = Math.max(...crowd.calls.map(({ endedAt = 0 }) => endedAt - started))
  const handled = side.agents.reduce((sum, agent) => sum + agent.handled.length, 0)
  return { seconds: last / 1000, least: leastMs(arrivals) / 1000, answered: handled }
}

/** First come, first served, with no time between talks: nobody can be quicker. */
export function leastMs(arrivals: readonly number[]): number {
  const freeAt = Array.from({ length: AGENTS }, () => 0)
  let last = 0
  for (const arrival of arrivals) {
    const next = freeAt.indexOf(Math.min(...freeAt))
    const end = Math.max(arrival, freeAt[next] ?? 0) + TALK_MS
    freeAt[next] = end
    last = Math.max(last, end)
  }
  return last
}
