/** The rules by which a queue does not keep a caller, and where he goes instead. */
import type { QueueId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { isOpen } from './opening-hours.ts'
import { type Otherwise, OVERFLOWS_MAX, type QueueSettings } from './queue-settings.ts'
import type { WaitingCall } from './routing-events.ts'

/** `reason` is why he does not wait here; if `then` leads to another queue, that is what counts: overflowed. */
export type SentAway = {
  readonly reason: 'saturated' | 'timedOut' | 'closed'
  readonly then: Otherwise
}

type Circumstances = {
  readonly now: Instant
  readonly onDuty: number
  readonly inQueue: number
  readonly isSomebodyFree: () => boolean
}

/** Of a call on its way into the queue. Transfers to one person and callbacks are let in: they have been promised. */
export function sentAwayAtOnce(
  { kind, only }: WaitingCall,
  { hours, nobodyOnDuty, full }: QueueSettings,
  { now, onDuty, inQueue, isSomebodyFree }: Circumstances,
): SentAway | undefined {
  if (kind === 'callback' || only) return undefined
  if (hours && !isOpen(hours.open, now)) return { reason: 'closed', then: hours.then }
  if (nobodyOnDuty && onDuty === 0) return { reason: 'closed', then: nobodyOnDuty.then }
  if (full && inQueue >= full.waitingMax && !isSomebodyFree()) return { reason: 'saturated', then: full.then }
  return undefined
}

/** Nothing where no queue comes next, or the call has been passed on too often already. */
export function nextQueueOf({ overflows }: WaitingCall, { then }: SentAway): QueueId | undefined {
  return then.do === 'overflow' && overflows < OVERFLOWS_MAX ? then.to : undefined
}
