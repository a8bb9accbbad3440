/** When a queue is open: hours of the week in Tashkent, and days on which it is closed whatever the week says. */
import { addDays, type Day, type Instant, tashkentDay, tashkentMidnight, weekday } from '#core/lib/time.ts'

export type OpeningHours = {
  /** `days`: 1 is Monday, 7 Sunday. Minutes since midnight; `to` is not open any more and may be 1440. */
  readonly week: readonly {
    readonly days: readonly number[]
    readonly fromMinute: number
    readonly toMinute: number
  }[]
  readonly closedOn: readonly Day[]
}

const MINUTE_MS = 60_000
/** No opening hours need a longer look ahead; a queue that does not close within it does not close. */
const LOOK_AHEAD_DAYS = 14

export function isOpen(hours: OpeningHours, now: Instant): boolean {
  return spansOf(hours, tashkentDay(now)).some(({ from, to }) => from <= now && now < to)
}

/** When a queue that is open now closes: the end of the last of the spans that follow one another without a gap. */
export function closesAt(hours: OpeningHours, now: Instant): Instant | undefined {
  const last = addDays(tashkentDay(now), LOOK_AHEAD_DAYS)
  let until = now
  for (let day = tashkentDay(now); day <= last; day = addDays(day, 1)) {
    for (const { from, to } of spansOf(hours, day)) if (from <= until && until < to) until = to
    if (until < tashkentMidnight(addDays(day, 1))) return until === now ? undefined : until
  }
  return undefined
}

function spansOf(hours: OpeningHours, day: Day): { from: Instant; to: Instant }[] {
  if (hours.closedOn.includes(day)) return []
  const midnight = tashkentMidnight(day)
  return hours.week
    .filter(({ days }) => days.includes(weekday(day)))
    .map(({ fromMinute, toMinute }) => ({
      from: midnight + fromMinute * MINUTE_MS,
      to: midnight + toMinute * MINUTE_MS,
    }))
    .sort((a, b) => a.from - b.from)
}
