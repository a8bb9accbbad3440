/**
 * Set-up: how long a caller's INVITE takes until he hears the agent, who was idle and
 * answers at once. Ours and app_queue take turns; both record, both answer the caller
 * first, both agents are the same phones.
 */
import { passed } from '../tools/callers/citizen.ts'
import { SipCall } from '../tools/callers/sip-call.ts'
import { AGENT_TONE_HZ, hasTone } from '../tools/callers/tone.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, median, percentile } from './lib/measure.ts'
import { interleaved } from './lib/pairs.ts'
import type { QueueSide } from './lib/queue-side.ts'
import { type NextNumber, rest, withTwoQueues } from './lib/two-queues.ts'

const PAIRS = 5
const AGENTS = 20
const CALLS = 100
const CALLS_PER_SECOND = 10
const TALK_MS = 800
const HEARD_WITHIN_MS = 5_000
const P50_MORE_THAN_PEER_MS = 5
const P99_MORE_THAN_PEER_MS = 25

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withTwoQueues(options, AGENTS, async (queues, nextNumber) => {
    const pairs = await interleaved(PAIRS, queues, async (side, round) => {
      const heard = await callSteadily(side, nextNumber)
      options.say(
        `${side.name}, round ${round + 1}: p50 ${median(heard)?.toFixed(1)} ms, p99 ${percentile(heard, 99)?.toFixed(1)} ms`,
      )
      await rest()
      return heard
    })
    const work = `${CALLS} calls at ${CALLS_PER_SECOND}/s to ${AGENTS} idle agents; INVITE → the agent's voice at the caller, milliseconds; median of ${PAIRS} interleaved pairs; peer: app_queue`
    const figure = (name: string, percent: number) => ({
      name,
      work,
      ours: median(pairs.map(({ ours }) => percentile(ours, percent) ?? Number.POSITIVE_INFINITY)),
      peer: median(pairs.map(({ peer }) => percentile(peer, percent) ?? Number.POSITIVE_INFINITY)),
    })
    const noMoreThanPeerAnd = (ms: number, taken: ReturnType<typeof figure>) =>
      atMost((taken.peer ?? Number.NaN) + ms, taken)
    return [
      noMoreThanPeerAnd(P50_MORE_THAN_PEER_MS, figure('set-up, p50', 50)),
      noMoreThanPeerAnd(P99_MORE_THAN_PEER_MS, figure('set-up, p99', 99)),
    ]
  })
}

async function callSteadily(side: QueueSide, nextNumber: NextNumber): Promise<number[]> {
  for (const agent of side.agents) agent.reset(() => TALK_MS)
  const calls: Promise<number>[] = []
  const started = performance.now()
  for (let n = 0; n < CALLS; n++) {
    // By the clock, not after the call before: a slow answer must not slow the questions.
    await passed(Math.max(0, started + (n * 1_000) / CALLS_PER_SECOND - performance.now()))
    calls.push(heardAfterMs(side, nextNumber(side)))
  }
  return await Promise.all(calls)
}

async function heardAfterMs(side: QueueSide, from: string): Promise<number> {
  const host = '127.0.0.1'
  const call = await SipCall.dial({
    host,
    port: side.port,
    to: `sip:${side.number}@${host}`,
    from,
    userAgent: 'Javob bench',
  })
  const heard = Promise.withResolvers<number>()
  const stop = call.audio.listen(({ at, payload }) => {
    if (hasTone(payload, AGENT_TONE_HZ)) heard.resolve(at - call.invitedAt)
  })
  const late = setTimeout(() => heard.resolve(Number.POSITIVE_INFINITY), HEARD_WITHIN_MS)
  const ms = await Promise.race([heard.promise, call.over.then(() => Number.POSITIVE_INFINITY)])
  clearTimeout(late)
  stop()
  // The agent hangs up; a caller whom nobody answered does so himself.
  if (!Number.isFinite(ms)) await call.hangUp()
  await call.over
  return ms
}
