import { describe, expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { tashkentMidnight, tashkentMinuteOfDay } from '#core/lib/time.ts'
import { Agenda } from './agenda.ts'
import { type Arrivals, nextArrival } from './arrivals.ts'
import { chanceOf } from './chance.ts'
import { type Distribution, drawSeconds, meanSeconds } from './distributions.ts'
import { Heap } from './heap.ts'

test('the same seed gives the same chance, another seed another, and no kind is like another', () => {
  const draws = (seed: number) =>
    Object.values(chanceOf(seed)).map((random) => [random(), random(), random()].join())
  expect(draws(7)).toEqual(draws(7))
  expect(new Set([...draws(7), ...draws(8)]).size).toBe(draws(7).length * 2)
})

describe('durations', () => {
  const kinds: Distribution[] = [
    { kind: 'constant', seconds: 30 },
    { kind: 'exponential', meanSeconds: 180 },
    { kind: 'lognormal', meanSeconds: 165, deviationSeconds: 150 },
  ]

  test.each(kinds)('$kind has the mean that was asked for', (kind) => {
    const random = seededRandom(1)
    const draws = Array.from({ length: 100_000 }, () => drawSeconds(kind, random))
    expect(mean(draws) / meanSeconds(kind)).toBeCloseTo(1, 1.5)
    expect(Math.min(...draws.slice(0, 10_000))).toBeGreaterThanOrEqual(0)
  })

  test('a lognormal one has the deviation that was asked for, and half are well below the mean', () => {
    const random = seededRandom(2)
    const kind: Distribution = { kind: 'lognormal', meanSeconds: 100, deviationSeconds: 80 }
    const draws = Array.from({ length: 200_000 }, () => drawSeconds(kind, random))
    const deviation = Math.sqrt(mean(draws.map((draw) => (draw - 100) ** 2)))
    expect(deviation / 80).toBeCloseTo(1, 1)
    const median = 100 / Math.sqrt(1 + 0.8 ** 2)
    expect(draws.filter((draw) => draw < median).length / draws.length).toBeCloseTo(0.5, 2)
  })
})

describe('arrivals', () => {
  const monday = tashkentMidnight('2026-03-02')
  const arrive = (arrivals: Arrivals, calls: number) => {
    const random = seededRandom(3)
    const moments: number[] = []
    for (let at = monday; moments.length < calls; moments.push(at)) at = nextArrival(at, arrivals, random)
    return moments
  }

  test('a steady rate is kept, and as many gaps are longer than the mean as chance has it', () => {
    const moments = arrive({ kind: 'steady', perHour: 600 }, 50_000)
    const hours = ((moments.at(-1) ?? 0) - monday) / 3_600_000
    expect(50_000 / hours / 600).toBeCloseTo(1, 1.5)
    const long = moments.filter((at, index) => at - (moments[index - 1] ?? monday) > 6_000).length
    expect(long / 50_000).toBeCloseTo(Math.exp(-1), 2)
  })

  test('each hour of the day has its own rate, and none call in an hour without one', () => {
    const perHour = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 300 : hour === 14 ? 100 : 0))
    const hours = arrive({ kind: 'byHour', perHour }, 40_000).map((at) =>
      Math.floor(tashkentMinuteOfDay(at) / 60),
    )
    expect(new Set(hours)).toEqual(new Set([9, 14]))
    expect(hours.filter((hour) => hour === 9).length / 40_000).toBeCloseTo(0.75, 2)
  })

  test('the same calls arrive at a steady rate, however it is written', () => {
    const written = arrive({ kind: 'byHour', perHour: Array.from({ length: 24 }, () => 60) }, 500)
    expect(written.map(Math.round)).toEqual(arrive({ kind: 'steady', perHour: 60 }, 500).map(Math.round))
  })
})

test('a heap gives back its items in order, whatever is added between', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seededRandom(seed)
    const heap = new Heap<number>((a, b) => a < b)
    let held: number[] = []
    for (let step = 0; step < 300; step++) {
      if (random() < 0.6) {
        const item = Math.floor(random() * 50)
        heap.add(item)
        held = [...held, item].sort((a, b) => a - b)
      } else expect(heap.take(), `seed ${seed}`).toBe(held.shift())
      expect(heap.first(), `seed ${seed}`).toBe(held[0])
    }
  }
})

test('what is due at the same moment happens in the order in which it was noted', () => {
  const agenda = new Agenda<string>()
  for (const [at, what] of [
    [5, 'c'],
    [3, 'a'],
    [5, 'd'],
    [3, 'b'],
  ] as const)
    agenda.note(at, what)
  const happened: string[] = []
  for (let due = agenda.next(); due; due = agenda.next()) happened.push(`${due.at}${due.what}`)
  expect(happened).toEqual(['3a', '3b', '5c', '5d'])
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
