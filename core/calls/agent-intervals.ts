/**
 * An agent's day as intervals: one for each status, none overlapping another,
 * without a gap from signing on to signing out. Each change of status says what
 * becomes of the last interval and where the next one begins.
 *
 * The clock of a server can be set back, and two changes can fall into one
 * millisecond. An interval never begins before the last one began, and one that
 * would have lasted nothing is overwritten by what followed: that is what lasted.
 */
import type { Instant } from '#core/lib/time.ts'
import type { AgentStatus } from './call.ts'

type IntervalEdges = { readonly startedAt: Instant; readonly endedAt: Instant | undefined }

type IntervalChange =
  /** The last interval ends; a next one begins unless the agent signed out. */
  | { readonly do: 'goOn'; readonly endLastAt?: Instant; readonly startAt?: Instant }
  /** The last interval lasted nothing: it becomes the new one, or nothing. */
  | { readonly do: 'overwriteLast' }
  | { readonly do: 'removeLast' }

export function changeOfIntervals(
  last: IntervalEdges | undefined,
  to: AgentStatus,
  at: Instant,
): IntervalChange {
  const isLeaving = to === 'signedOut'
  if (!last) return { do: 'goOn', ...(!isLeaving && { startAt: at }) }
  const { startedAt, endedAt } = last
  if (endedAt !== undefined) return { do: 'goOn', ...(!isLeaving && { startAt: Math.max(at, endedAt) }) }
  if (at <= startedAt) return { do: isLeaving ? 'removeLast' : 'overwriteLast' }
  return { do: 'goOn', endLastAt: at, ...(!isLeaving && { startAt: at }) }
}
