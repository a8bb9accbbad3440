import type { Instant } from '#core/lib/time.ts'

/** The time and its alarms, as the calls module needs them; a test moves its own. */
export interface Clock {
  now(): Instant
  /** Does `what` once, `ms` later, unless the returned function is called before. */
  after(ms: number, what: () => void): () => void
}

/** Node takes a longer time for none at all, and rings at once. */
const TIMEOUT_MAX_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, what) {
    let timer: NodeJS.Timeout
    const wait = (left: number) => {
      const isLast = left <= TIMEOUT_MAX_MS
      timer = setTimeout(isLast ? what : () => wait(left - TIMEOUT_MAX_MS), Math.min(left, TIMEOUT_MAX_MS))
    }
    wait(ms)
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until a test moves it on. */
export function fixedClock(start: Instant): Clock & { advance(ms: number): void } {
  let now = start
  let alarms: { at: Instant; what: () => void }[] = []
  return {
    now: () => now,
    after(ms, what) {
      const alarm = { at: now + ms, what }
      alarms.push(alarm)
      return () => void (alarms = alarms.filter((other) => other !== alarm))
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const next = alarms.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        alarms = alarms.filter((other) => other !== next)
        now = next.at
        next.what()
      }
      now = until
    },
  }
}
