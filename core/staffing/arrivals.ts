/** When calls arrive: by chance (Poisson), at the same rate all day or at one for each hour of the day. */
import { type Instant, tashkentMinuteOfDay } from '#core/lib/time.ts'
import { drawExponential } from './distributions.ts'

export type Arrivals =
  | { readonly kind: 'steady'; readonly perHour: number }
  /** 24 numbers: calls in the hour from midnight, from one o'clock, …, in Tashkent. */
  | { readonly kind: 'byHour'; readonly perHour: readonly number[] }

export const HOURS_A_DAY = 24
const HOUR_MS = 3_600_000

/**
 * The moment of the next call after `after`, not rounded, so that roundings do not add up. One number of chance a
 * call: it is how many calls are to be expected until the next one, spent hour by hour at the rate of each.
 */
export function nextArrival(after: Instant, arrivals: Arrivals, random: () => number): Instant {
  let toBeExpected = drawExponential(random)
  if (arrivals.kind === 'steady') return after + (toBeExpected / arrivals.perHour) * HOUR_MS
  for (let at = after; ; ) {
    const perHour = arrivals.perHour[Math.floor(tashkentMinuteOfDay(at) / 60)] ?? 0
    // Tashkent's hours begin when those of the epoch do.
    const hourEnds = (Math.floor(at / HOUR_MS) + 1) * HOUR_MS
    const inThisHour = (perHour * (hourEnds - at)) / HOUR_MS
    if (toBeExpected < inThisHour) return at + (toBeExpected / perHour) * HOUR_MS
    toBeExpected -= inThisHour
    at = hourEnds
  }
}
