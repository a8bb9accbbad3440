/** Where an agent's day stands on a bar of a given width: hours, and for each status one outline. */
import type { AgentInterval } from '#contract/agents.ts'
import type { Span } from '#core/calls/agent-day.ts'
import type { AgentStatus } from '#core/calls/call.ts'
import { addDays, type Day, type Instant, tashkentMidnight } from '#core/lib/time.ts'

const HOUR_MS = 3_600_000
/** A short day is not blown up. */
const SHOWN_MIN_HOURS = 8
export const BAR_HEIGHT = 26

/** How high each status stands, from the foot of the bar: told apart without colours. */
export const STATUS_HEIGHT: Readonly<Record<AgentStatus, number>> = {
  talking: 26,
  ringing: 26,
  wrapUp: 18,
  available: 10,
  onBreak: 14,
  signedOut: 0,
}

/** The day, or what has passed of it. */
export function daySpan(day: Day, now: Instant): Span {
  return { from: tashkentMidnight(day), to: Math.min(now, tashkentMidnight(addDays(day, 1))) }
}

/** Whole hours around everything that is shown. */
export function shownSpan(intervals: readonly AgentInterval[], span: Span): Span {
  const dayEnd = span.from + 24 * HOUR_MS
  const starts = intervals.map(({ startedAt }) => Math.max(startedAt, span.from))
  const ends = intervals.map(({ endedAt }) => Math.min(endedAt ?? span.to, span.to))
  const first = starts.length > 0 ? Math.min(...starts) : span.from + 9 * HOUR_MS
  const last = ends.length > 0 ? Math.max(...ends) : first
  const from = span.from + Math.floor((first - span.from) / HOUR_MS) * HOUR_MS
  const hours = Math.max(SHOWN_MIN_HOURS, Math.ceil((last - from) / HOUR_MS))
  const to = Math.min(from + hours * HOUR_MS, dayEnd)
  return { from: Math.max(span.from, Math.min(from, to - SHOWN_MIN_HOURS * HOUR_MS)), to }
}

/** The full hours on the bar, with their place. */
export function hourMarks(shown: Span, width: number): { at: Instant; x: number }[] {
  const count = Math.round((shown.to - shown.from) / HOUR_MS)
  return Array.from({ length: count + 1 }, (_, index) => {
    const at = shown.from + index * HOUR_MS
    return { at, x: placeOf(at, shown, width) }
  })
}

export function placeOf(at: Instant, { from, to }: Span, width: number): number {
  const part = (at - from) / (to - from)
  return Math.round(Math.min(1, Math.max(0, part)) * width * 10) / 10
}

export function momentAt(x: number, { from, to }: Span, width: number): Instant {
  return from + (x / Math.max(1, width)) * (to - from)
}

type Drawing = { shown: Span; width: number; now: Instant }

/** One path with a box for each time of this status; an empty one where there is none. */
export function outlineOf(
  intervals: readonly AgentInterval[],
  status: AgentStatus,
  { shown, width, now }: Drawing,
): string {
  const height = STATUS_HEIGHT[status]
  return intervals
    .filter((interval) => interval.status === status)
    .map(({ startedAt, endedAt }) => {
      const x = placeOf(startedAt, shown, width)
      const w = placeOf(endedAt ?? now, shown, width) - x
      return w <= 0 ? '' : `M${x} ${BAR_HEIGHT - height}h${w.toFixed(1)}v${height}h-${w.toFixed(1)}z`
    })
    .join('')
}

/** What of the breaks lay beyond their limit, as a line along the top. */
export function overLimitOutline(
  intervals: readonly AgentInterval[],
  { shown, width, now }: Drawing,
): string {
  return intervals
    .filter(
      ({ status, limitAt, endedAt }) =>
        status === 'onBreak' && limitAt !== null && limitAt < (endedAt ?? now),
    )
    .map(({ limitAt, endedAt }) => {
      const x = placeOf(limitAt ?? 0, shown, width)
      const w = placeOf(endedAt ?? now, shown, width) - x
      return w <= 0 ? '' : `M${x} 4h${w.toFixed(1)}v4h-${w.toFixed(1)}z`
    })
    .join('')
}

export function intervalAt(
  intervals: readonly AgentInterval[],
  at: Instant,
  now: Instant,
): AgentInterval | undefined {
  return intervals.find(({ startedAt, endedAt }) => startedAt <= at && at < (endedAt ?? now))
}
