/** The rules of calling citizens back that an organisation sets for itself, and what can be wrong with them. */
import type { QueueId } from '#core/lib/ids.ts'
import { type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { DEFAULT_QUIET_HOURS, type QuietHours, quietMinutes } from '#core/routing/callback-hours.ts'

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

export type CallbackLimit = Exclude<keyof CallbackSettings, 'quiet' | 'queuesWithout'>
type Range = readonly [least: number, most: number]

export const CALLBACK_RANGES = {
  firstAfterSeconds: [5, 600],
  attemptsMax: [1, 10],
  retryAfterMinutes: [1, 240],
  expiresAfterHours: [1, 168],
  aNumberADayMax: [1, 20],
} as const satisfies Record<CallbackLimit, Range>

const LAST_MINUTE = 1439
const QUEUES_MAX = 200

/** In problems the limits are the row `limits`, the quiet hours `quiet`, the queues left out `queuesWithout`. */
export function checkCallbackSettings(
  settings: CallbackSettings,
  hasQueue: (queue: QueueId) => boolean = () => true,
): SettingProblem[] {
  const problems: SettingProblem[] = []
  const limits = settingReport(problems, 'limits')
  for (const [field, [least, most]] of Object.entries(CALLBACK_RANGES)) {
    const value = settings[field as CallbackLimit]
    if (!Number.isInteger(value) || value < least || value > most)
      limits('outOfRange', field, { least, most, value })
  }
  const quiet = settingReport(problems, 'quiet')
  for (const field of ['fromMinute', 'toMinute'] as const)
    if (!isMinuteOfDay(settings.quiet[field])) quiet('badTime', field)
  // Or a promise of the evening would end before anybody may be called.
  const hours = quietMinutes(settings.quiet) / 60
  if (settings.expiresAfterHours <= hours)
    limits('shorterThanQuiet', 'expiresAfterHours', { least: Math.floor(hours) + 1 })
  const queues = settingReport(problems, 'queuesWithout')
  if (settings.queuesWithout.length > QUEUES_MAX)
    queues('tooMany', 'queuesWithout', { count: settings.queuesWithout.length, most: QUEUES_MAX })
  for (const value of settings.queuesWithout)
    if (!hasQueue(value)) queues('unknown', 'queuesWithout', { value })
  return problems
}

function isMinuteOfDay(minute: number): boolean {
  return Number.isInteger(minute) && minute >= 0 && minute <= LAST_MINUTE
}
