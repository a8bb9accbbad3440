/**
 * When the reply to an appeal is due, and why.
 *
 * The day of registration is day zero. The due day is the law's own date: that
 * it moves when it is a day off is nowhere said, so by default it does not
 * (`roll`), and the office plans for controlDay, the last working day by then.
 * A reply sent at any time on the due day is in time.
 *
 * The answer comes with its steps, each with its article, so that whoever is
 * told a day can be told the reason.
 */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import { type Day, type Instant, tashkentDay, tashkentMinuteOfDay } from '#core/lib/time.ts'
import { type Calendar, isShortDay, isWorkingDay, nextWorkingDay, workingDayFrom } from './calendar.ts'
import {
  after,
  GRANT_LIMITS,
  GRANTS_OF,
  type Grant,
  REGISTRATION_ARTICLE,
  REPLY_LIMITS,
} from './time-limits.ts'

export const DUE_STEP_TEXTS = [
  'receivedInTime',
  'receivedAfterHours',
  'receivedOnDayOff',
  'dayZero',
  'fifteenDays',
  'oneMonth',
  'study',
  'extension',
  'staysOnDayOff',
  'rolledForward',
  'rolledBack',
  'reopened',
  'proposalStudy',
  'sendOn',
  'ownProcedure',
] as const
export type DueStepText = (typeof DUE_STEP_TEXTS)[number]

/** `article` is empty where a setting decides and not the law. */
export type DueStep = { readonly text: DueStepText; readonly day: Day; readonly article: string }

export const ROLLS = ['none', 'next', 'previous'] as const
/** What happens to a due day that is not worked. */
export type Roll = (typeof ROLLS)[number]

/** Minutes since midnight in Tashkent. */
export type WorkingHours = { readonly fromMinute: number; readonly toMinute: number }

export const DEFAULT_WORKING_HOURS: WorkingHours = { fromMinute: 9 * 60, toMinute: 18 * 60 }
const SHORT_DAY_MINUTES = 60

/** When the office may close, on a short day and on others: what comes between two of these is registered alike. */
export function closingMinutes({ toMinute }: WorkingHours): readonly number[] {
  return [toMinute - SHORT_DAY_MINUTES, toMinute]
}

/** The day an appeal is registered on: that of its receipt, or the next working day after hours. */
export function registrationDay(
  receivedAt: Instant,
  calendar: Calendar,
  { toMinute }: WorkingHours = DEFAULT_WORKING_HOURS,
): { registeredOn: Day; step: DueStep } {
  const day = tashkentDay(receivedAt)
  const step = (text: DueStepText, registeredOn: Day) => ({
    registeredOn,
    step: { text, day: registeredOn, article: REGISTRATION_ARTICLE },
  })
  if (!isWorkingDay(day, calendar)) return step('receivedOnDayOff', nextWorkingDay(day, calendar))
  const closes = toMinute - (isShortDay(day, calendar) ? SHORT_DAY_MINUTES : 0)
  // Before the office opens the day is still to come: that is not „after hours".
  if (tashkentMinuteOfDay(receivedAt) < closes) return step('receivedInTime', day)
  return step('receivedAfterHours', nextWorkingDay(day, calendar))
}

export type DueRules = { readonly calendar: Calendar; readonly roll: Roll }

export function dueDay(
  kind: AppealKind,
  registeredOn: Day,
  calendar: Calendar,
  { roll = 'none', granted = [] }: { roll?: Roll; granted?: readonly Grant[] } = {},
): { due: Day; steps: [DueStep, ...DueStep[]] } {
  const steps: [DueStep, ...DueStep[]] = [
    { text: 'dayZero', day: registeredOn, article: REGISTRATION_ARTICLE },
  ]
  const limit = REPLY_LIMITS[kind]
  let due = after(registeredOn, limit)
  steps.push({ text: limit.unit === 'day' ? 'fifteenDays' : 'oneMonth', day: due, article: limit.article })

  for (const grant of GRANTS_OF[kind].filter((grant) => granted.includes(grant))) {
    due = after(grant === 'study' ? registeredOn : due, GRANT_LIMITS[grant])
    steps.push({ text: grant, day: due, article: GRANT_LIMITS[grant].article })
  }
  const moved = offDayStep(due, { calendar, roll })
  return moved ? { due: moved.day, steps: [...steps, moved] } : { due, steps }
}

/** What becomes of a due day that is not worked; nothing of one that is. */
export function offDayStep(due: Day, { calendar, roll }: DueRules): DueStep | undefined {
  if (isWorkingDay(due, calendar)) return undefined
  if (roll === 'none') return { text: 'staysOnDayOff', day: due, article: '' }
  const day = workingDayFrom(due, calendar, roll === 'next' ? 1 : -1)
  return { text: roll === 'next' ? 'rolledForward' : 'rolledBack', day, article: '' }
}

/** The last working day by which a reply due on `due` can leave the office. */
export function controlDay(due: Day, calendar: Calendar): Day {
  return workingDayFrom(due, calendar, -1)
}
