/** Whether a number calls again: counted in the windows in which the field reports repeat calls. */
import type { Instant } from '../lib/time.ts'

const HOUR_MS = 3_600_000

/** An hour, a day, a week. */
export const REPEAT_WINDOWS_HOURS = [1, 24, 168] as const
export type RepeatWindowHours = (typeof REPEAT_WINDOWS_HOURS)[number]

/** The shortest window in which the number called before; nothing where it did not, or not for a week. */
export function repeatWithinHours(
  earlier: readonly Instant[],
  arrivedAt: Instant,
): RepeatWindowHours | undefined {
  const last = Math.max(...earlier.filter((at) => at < arrivedAt))
  return REPEAT_WINDOWS_HOURS.find((hours) => arrivedAt - last <= hours * HOUR_MS)
}
