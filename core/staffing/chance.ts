/**
 * Chance for a simulation: a stream of numbers for each kind of it, all from one
 * seed. The streams do not touch one another, so that other talks do not change
 * when calls arrive, and two variants of a scenario meet the same callers.
 */
import { seededRandom } from '#core/lib/seeded-random.ts'

/** New kinds go to the end: the streams before them then stay what they were. */
const KINDS = [
  'arrivals',
  'callers',
  'patience',
  'talks',
  'wrapUps',
  'pickUps',
  'misses',
  'returns',
  'callbacks',
  'dials',
  'reached',
] as const

export type Chance = Readonly<Record<(typeof KINDS)[number], () => number>>

export function chanceOf(seed: number): Chance {
  const seeds = seededRandom(seed)
  return Object.fromEntries(
    KINDS.map((kind) => [kind, seededRandom(Math.floor(seeds() * 2 ** 32))]),
  ) as Chance
}
