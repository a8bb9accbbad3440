/**
 * A callback that an agent promises in a call: to the queue or to himself, at once or at a moment. It is kept by the
 * rules of all callbacks: nobody is called in quiet hours, nobody whose number may not be called, one number once at a time.
 *
 * A promise to oneself is one of the office too: whoever is not at his desk then, or lets it ring, is not waited for.
 */
import type { NumberVerdict } from '#core/ivr/waiting-run.ts'
import type { Instant } from '#core/lib/time.ts'
import { mayCallAt, type QuietHours } from '#core/routing/callback-hours.ts'
import type { NumberConfidence } from '#core/text/phone-number.ts'

/** Further ahead nobody knows who will be there. */
export const PROMISE_DAYS_MAX = 7
const DAY_MS = 86_400_000
/** Whoever chooses the minute that has just begun means it. */
const CHOSEN_WITHIN_MS = 60_000

/** Whom the citizen is to speak with. */
export const PROMISED_TO = ['queue', 'me'] as const
export type PromisedTo = (typeof PROMISED_TO)[number]

/** Why whoever called cannot be promised a call. */
export const PROMISE_REFUSALS = [
  'numberHidden',
  'noQueue',
  'noWayOut',
  'notAllowed',
  'promisedBefore',
  'calledEnough',
] as const
export type PromiseRefusal = (typeof PROMISE_REFUSALS)[number]

export type PromisingCall = {
  /** E.164. */
  readonly number: string | null
  readonly confidence: NumberConfidence
  readonly queue: string | null
  /** Whether calls go out by the way this one came in. */
  readonly hasWayOut: boolean
}

/** Nothing, where he can be promised one. A number that was partly guessed may be a stranger’s. */
export function promiseRefusal(
  { confidence, hasWayOut, number, queue }: PromisingCall,
  judge: (number: string) => NumberVerdict,
): PromiseRefusal | undefined {
  if (!number || confidence !== 'high') return 'numberHidden'
  if (!queue) return 'noQueue'
  if (!hasWayOut) return 'noWayOut'
  const verdict = judge(number)
  return verdict === 'callable' ? undefined : verdict
}

const MOMENT_REFUSALS = ['past', 'tooFarOff', 'quietHours'] as const
export type MomentRefusal = (typeof MOMENT_REFUSALS)[number]

/** The last moment that can be promised. */
export function lastPromise(now: Instant): Instant {
  return now + PROMISE_DAYS_MAX * DAY_MS
}

/** Whether a citizen can be promised a call for that moment. */
export function momentRefusal(at: Instant, quiet: QuietHours, now: Instant): MomentRefusal | undefined {
  if (at < now - CHOSEN_WITHIN_MS) return 'past'
  if (at > lastPromise(now)) return 'tooFarOff'
  return mayCallAt(quiet, at) ? undefined : 'quietHours'
}
