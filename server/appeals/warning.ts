/**
 * Whoever works on an appeal is warned before its due day, and everybody who answers for it is told when the day has
 * passed. Each warning is given once for each due day: that it was is written in the transaction that gives it, so a
 * restart gives none again, and an hour without a server none the less. A year whose days off nobody has written in yet is
 * told of too: the days would be counted wrongly.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { DueWarningRow } from '#contract/appeal-office.ts'
import { yearsUnknown } from '#core/deadlines/calendar.ts'
import type { Duty } from '#core/deadlines/duties.ts'
import { lastDueWithin, lastWarnedOf, WARNED_AT_WORKING_DAYS } from '#core/deadlines/warnings.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { may, type Role } from '#core/staff/permissions.ts'
import { recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { deadlineRules } from '../deadlines/service.ts'
import type { AppealEvent } from './events.ts'
import type { Registrar } from './registering.ts'
import { giveWarnings, listWarnings, type WarnedFor } from './warning-store.ts'

const WARNED_AT_ONCE = 200
/** A first run after long years still ends; the next hour goes on. */
const ROUNDS_MAX = 100
/** So many are named one by one; more of them at once are one alarm with their number. */
const ALARMS_AT_ONCE_MAX = 20
const LIST_MAX_ROWS = 100

type Alarm = { kind: string; subject: string; detail: string }
export type WarnDeps = {
  db: Kysely<Database>
  log: Logger
  raiseAlarm: (trx: Transaction<Database>, alarm: Alarm) => Promise<void>
  now?: () => Instant
}

export type Warning = ReturnType<typeof warning>

export function warning({ db, log, raiseAlarm, now = Date.now }: WarnDeps) {
  /** Gives the warnings that are due now, and answers how many they were. */
  async function warnDue(): Promise<number> {
    const today = tashkentDay(now())
    const { calendar } = await deadlineRules(db)
    for (const year of yearsUnknown(today, calendar))
      await db.transaction().execute((trx) => raiseAlarm(trx, calendarAlarm(year)))
    const until = {
      today,
      oneDayLeft: lastDueWithin(WARNED_AT_WORKING_DAYS.oneDayLeft, today, calendar),
      soonBy: lastWarnedOf(today, calendar),
    }
    let given = 0
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const count = await db.transaction().execute(async (trx) => {
        const warned = await giveWarnings(trx, { until, at: new Date(now()), limit: WARNED_AT_ONCE })
        await recordAll<AppealEvent>(
          trx,
          warned.map(({ appeal, duty, warning: given_, due_on }) => ({
            type: 'appealWarned',
            appeal,
            duty,
            warning: given_,
            dueOn: due_on,
          })),
        )
        // A report of corruption is nobody's business but theirs who handle it: they have its warning in their list.
        const overdue = warned.filter((one) => one.warning === 'overdue' && one.track !== 'trust')
        for (const alarm of alarmsOf(overdue, today)) await raiseAlarm(trx, alarm)
        return warned.length
      })
      given += count
      if (count < WARNED_AT_ONCE) break
    }
    if (given > 0) log.info({ given }, 'warnings of due days given')
    return given
  }

  return {
    warnDue,
    list: (by: Registrar): Promise<DueWarningRow[]> =>
      listWarnings(db, {
        ...warnedFor(by.role),
        of: by.id,
        withTrust: may(by.role, 'handleTrustAppeals'),
        limit: LIST_MAX_ROWS,
      }),
  }
}

/** Who answers for everybody sees all; an editor his own and those nobody has; others what they registered or have in hand. */
function warnedFor(role: Role): Pick<WarnedFor, 'whose'> {
  if (may(role, 'approveConclusions') || (may(role, 'approveAppeals') && !may(role, 'editAppeals')))
    return { whose: 'all' }
  if (may(role, 'editAppeals')) return { whose: 'edited' }
  return { whose: may(role, 'answerAppeals') ? 'dispatched' : 'registered' }
}

function calendarAlarm(year: string): Alarm {
  return {
    kind: 'calendarUnknown',
    subject: year,
    detail: `No holiday of ${year} is in the calendar: its days off count as worked until they are.`,
  }
}

type Overdue = { number: string; due_on: string; duty: Duty }

function alarmsOf(overdue: readonly Overdue[], today: string): Alarm[] {
  if (overdue.length > ALARMS_AT_ONCE_MAX)
    return [
      {
        kind: 'appealsOverdue',
        subject: `${today}, ${overdue[0]?.number}`,
        detail: `${overdue.length} days of appeals have passed, the first of them of ${overdue[0]?.number}.`,
      },
    ]
  return overdue.map(({ number, due_on, duty }) => ({
    kind: OVERDUE_ALARMS[duty],
    subject: number,
    detail: `It was due on ${due_on}.`,
  }))
}

const OVERDUE_ALARMS: Readonly<Record<Duty, string>> = {
  reply: 'appealOverdue',
  notice: 'studyNoticeOverdue',
  forwarding: 'forwardingOverdue',
}
