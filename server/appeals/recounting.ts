/**
 * A changed calendar, carried out on every appeal whose clock runs. Days are counted once for all appeals of which the
 * clock cannot tell one from another, and written and told by one statement, so that a hundred thousand take seconds.
 * Nobody counts a day meanwhile: whoever does holds the calendar.
 */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { DeadlineRules } from '#core/deadlines/appeal-clock.ts'
import { closingMinutes, controlDay } from '#core/deadlines/due-day.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import type { Day, Instant } from '#core/lib/time.ts'
import { recordEach } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { CalendarChange, MovedAppeals } from '../deadlines/service.ts'
import type { AppealEvent } from './events.ts'
import { clockOf } from './moving.ts'

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
  /** None where there is nothing to be done, or no more: a calendar brings neither back. */
  notice_on: string | null
  forward_on: string | null
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
    const done = { isOurs: alike.forward_on === null, isToldOfStudy: alike.notice_on === null }
    const clock = clockOf({ ...alike, ...done }, at, after)
    const control = (due: string | null, { calendar }: DeadlineRules) =>
      due && controlDay(due as Day, calendar)
    return {
      ...alike,
      clock,
      controlFrom: control(alike.due_on, before),
      controlTo: control(clock.days.due_on, after),
    }
  })
  if (counted.length === 0) return { count: 0, first: [] }
  const { count, first } = await writeDays(trx, { key, counted, by })
  return {
    count,
    first: first.map(({ id, number, place }) => {
      const { due_on, forward_on, notice_on, clock, controlFrom, controlTo } = counted[place - 1] as Counted
      const { days } = clock
      const others = [
        { duty: 'notice' as const, from: notice_on, to: days.notice_on },
        { duty: 'forwarding' as const, from: forward_on, to: days.forward_on },
      ].filter(({ from, to }) => from !== to)
      return { id, number, dueFrom: due_on, dueTo: days.due_on, controlFrom, controlTo, others }
    }),
  }
}

/** Those whose clock runs. */
const RUNNING = sql`appeal_days join appeals on appeals.id = appeal_days.appeal where clock_runs`

/** What of an appeal its clock looks at, in one text: of the moments only the day, and whether the office was open. */
function keyOf({ hours }: DeadlineRules): RawBuilder<string> {
  const moment = (column: 'received_at' | 'reopened_at') => {
    const local = sql`(${sql.ref(column)} at time zone 'Asia/Tashkent')`
    const minute = sql`(extract(hour from ${local}) * 60 + extract(minute from ${local}))`
    const passed = closingMinutes(hours).map((closing) => sql`(${minute} >= ${sql.lit(closing)})::int`)
    return sql`coalesce(${local}::date::text || ' ' || (${sql.join(passed, sql` + `)}), '-')`
  }
  return sql<string>`concat_ws(' ', kind, track, registered_on, coalesce(due_on::text, '-'),
    coalesce(notice_on::text, '-'), coalesce(forward_on::text, '-'), grants,
    ${moment('received_at')}, ${moment('reopened_at')})`
}

async function listAlike(trx: Trx, key: RawBuilder<string>): Promise<Alike[]> {
  const { rows } = await sql<Alike>`
    select ${key} as key, min(kind) as kind, min(track) as track, min(registered_on) as registered_on,
      min(due_on) as due_on, min(notice_on) as notice_on, min(forward_on) as forward_on, min(grants) as grants, min(received_at) as received_at, min(reopened_at) as reopened_at
    from ${RUNNING} group by 1`.execute(trx)
  return rows
}

/** An appeal that moved, and its place among the counted, from one. */
type Moved = { id: AppealId; number: string; place: number }

/**
 * Writes what is other than it was, with an event for each whose due day moved, or the working day the office plans
 * for: how many they are, and the first.
 */
async function writeDays(
  trx: Trx,
  { key, counted, by }: { key: RawBuilder<string>; counted: readonly Counted[]; by: StaffId },
): Promise<{ count: number; first: readonly Moved[] }> {
  const isMoved = ({ clock: { days }, controlFrom, controlTo, due_on, forward_on, notice_on }: Counted) =>
    due_on !== days.due_on ||
    controlFrom !== controlTo ||
    notice_on !== days.notice_on ||
    forward_on !== days.forward_on
  const isRegisteredAnew = ({ clock, registered_on }: Counted) => registered_on !== clock.registered_on
  const told = sql`(select id as appeal, jsonb_build_object('dueOn', due_on) as body from dated where is_moved) moved`
  const { rows } = await sql<{ count: number; first: readonly Moved[] }>`
    with counted as (
      select * from unnest(${counted.map((one) => one.key)}::text[], ${counted.map(isMoved)}::boolean[],
        ${counted.map(isRegisteredAnew)}::boolean[], ${counted.map(({ clock }) => clock.registered_on)}::date[],
        ${counted.map(({ clock }) => clock.days.due_on)}::date[],
        ${counted.map(({ clock }) => clock.days.due_steps)}::jsonb[],
        ${counted.map(({ clock }) => clock.days.notice_on)}::date[],
        ${counted.map(({ clock }) => clock.days.forward_on)}::date[],
        ${counted.map(({ clock }) => clock.days.other_steps)}::jsonb[]) with ordinality
        as one (key, is_moved, is_registered_anew, registered_on, due_on, due_steps, notice_on, forward_on,
          other_steps, place)
    ), running as (
      select id, number, ${key} as key from ${RUNNING}
    ), dated as materialized (
      select id, number, place::int, is_moved, is_registered_anew, registered_on, due_on, due_steps, notice_on,
        forward_on, other_steps
      from running join counted using (key)
    ), written as (
      update appeal_days set due_on = dated.due_on, due_steps = dated.due_steps, notice_on = dated.notice_on,
        forward_on = dated.forward_on, other_steps = dated.other_steps
      from dated where appeal = id and (appeal_days.due_on, appeal_days.due_steps, appeal_days.other_steps)
        is distinct from (dated.due_on, dated.due_steps, dated.other_steps)
    ), registered as (
      -- They are few and of the last days, so each is looked up.
      update appeals set registered_on = dated.registered_on
      from dated where appeals.id = dated.id and appeals.id = any (array(select id from dated where is_registered_anew))
    ), told as (${recordEach<AppealEvent>({ type: 'appealDaysMoved', by }, told)})
    select (select count(*)::int from dated where is_moved) as count,
      array(select jsonb_build_object('id', id, 'number', number, 'place', place) from dated where is_moved
        order by id limit ${MOVED_SHOWN_MAX}) as first`.execute(trx)
  return rows[0] as { count: number; first: readonly Moved[] }
}
