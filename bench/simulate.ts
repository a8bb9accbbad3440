/** How long half a year of calls takes to simulate: the queue engine and everybody around it. */
import { ordinaryScenario } from '#core/staffing/ordinary-scenario.ts'
import { simulate } from '#core/staffing/simulate.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, median } from './lib/measure.ts'

const CALLS = 150_000
const RUNS = 5
const SECONDS_MAX = 10

export function run({ say }: BenchOptions): Promise<Measure[]> {
  const seconds: number[] = []
  let [notInOrder, passedOver] = [0, 0]
  for (let seed = 1; seed <= RUNS; seed++) {
    const began = performance.now()
    const result = simulate(ordinaryScenario({ calls: CALLS, seed }))
    seconds.push((performance.now() - began) / 1000)
    notInOrder += result.problems.length
    passedOver += result.passedOver
    say(`Seed ${seed}: ${(seconds.at(-1) ?? 0).toFixed(2)} s, occupancy ${result.occupancy.toFixed(3)}`)
  }
  const work = `${CALLS} calls, 40 agents, 3 skills with rules that relax, ${RUNS} runs (seeds 1–${RUNS})`
  return Promise.resolve([
    atMost(SECONDS_MAX, {
      name: 'simulation',
      work: `${work}: median seconds of a run, the slowest ${Math.max(...seconds).toFixed(1)}`,
      ours: median(seconds),
    }),
    atMost(0, {
      name: 'what does not add up',
      work: `${work}: calls lost or counted twice`,
      ours: notInOrder,
    }),
    atMost(0, {
      name: 'passed over',
      work: `${work}: offered before one of their class who came earlier`,
      ours: passedOver,
    }),
  ])
}
