/** What a shift at the desk amounts to, figure by figure. */
import { atLeast, atMost, type Measure, median, p95, percentile } from '../lib/measure.ts'
import type { HeapSample } from './heap.ts'
import type { Seen } from './in-page.ts'
import type { Shift } from './shift.ts'

const POP_P95_MS = 300
const LOOK_UP_P99_MS = 30
const SEARCH_P95_MS = 120
const INP_P75_MS = 100
const LIVE_PER_SECOND = 20
/** Of the heap after the first third of the shift. */
const HEAP_GROWTH = 1.05
/** A page is steady up to here (web.dev/cls), and this is one of calls that come and go. */
const MOVED_MAX = 0.1
/** Of the worst call. */
const MOVERS_TOLD = 6
const SLOWEST_TOLD = 6
/** The worst of so many presses is left out, as it is defined (web.dev/inp). */
const PRESSES_PER_OUTLIER = 50
/** Whatever took less than a frame is not told by the browser. */
const ONE_FRAME_MS = 16

export type DeskTaken = {
  shift: Shift
  lookUps: { ours: readonly number[]; peer: readonly number[] }
  pops: readonly number[]
  searchedAnywhere: readonly number[]
  failures: number
}

export function deskFigures(taken: DeskTaken, say: (text: string) => void): Measure[] {
  const { shift, pops } = taken
  const { calls, seconds, heap, scriptKib } = shift
  const parts = calls.flatMap((call) => call.searches)
  const searches = parts.map(({ whole }) => whole)
  const latencies = calls.map(latencyOf)
  const live = calls.reduce((sum, call) => sum + call.live, 0)
  const told = (values: readonly number[]) =>
    `p50 ${median(values)?.toFixed(0)}, p95 ${p95(values)?.toFixed(0)}, most ${percentile(values, 100)?.toFixed(0)} ms`
  const answers = calls.flatMap((call) => call.answers)
  say(`answers from the server: ${told(answers)}, ${answers.length} of them`)
  say(`offer → pop: ${told(pops)}; search: ${told(searches)}; latency by call: ${told(latencies)}`)
  say(
    `heap: ${((heap.slope() ?? 0) * 1024).toFixed(1)} KiB for each call; scripts of the desk: ${scriptKib.toFixed(0)} KiB`,
  )
  for (const part of ['waited', 'asked', 'drawn'] as const)
    say(`  of a search ${part}: ${told(parts.map((search) => search[part]))}`)
  for (const slow of parts.toSorted((a, b) => b.whole - a.whole).slice(0, SLOWEST_TOLD))
    say(`  a slow search: ${JSON.stringify(slow)}`)
  const stalls = calls.flatMap((call) => call.stalls)
  say(`frames over 300 ms: ${stalls.length}`)
  for (const stall of stalls.slice(0, SLOWEST_TOLD)) say(`  a long frame: ${stall.slice(0, 300)}`)
  const unsteady = calls.toSorted((a, b) => b.moved - a.moved)[0]
  for (const mover of unsteady?.movers.slice(0, MOVERS_TOLD) ?? []) say(`moved in the worst call: ${mover}`)
  const crowd = `200000 citizens, 1000000 calls, 5000 articles, ${LIVE_PER_SECOND} live events/s`
  return [
    atMost(POP_P95_MS, {
      name: 'offer → painted pop, p95',
      work: `${calls.length} offers, ${crowd}; milliseconds from the offer in the event log to the second frame with the caller on it`,
      ours: pops.length === calls.length ? p95(pops) : undefined,
    }),
    atMost(LOOK_UP_P99_MS, {
      name: 'caller look-up, p99',
      work: `${taken.lookUps.ours.length} look-ups on the server’s database meanwhile, 4 at once; milliseconds; peer: one row by its key`,
      ours: percentile(taken.lookUps.ours, 99),
      peer: percentile(taken.lookUps.peer, 99),
    }),
    atMost(SEARCH_P95_MS, {
      name: 'search keystroke → painted results, p95',
      work: `${searches.length} searches as painted; milliseconds from the last key to the second frame; peer: every word anywhere (ILIKE), in the database alone`,
      ours: p95(searches),
      peer: p95(taken.searchedAnywhere),
    }),
    atMost(INP_P75_MS, {
      name: 'interaction to next paint, p75',
      work: `${calls.reduce((sum, { inputs }) => sum + inputs, 0)} presses in ${calls.length} calls; milliseconds, the slowest of each call but one in ${PRESSES_PER_OUTLIER}`,
      ours: percentile(latencies, 75),
    }),
    atMost(MOVED_MAX, {
      name: 'layout shift of nobody’s making',
      work: 'the browser’s score, the worst call',
      ours: percentile(
        calls.map(({ moved }) => moved),
        100,
      ),
    }),
    atMost(HEAP_GROWTH, {
      name: 'heap at the end of the shift',
      work: `${calls.length} calls; after a collection, the median of the last third; share of that of the first third`,
      ours: growthOf(heap.samples),
    }),
    atLeast(LIVE_PER_SECOND, {
      name: 'live events that reached the page',
      work: 'a second, through the server’s own stream',
      ours: live / seconds,
    }),
    atMost(0, { name: 'live events that failed', work: 'requests of colleagues', ours: taken.failures }),
  ]
}

function latencyOf({ interactions, inputs }: Seen): number {
  const slowestFirst = interactions.toSorted((a, b) => b - a)
  return slowestFirst[Math.floor(inputs / PRESSES_PER_OUTLIER)] ?? ONE_FRAME_MS
}

export function growthOf(samples: readonly HeapSample[]): number | undefined {
  const third = Math.floor(samples.length / 3)
  const of = (part: readonly HeapSample[]) => median(part.map(({ mebibytes }) => mebibytes))
  const [first, last] = [of(samples.slice(0, third)), of(samples.slice(-third))]
  return third > 0 && first && last ? last / first : undefined
}
