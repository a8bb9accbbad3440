/**
 * A changed calendar, carried out on every appeal whose clock runs. Days are counted once for all appeals of which the
 * clock cannot tell one from another, and written by one statement, so that a hundred thousand take seconds. Nobody
 * counts a day meanwhile: whoever does holds the calendar.
 */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import { type DeadlineRules, otherDays } from '#core/deadlines/appeal-clock.ts'
import { closingMinutes } from '#core/deadlines/due-day.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Day, Instant } from '#core/lib/time.ts'
import { recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { CalendarChange, MovedAppeals } from '../deadlines/service.ts'
import type { AppealEvent } from './events.ts'
import { clockOf } from './moving.ts'
import { CLOCK_RUNNING } from './store.ts'

/** Whoever saves a calendar reads the first; the others are found by their days. */
const MOVED_SHOWN_MAX = 200

type Trx = Transaction<Database>

/** Appeals of which the clock cannot tell one from another, with the moments of one of them. */
type Alike = {
  key: string
  kind: AppealKind
  track: AppealTrack
  registered_on: string
  due_on: string | null
  grants: string[]
  received_at: Date
  reopened_at: Date | null
}

type Counted = Alike & {
  clock: ReturnType<typeof clockOf>
  controlFrom: string | null
  controlTo: string | null
}

export async function recountOpenAppeals(
  trx: Trx,
  { before, after, by }: CalendarChange,
  at: Instant,
): Promise<MovedAppeals> {
  const key = keyOf(after)
  const counted = (await listAlike(trx, key)).map((alike): Counted => {
    const clock = clockOf(alike, at, after)
    const control = (due: string | null, rules: DeadlineRules) =>
      otherDays(alike.registered_on as Day, due as Day | null, rules).controlOn
    return {
      ...alike,
      clock,
      controlFrom: control(alike.due_on, before),
      controlTo: control(clock.due_on, after),
    }
  })
  const countedOf = new Map(counted.map((one) => [one.key, one]))
  const moved = (await writeDays(trx, key, counted)).map(({ id, number, key: of }) => {
    const { due_on, clock, controlFrom, controlTo } = countedOf.get(of) as Counted
    return { id, number, dueFrom: due_on, dueTo: clock.due_on, controlFrom, controlTo }
  })
  await recordAll<AppealEvent>(
    trx,
    moved.map(({ id, dueTo }) => ({ type: 'appealDaysMoved', appeal: id, dueOn: dueTo, by })),
  )
  return { count: moved.length, first: moved.slice(0, MOVED_SHOWN_MAX) }
}

/** What of an appeal its clock looks at, in one text: of the moments only the day, and whether the office was open. */
function keyOf({ hours }: DeadlineRules): RawBuilder<string> {
  const moment = (column: 'received_at' | 'reopened_at') => {
    const local = sql`(${sql.ref(column)} at time zone 'Asia/Tashkent')`
    const minute = sql`(extract(hour from ${local}) * 60 + extract(minute from ${local}))`
    const passed = closingMinutes(hours).map((closing) => sql`(${minute} >= ${sql.lit(closing)})::int`)
    return sql`coalesce(${local}::date::text || ' ' || (${sql.join(passed, sql` + `)}), '-')`
  }
  return sql<string>`concat_ws(' ', kind, track, registered_on, coalesce(due_on::text, '-'), grants,
    ${moment('received_at')}, ${moment('reopened_at')})`
}

async function listAlike(trx: Trx, key: RawBuilder<string>): Promise<Alike[]> {
  const { rows } = await sql<Alike>`
    select ${key} as key, min(kind) as kind, min(track) as track, min(registered_on) as registered_on,
      min(due_on) as due_on, min(grants) as grants, min(received_at) as received_at, min(reopened_at) as reopened_at
    from appeals where status in (${sql.join(CLOCK_RUNNING)}) group by 1`.execute(trx)
  return rows
}

/** Writes what is other than it was, and answers those whose due day moved, or the working day the office plans for. */
async function writeDays(trx: Trx, key: RawBuilder<string>, counted: readonly Counted[]) {
  const isMoved = ({ clock, controlFrom, controlTo, due_on }: Counted) =>
    due_on !== clock.due_on || controlFrom !== controlTo
  const { rows } = await sql<{ id: AppealId; number: string; key: string }>`
    with counted as (
      select * from unnest(${counted.map((one) => one.key)}::text[], ${counted.map(isMoved)}::boolean[],
        ${counted.map(({ clock }) => clock.registered_on)}::date[], ${counted.map(({ clock }) => clock.due_on)}::date[],
        ${counted.map(({ clock }) => clock.due_steps)}::jsonb[]) as one (key, is_moved, registered_on, due_on, due_steps)
    ), running as materialized (
      select id, number, ${key} as key from appeals where status in (${sql.join(CLOCK_RUNNING)})
    ), written as (
      update appeals set registered_on = counted.registered_on, due_on = counted.due_on, due_steps = counted.due_steps
      from running join counted using (key)
      where appeals.id = running.id and (appeals.registered_on, appeals.due_on, appeals.due_steps)
        is distinct from (counted.registered_on, counted.due_on, counted.due_steps)
    )
    select id, number, key from running join counted using (key) where is_moved order by id`.execute(trx)
  return rows
}
