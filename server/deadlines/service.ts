/**
 * When the office works. A change is saved together with the days of every open appeal that it moves.
 *
 * What must hold: no appeal keeps a day counted by a calendar that is not in force any more. Whoever counts a day
 * holds the calendar until he has committed, and whoever changes it waits for them and keeps them waiting.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { CalendarCard, SaveCalendar, SavedCalendar } from '#contract/calendar.ts'
import { type DeadlineRules, FIRST_DEADLINE_RULES } from '#core/deadlines/appeal-clock.ts'
import { checkCalendar, formOfRules, rulesOfForm } from '#core/deadlines/calendar-form.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { DeadlinesEvent } from './events.ts'
import { findCalendar, holdCalendar, insertCalendar, lockCalendar } from './store.ts'

export type CalendarChange = { before: DeadlineRules; after: DeadlineRules; version: number; by: StaffId }

/** How many appeals a change has moved, and the first of them. */
export type MovedAppeals = { count: number; first: SavedCalendar['moved'] }

export type DeadlineServiceDeps = {
  db: Kysely<Database>
  log: Logger
  /** Counts the days of what is open again, and answers what has moved. */
  recount: (trx: Transaction<Database>, change: CalendarChange) => Promise<MovedAppeals>
  /** Told of the first after the change is committed. */
  moved?: (moved: SavedCalendar['moved']) => void
}

/** The rules as they are, to show something by. */
export async function deadlineRules(db: Kysely<Database>): Promise<DeadlineRules> {
  const saved = await findCalendar(db)
  return saved ? rulesOfForm(saved.form) : FIRST_DEADLINE_RULES
}

/** The rules, which stay as they are until the transaction is over. To be taken before any row is locked. */
export async function heldDeadlineRules(trx: Transaction<Database>): Promise<DeadlineRules> {
  await holdCalendar(trx)
  return await deadlineRules(trx)
}

export type DeadlineService = ReturnType<typeof deadlineService>

export function deadlineService({ db, log, recount, moved: tellMoved }: DeadlineServiceDeps) {
  async function card(from: Kysely<Database> = db): Promise<CalendarCard> {
    const saved = await findCalendar(from)
    const form = saved?.form ?? formOfRules(FIRST_DEADLINE_RULES)
    return {
      version: saved?.version ?? 0,
      form: { ...form, days: form.days.map((day) => ({ ...day, weeks: [...day.weeks] })) },
      savedAt: saved?.saved_at.getTime() ?? null,
      savedByName: saved?.name ?? null,
    }
  }

  return {
    card: () => card(),

    async save({ basedOn, form }: SaveCalendar, by: StaffId): Promise<SavedCalendar> {
      const [problem] = checkCalendar(form)
      if (problem) throw new Refusal('badInput', `The calendar: ${problem.fault} ${problem.day ?? ''}`)
      const version = basedOn + 1
      const moved = await db.transaction().execute(async (trx) => {
        await lockCalendar(trx)
        const before = await card(trx)
        if (before.version !== basedOn)
          throw new Refusal('changedMeanwhile', 'The calendar was saved meanwhile')
        const rules = { before: rulesOfForm(before.form), after: rulesOfForm(form) }
        const appeals = await recount(trx, { ...rules, version, by })
        await insertCalendar(trx, { version, form, moved: appeals.count, by })
        await record<DeadlinesEvent>(trx, { type: 'calendarSaved', version, moved: appeals.count, by })
        return appeals
      })
      log.info({ version, moved: moved.count, staff: by }, 'calendar saved')
      tellMoved?.(moved.first)
      return { calendar: await card(), movedCount: moved.count, moved: moved.first }
    },
  }
}
