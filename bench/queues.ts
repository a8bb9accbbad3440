/**
 * How long a decision of the queue engine takes in a crowded house, and how that
 * grows with the crowd; its peer takes the same decisions by looking at everybody.
 */
import { QUEUE_EXITS } from '#core/routing/routing-events.ts'
import { QueueEngine } from '#core/routing/queue-engine.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, median, percentile, ratioAtLeast } from './lib/measure.ts'
import { NaiveEngine } from './lib/naive-engine.ts'
import { type Engine, LOAD_QUEUES, QueueLoad } from './lib/queue-load.ts'

const [FEW, MANY] = [2_000, 10_000]
const PAIRS = 5
const STEPS = 3_000
/** Not measured: until the machine has compiled what it runs. */
const WARM_UP_STEPS = 1_000
const DECISION_P99_MAX_MS = 1
const FASTER_THAN_PEER_MIN = 5

type Round = { p99Ms: number; meanMs: number; offers: readonly string[] }
type Rounds = { ours: Round[]; peers: Round[] }

export function run({ say }: BenchOptions): Promise<Measure[]> {
  const lost: number[] = []
  const few: Rounds = { ours: [], peers: [] }
  const many: Rounds = { ours: [], peers: [] }
  for (let seed = 1; seed <= PAIRS; seed++) {
    for (const [rounds, waiting] of [
      [few, FEW],
      [many, MANY],
    ] as const) {
      say(`Pair ${seed} of ${PAIRS}: ${waiting} waiting …`)
      const engine = new QueueEngine(LOAD_QUEUES)
      rounds.ours.push(play(engine, { seed, waiting }))
      rounds.peers.push(play(new NaiveEngine(LOAD_QUEUES), { seed, waiting }))
      lost.push(lostBy(engine))
    }
  }
  return Promise.resolve(measures(few, many, Math.max(...lost)))
}

function play(engine: Engine, load: { seed: number; waiting: number }): Round {
  const sequence = new QueueLoad(engine, load)
  sequence.steps(WARM_UP_STEPS)
  sequence.durationsMs.length = 0
  sequence.steps(STEPS)
  const { durationsMs, offers } = sequence
  const meanMs = durationsMs.reduce((sum, each) => sum + each, 0) / durationsMs.length
  return { p99Ms: percentile(durationsMs, 99) ?? Number.NaN, meanMs, offers }
}

function measures(few: Rounds, many: Rounds, lost: number): Measure[] {
  const load = `40 agents × 12 queues, 20 changes/s, ${STEPS} steps, median of ${PAIRS} interleaved pairs (seeds 1–${PAIRS})`
  const p99 = (rounds: Round[]) => median(rounds.map(({ p99Ms }) => p99Ms))
  const mean = (rounds: Round[]) => median(rounds.map(({ meanMs }) => meanMs))
  const growth = (of: keyof Rounds) =>
    median(many[of].map(({ meanMs }, pair) => meanMs / (few[of][pair]?.meanMs ?? Number.NaN)))
  return [
    ...[
      { waiting: FEW, rounds: few },
      { waiting: MANY, rounds: many },
    ].map(({ waiting, rounds }) =>
      atMost(DECISION_P99_MAX_MS, {
        name: `decision p99, ${waiting} waiting`,
        work: `${load}: one handle() of 100 takes longer; ms. Peer: looks at every caller`,
        ours: p99(rounds.ours),
        peer: p99(rounds.peers),
      }),
    ),
    atMost(MANY / FEW, {
      name: `growth from ${FEW} to ${MANY} waiting`,
      work: `${load}: mean decision there ÷ mean decision here; ${MANY / FEW} is linear`,
      ours: growth('ours'),
      peer: growth('peers'),
    }),
    ratioAtLeast(FASTER_THAN_PEER_MIN, {
      name: `decisions a second, ${FEW} waiting`,
      work: `${load}: 1 ÷ mean decision`,
      ours: perSecond(mean(few.ours)),
      peer: perSecond(mean(few.peers)),
    }),
    atMost(0, {
      name: 'decisions unlike the peer’s',
      work: 'offers of the same call to the same agent at the same moment, all rounds',
      ours: [few, many].reduce((sum, rounds) => sum + unlike(rounds), 0),
    }),
    atMost(0, {
      name: 'callers lost',
      work: 'offered − all exits − waiting, the queue of all rounds where it is worst',
      ours: lost,
    }),
  ]
}

function perSecond(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : 1000 / ms
}

function unlike({ ours, peers }: Rounds): number {
  return ours.reduce((sum, { offers }, pair) => {
    const theirs = peers[pair]?.offers ?? []
    return (
      sum + Math.abs(offers.length - theirs.length) + offers.filter((offer, n) => offer !== theirs[n]).length
    )
  }, 0)
}

function lostBy(engine: QueueEngine): number {
  const missing = [...engine.counts().values()].map((counts) =>
    Math.abs(counts.offered - counts.waiting - QUEUE_EXITS.reduce((sum, exit) => sum + counts[exit], 0)),
  )
  return Math.max(0, ...missing)
}
