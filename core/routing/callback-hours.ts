/** When citizens may be called: never in their night, by the clocks of Tashkent. */
import { type Instant, tashkentMinuteOfDay } from '#core/lib/time.ts'

/** Minutes since midnight, 0 … 1439. `toMinute` is not quiet any more; where it is the smaller one, the night lies between. The same twice: never quiet. */
export type QuietHours = { readonly fromMinute: number; readonly toMinute: number }

export const DEFAULT_QUIET_HOURS: QuietHours = { fromMinute: 21 * 60, toMinute: 9 * 60 }

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

export function mayCallAt({ fromMinute, toMinute }: QuietHours, at: Instant): boolean {
  const minute = tashkentMinuteOfDay(at)
  return fromMinute <= toMinute
    ? minute < fromMinute || minute >= toMinute
    : minute >= toMinute && minute < fromMinute
}

/** How long they last, in minutes: 0 … 1439. */
export function quietMinutes({ fromMinute, toMinute }: QuietHours): number {
  return (toMinute - fromMinute + DAY_MINUTES) % DAY_MINUTES
}

/** `at` itself if one may call then, else the end of the quiet hours. */
export function nextCallAt(hours: QuietHours, at: Instant): Instant {
  if (mayCallAt(hours, at)) return at
  const startOfMinute = at - (at % MINUTE_MS)
  const minutes = (hours.toMinute - tashkentMinuteOfDay(at) + DAY_MINUTES) % DAY_MINUTES
  return startOfMinute + minutes * MINUTE_MS
}
