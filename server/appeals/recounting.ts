/**
 * A changed calendar, carried out on every appeal whose clock runs. In batches by id, each read and written in two
 * statements, so that a hundred thousand take seconds. Nobody counts a day meanwhile: whoever does holds the calendar.
 */
import { sql, type Transaction } from 'kysely'
import type { SavedCalendar } from '#contract/calendar.ts'
import { type DeadlineRules, otherDays } from '#core/deadlines/appeal-clock.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Day, Instant } from '#core/lib/time.ts'
import { recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { CalendarChange } from '../deadlines/service.ts'
import type { AppealEvent } from './events.ts'
import { clockOf } from './moving.ts'
import { CLOCK_RUNNING } from './store.ts'

const BATCH_ROWS = 5_000

type Moved = SavedCalendar['moved'][number]
type Counted = { id: AppealId; registered_on: string; due_on: string | null; due_steps: string }

export async function recountOpenAppeals(
  trx: Transaction<Database>,
  { before, after, by }: CalendarChange,
  at: Instant,
): Promise<Moved[]> {
  const moved: Moved[] = []
  let last: AppealId | undefined
  for (;;) {
    const rows = await openAppealsAfter(trx, last)
    if (rows.length === 0) return moved
    last = rows.at(-1)?.id
    const counted = rows.map((row) => ({ row, clock: { id: row.id, ...clockOf(row, at, after) } }))
    await writeDays(
      trx,
      counted.filter(({ row, clock }) => isOtherwise(row, clock)).map(({ clock }) => clock),
    )
    const batch = counted.flatMap(({ row, clock }) => movedFrom(row, clock, { before, after }))
    await recordAll<AppealEvent>(
      trx,
      batch.map(({ id, dueTo }) => ({
        type: 'appealDaysMoved',
        appeal: id as AppealId,
        dueOn: dueTo,
        by,
      })),
    )
    moved.push(...batch)
  }
}

type OpenAppeal = Awaited<ReturnType<typeof openAppealsAfter>>[number]

async function openAppealsAfter(trx: Transaction<Database>, last: AppealId | undefined) {
  return await trx
    .selectFrom('appeals')
    .select(['id', 'number', 'kind', 'track', 'received_at', 'registered_on', 'reopened_at'])
    .select(['due_on', 'due_steps', 'grants'])
    .where('status', 'in', CLOCK_RUNNING)
    .$if(last !== undefined, (query) => query.where('id', '>', last as AppealId))
    .orderBy('id')
    .limit(BATCH_ROWS)
    .execute()
}

function isOtherwise(row: OpenAppeal, clock: Counted): boolean {
  return (
    row.due_on !== clock.due_on ||
    row.registered_on !== clock.registered_on ||
    stepsText(row.due_steps) !== stepsText(JSON.parse(clock.due_steps))
  )
}

/** PostgreSQL gives the names of an object back in an order of its own. */
function stepsText(steps: unknown): string {
  return (steps as { text: string; day: string }[]).map(({ text, day }) => `${text} ${day}`).join()
}

/** Where the due day moved, or the working day by which the office plans for it. */
function movedFrom(
  row: OpenAppeal,
  clock: Counted,
  { before, after }: { before: DeadlineRules; after: DeadlineRules },
): Moved[] {
  const control = (due: string | null, rules: DeadlineRules) =>
    otherDays(row.registered_on as Day, due as Day | null, rules).controlOn
  const [controlFrom, controlTo] = [control(row.due_on, before), control(clock.due_on, after)]
  if (row.due_on === clock.due_on && controlFrom === controlTo) return []
  return [
    { id: row.id, number: row.number, dueFrom: row.due_on, dueTo: clock.due_on, controlFrom, controlTo },
  ]
}

async function writeDays(trx: Transaction<Database>, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return
  await sql`update appeals set registered_on = counted.registered_on, due_on = counted.due_on,
      due_steps = counted.due_steps::jsonb
    from unnest(${counted.map(({ id }) => id)}::uuid[], ${counted.map((one) => one.registered_on)}::date[],
      ${counted.map((one) => one.due_on)}::date[], ${counted.map((one) => one.due_steps)}::text[])
      as counted (id, registered_on, due_on, due_steps)
    where appeals.id = counted.id`.execute(trx)
}
