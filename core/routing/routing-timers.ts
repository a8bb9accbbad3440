/**
 * The engine's timers. Each names what it is about, so that nothing has to be
 * remembered of it: one that rings when its matter is over is recognised by the
 * visit, which names the call's stay in its queue, and one that rings early by
 * the time it was asked for.
 *
 * - `ring`: an offer has rung long enough.
 * - `look`: a rule has relaxed for a waiting call.
 * - `tooLong`: a call has waited in this queue as long as it may.
 * - `closing`: the queue closes on a call that waits in it.
 * - `direct`: a transferred call has waited for its agent long enough.
 * - `unserved`: a caller who is back has waited long enough for anybody to come on duty.
 */
import type { CallId, OfferId, TimerId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { closesAt } from './opening-hours.ts'
import type { QueueSettings, RoutingSettings } from './queue-settings.ts'
import type { RoutingCommand, WaitingCall } from './routing-events.ts'

const CALL_TIMERS = ['look', 'tooLong', 'closing', 'direct', 'unserved'] as const
export type CallTimer = (typeof CALL_TIMERS)[number]

export type TimerMatter =
  | { readonly about: 'ring'; readonly offer: OfferId }
  | { readonly about: CallTimer; readonly call: CallId; readonly visit: number; readonly at: Instant }

export function ringTimer(offer: OfferId, atMs: Instant): RoutingCommand {
  return { do: 'startTimer', timer: `ring ${offer}` as TimerId, atMs }
}

/** For one who is back in a queue: nobody was sent away at once, be the agents on their way back as well. */
export function unservedTimer({ call, visit }: WaitingCall, atMs: Instant): RoutingCommand {
  return { do: 'startTimer', timer: `unserved ${call} ${visit} ${atMs}` as TimerId, atMs }
}

/** Everything that time alone can change for a call that begins to wait in a queue. */
export function timersOf(
  waiting: WaitingCall,
  queue: QueueSettings,
  { directWaitSeconds }: RoutingSettings,
  now: Instant,
): RoutingCommand[] {
  const at = (about: CallTimer, atMs: Instant): RoutingCommand[] =>
    atMs > now
      ? [{ do: 'startTimer', timer: `${about} ${waiting.call} ${waiting.visit} ${atMs}` as TimerId, atMs }]
      : []
  const looks = queue.skills.flatMap(({ fromSeconds }) => at('look', waiting.since + fromSeconds * 1000))
  const direct = waiting.only ? at('direct', now + directWaitSeconds * 1000) : []
  if (waiting.kind === 'callback') return [...looks, ...direct]
  const tooLong = queue.tooLong ? at('tooLong', waiting.enteredAt + queue.tooLong.waitSecondsMax * 1000) : []
  const closing = queue.hours?.atClosing === 'sendAway' ? closesAt(queue.hours.open, now) : undefined
  return [...looks, ...tooLong, ...(closing ? at('closing', closing) : []), ...direct]
}

export function matterOf(timer: TimerId): TimerMatter | undefined {
  const [about, name = '', visit, at] = timer.split(' ')
  if (about === 'ring') return { about, offer: name as OfferId }
  const known = CALL_TIMERS.find((each) => each === about)
  return known && { about: known, call: name as CallId, visit: Number(visit), at: Number(at) }
}
