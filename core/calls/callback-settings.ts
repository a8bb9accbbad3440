/** The rules of calling citizens back that an organisation sets for itself. */
import type { QueueId } from '#core/lib/ids.ts'
import { DEFAULT_QUIET_HOURS, type QuietHours } from '#core/routing/callback-hours.ts'

export type CallbackSettings = {
  /** Nobody is called then. */
  readonly quiet: QuietHours
  /** A promise older than this is not kept any more: somebody has to look at it. */
  readonly expiresAfterHours: number
  readonly attemptsMax: number
  /** How long a citizen who was not reached is left in peace. */
  readonly retryAfterMinutes: number
  /** Promises to one number on one day. */
  readonly aNumberADayMax: number
  /** From the promise to the first attempt at the earliest: he has to put down his phone. */
  readonly firstAfterSeconds: number
  /** Who waits in these is not offered it, e.g. where people call without wanting to be known. */
  readonly queuesWithout: readonly QueueId[]
}

export const DEFAULT_CALLBACK_SETTINGS: CallbackSettings = {
  quiet: DEFAULT_QUIET_HOURS,
  expiresAfterHours: 24,
  attemptsMax: 3,
  retryAfterMinutes: 15,
  aNumberADayMax: 3,
  firstAfterSeconds: 15,
  queuesWithout: [],
}
