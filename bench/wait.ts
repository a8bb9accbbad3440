/**
 * The waits that the queue engine gives, against queueing theory: Erlang C where
 * callers wait for ever, Erlang A where they give up. Nobody can do better than
 * theory says; an engine that wastes time does worse.
 *
 * A run of 100 000 calls is chance itself: where agents are busy, its mean wait is
 * off by several per cent, because one long rush weighs much. So a case is run
 * with one seed after another until the standard error of the mean of the runs,
 * which do not know of each other, is below 1 % of what theory says; at least ten
 * times. Seeds are 1000 × the case's number + 1, 2, 3 … The calls in which an
 * empty house fills up come before the count.
 */
import type { QueueId } from '#core/lib/ids.ts'
import { DEFAULT_ROUTING_SETTINGS, defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { type Distribution, NO_TIME } from '#core/staffing/distributions.ts'
import { erlangA, erlangC, type Load } from '#core/staffing/erlang.ts'
import type { Scenario } from '#core/staffing/scenario.ts'
import { simulate } from '#core/staffing/simulate.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, withinPercent } from './lib/measure.ts'

const CALLS = 100_000
/** A few times as long as the slowest case remembers. */
const WARM_UP_CALLS = 5_000
const RUNS_MIN = 10
const RUNS_MAX = 250
const STANDARD_ERROR_MAX = 0.01
const OFF_MAX_PERCENT = 3
const SERVICE_LEVEL_SECONDS = 20
const SERVICE_LEVEL_OFF_MAX_POINTS = 1

type Case = Load & { patienceSeconds?: number }

const CASES: readonly Case[] = [
  { agents: 1, callsPerHour: 10, handleSeconds: 180 },
  { agents: 2, callsPerHour: 30, handleSeconds: 180 },
  { agents: 5, callsPerHour: 75, handleSeconds: 180 },
  { agents: 10, callsPerHour: 150, handleSeconds: 180 },
  { agents: 30, callsPerHour: 540, handleSeconds: 180 },
  { agents: 1, callsPerHour: 30, handleSeconds: 180, patienceSeconds: 120 },
  { agents: 5, callsPerHour: 100, handleSeconds: 180, patienceSeconds: 300 },
  { agents: 10, callsPerHour: 220, handleSeconds: 180, patienceSeconds: 120 },
  { agents: 30, callsPerHour: 600, handleSeconds: 180, patienceSeconds: 180 },
  { agents: 40, callsPerHour: 1000, handleSeconds: 180, patienceSeconds: 120 },
]

export function run({ say }: BenchOptions): Promise<Measure[]> {
  return Promise.resolve(
    CASES.flatMap((one, index) => {
      const measures = measuresOf(one, 1000 * (index + 1))
      say(`${measures[0]?.name}: ${measures[0]?.work}`)
      return measures
    }),
  )
}

type Theory = { name: string; meanWaitSeconds: number; serviceLevel: number | undefined }

function theoryOf(one: Case): Theory {
  const { agents, callsPerHour, patienceSeconds } = one
  const load = `${agents} agents, ${callsPerHour}/h`
  if (patienceSeconds !== undefined) {
    const { meanWaitSeconds } = erlangA({ ...one, patienceSeconds })
    return { name: `A: ${load}, patience ${patienceSeconds} s`, meanWaitSeconds, serviceLevel: undefined }
  }
  const { asaSeconds, serviceLevel } = erlangC(one)
  return {
    name: `C: ${load}`,
    meanWaitSeconds: asaSeconds,
    serviceLevel: serviceLevel(SERVICE_LEVEL_SECONDS),
  }
}

function measuresOf(one: Case, seeds: number): Measure[] {
  const theory = theoryOf(one)
  const waits: number[] = []
  const levels: number[] = []
  let [passedOver, notInOrder] = [0, 0]
  const error = () => standardError(waits) / theory.meanWaitSeconds
  while (waits.length < RUNS_MIN || (error() > STANDARD_ERROR_MAX && waits.length < RUNS_MAX)) {
    const result = simulate(scenarioOf(one, seeds + waits.length + 1))
    waits.push(result.calls.allWaits.mean)
    levels.push(result.calls.serviceLevel)
    passedOver += result.passedOver
    notInOrder += result.problems.length
  }
  const runs = `${waits.length} runs of ${CALLS} calls, seeds ${seeds + 1}–${seeds + waits.length}`
  const { name, serviceLevel } = theory
  return [
    withinPercent(OFF_MAX_PERCENT, {
      name,
      work: `mean wait of all callers, s; ${runs}, standard error ${(100 * error()).toFixed(2)} %. Peer: Erlang`,
      ours: mean(waits),
      peer: theory.meanWaitSeconds,
    }),
    ...(serviceLevel === undefined
      ? []
      : [
          atMost(SERVICE_LEVEL_OFF_MAX_POINTS, {
            name: `${name}, answered within ${SERVICE_LEVEL_SECONDS} s`,
            work: `share off Erlang's ${(100 * serviceLevel).toFixed(1)} %, in points; ${runs}`,
            ours: 100 * Math.abs(mean(levels) - serviceLevel),
          }),
        ]),
    atMost(0, {
      name: `${name}, passed over`,
      work: `callers offered before one who came earlier; ${runs}`,
      ours: passedOver,
    }),
    atMost(0, { name: `${name}, lost`, work: `what does not add up; ${runs}`, ours: notInOrder }),
  ]
}

function scenarioOf({ agents, callsPerHour, handleSeconds, patienceSeconds }: Case, seed: number): Scenario {
  const queue = 'admission' as QueueId
  const exponential = (meanSeconds: number): Distribution => ({ kind: 'exponential', meanSeconds })
  return {
    seed,
    startsAt: 0,
    warmUpCalls: WARM_UP_CALLS,
    calls: CALLS,
    arrivals: { kind: 'steady', perHour: callsPerHour },
    callers: [
      {
        name: 'all',
        share: 1,
        queue,
        language: 'uz',
        priority: 0,
        patience: patienceSeconds === undefined ? undefined : exponential(patienceSeconds),
        talk: exponential(handleSeconds),
        wrapUp: NO_TIME,
        callback: undefined,
      },
    ],
    agents: [
      {
        name: 'all',
        agents,
        queues: [queue],
        skills: fluentIn(['uz']),
        pickUp: NO_TIME,
        missShare: 0,
        away: NO_TIME,
      },
    ],
    queues: [defaultQueueSettings(queue)],
    routing: DEFAULT_ROUTING_SETTINGS,
    serviceLevelSeconds: SERVICE_LEVEL_SECONDS,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function standardError(values: readonly number[]): number {
  const centre = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
  return Math.sqrt(variance / values.length)
}
