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
  readonly callers: number
  readonly isSomebodyFree: () => boolean
}

/** Of a call on its way into the queue. Transfers to one person and callbacks are let in: they have been promised. */
export function sentAwayAtOnce(
  { kind, only }: Pick<WaitingCall, 'kind' | 'only'>,
  { hours, nobodyOnDuty, full }: QueueSettings,
  { now, onDuty, callers, isSomebodyFree }: Circumstances,
): SentAway | undefined {
  if (kind === 'callback' || only) return undefined
  if (hours && !isOpen(hours.open, now)) return { reason: 'closed', then: hours.then }
  if (nobodyOnDuty && onDuty === 0) return { reason: 'closed', then: nobodyOnDuty.then }
  if (full && callers >= full.waitingMax && !isSomebodyFree()) return { reason: 'saturated', then: full.then }
  return undefined
}

/**
 * Of a call that waits: what time has made of it, or settings that were changed. `before`: those by which he was let
 * in; who was let in outside the hours has been promised that he is served.
 */
export function sentAwayLater(
  { kind, only, enteredAt }: WaitingCall,
  { hours, tooLong }: QueueSettings,
  { now, before }: { now: Instant; before: QueueSettings },
): SentAway | undefined {
  if (kind === 'callback') return undefined
  if (tooLong && now - enteredAt >= tooLong.waitSecondsMax * 1000)
    return { reason: 'timedOut', then: tooLong.then }
  if (only || hours?.atClosing !== 'sendAway' || isOpen(hours.open, now)) return undefined
  const wasOpen = !before.hours || isOpen(before.hours.open, enteredAt)
  return wasOpen ? { reason: 'closed', then: hours.then } : undefined
}

/** Nothing where no queue comes next, or the call has been passed on too often already. */
export function nextQueueOf({ overflows }: WaitingCall, { then }: SentAway): QueueId | undefined {
  return then.do === 'overflow' && overflows < OVERFLOWS_MAX ? then.to : undefined
}
