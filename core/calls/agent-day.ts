/** What an agent's day adds up to: one way of summing for every screen and report. */
import type { Instant } from '#core/lib/time.ts'
import { AGENT_STATUSES, type AgentStatus } from './call.ts'

export type DayInterval = {
  readonly status: AgentStatus
  readonly reason: string | null
  readonly startedAt: Instant
  /** Null while it lasts. */
  readonly endedAt: Instant | null
  readonly limitAt: Instant | null
}

/** From when until when; the present moment is the end of a day that is not over. */
export type Span = { readonly from: Instant; readonly to: Instant }

/** How much of the interval lies within the span. */
export function msWithin({ startedAt, endedAt }: DayInterval, { from, to }: Span): number {
  return Math.max(0, Math.min(endedAt ?? to, to) - Math.max(startedAt, from))
}

/** How long a status lasted beyond its limit within the span. */
export function msOverLimit(interval: DayInterval, span: Span): number {
  const { limitAt } = interval
  return limitAt === null ? 0 : msWithin(interval, { ...span, from: Math.max(limitAt, span.from) })
}

export type DaySums = {
  readonly statusMs: Readonly<Record<AgentStatus, number>>
  readonly breakMs: ReadonlyMap<string, number>
  readonly breakOverLimitMs: number
  readonly onShiftMs: number
}

export function daySums(intervals: readonly DayInterval[], span: Span): DaySums {
  const statusMs = Object.fromEntries(AGENT_STATUSES.map((status) => [status, 0])) as Record<
    AgentStatus,
    number
  >
  const breakMs = new Map<string, number>()
  let [breakOverLimitMs, onShiftMs] = [0, 0]
  for (const interval of intervals) {
    const { status, reason } = interval
    const ms = msWithin(interval, span)
    statusMs[status] += ms
    onShiftMs += ms
    if (status !== 'onBreak') continue
    breakOverLimitMs += msOverLimit(interval, span)
    if (reason !== null) breakMs.set(reason, (breakMs.get(reason) ?? 0) + ms)
  }
  return { statusMs, breakMs, breakOverLimitMs, onShiftMs }
}
