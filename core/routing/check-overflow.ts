/** Where callers go when a queue does not keep them: nowhere unknown, and never round in a circle. */
import type { QueueId } from '#core/lib/ids.ts'
import type { QueueField, Report } from './queue-problems.ts'
import type { Otherwise, QueueSettings } from './queue-settings.ts'

export const OVERFLOW_FIELDS = [
  'full',
  'tooLong',
  'nobodyOnDuty',
  'hours',
] as const satisfies readonly QueueField[]
export type OverflowField = (typeof OVERFLOW_FIELDS)[number]

export type Overflow = { readonly field: OverflowField; readonly to: QueueId }

/** The ways out of a queue into others, whatever the reason. */
export function overflowsOf(settings: QueueSettings): Overflow[] {
  return OVERFLOW_FIELDS.flatMap((field) => {
    const then: Otherwise | undefined = settings[field]?.then
    return then?.do === 'overflow' ? [{ field, to: then.to }] : []
  })
}

export function checkOverflow(
  settings: QueueSettings,
  queues: readonly QueueSettings[],
  report: Report,
): void {
  for (const { field, to } of overflowsOf(settings)) {
    if (to === settings.queue) report('overflowToItself', { field })
    else if (!queues.some(({ queue }) => queue === to)) report('overflowToUnknown', { field, params: { to } })
    else {
      const back = wayBetween(to, settings.queue, queues)
      if (back) report('overflowLoop', { field, params: { loop: [settings.queue, ...back] } })
    }
  }
}

/**
 * How long an ordinary caller can have waited before he enters a queue. What relaxes the rules is his whole wait, so a
 * step may apply in a queue although nobody waits so long in it alone.
 */
export function longestWaitsBefore(queues: readonly QueueSettings[]): (queue: QueueId) => number {
  const known = new Map<QueueId, number>()
  const waitedBefore = (queue: QueueId): number => {
    const found = known.get(queue)
    if (found !== undefined) return found
    // Asked for again before it is known, it is in a circle: a problem of its own, and no wait is the longest.
    known.set(queue, Infinity)
    const waits = queues
      .filter((other) => other.queue !== queue && overflowsOf(other).some(({ to }) => to === queue))
      .map((other) => waitedBefore(other.queue) + (other.tooLong?.waitSecondsMax ?? Infinity))
    const longest = Math.max(0, ...waits)
    known.set(queue, longest)
    return longest
  }
  return waitedBefore
}

/** The shortest way, with both ends; nothing where there is none. */
function wayBetween(from: QueueId, to: QueueId, queues: readonly QueueSettings[]): QueueId[] | undefined {
  const ways: QueueId[][] = [[from]]
  const seen = new Set([from])
  for (const way of ways) {
    const last = way.at(-1)
    if (last === to) return way
    const settings = queues.find(({ queue }) => queue === last)
    for (const next of settings ? overflowsOf(settings) : []) {
      if (seen.has(next.to)) continue
      seen.add(next.to)
      ways.push([...way, next.to])
    }
  }
  return undefined
}
