import { type Kysely, type RawBuilder, sql, type SqlBool } from 'kysely'
import type { AppealCard, AppealRow } from '#contract/appeals.ts'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { DueStep } from '#core/deadlines/due-day.ts'
import { DUTIES, type Duty, nextDuty, OTHER_DUTIES, type OtherDuty } from '#core/deadlines/duties.ts'
import { GRANTS } from '#core/deadlines/time-limits.ts'
import type { AppealId, CitizenId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import { isMinor } from '#core/citizens/citizen-card.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import { filersOf } from './filers-columns.ts'
import { listMoves } from './moves-store.ts'

type Db = Kysely<Database>

const EXCERPT_CHARACTERS = 160
const TIMELINE_MAX_EVENTS = 500

type Span = { readonly from: string; readonly to: string }

export type AppealsFilter = {
  /** Only those whose first day is by this one, or before it: of what has to be done yet. */
  dueBy?: string | undefined
  dueBefore?: string | undefined
  /** Only those of which any day is within what is asked for its duty. */
  dueWithin?: Readonly<Record<Duty, Span>> | undefined
  /** Registered or edited by this person. */
  of?: StaffId | undefined
  editor?: StaffId | undefined
  status?: AppealStatus | undefined
  kind?: AppealKind | undefined
  track?: AppealTrack | undefined
  underControl?: true | undefined
  /** A topic, or any below it. */
  topic?: string | undefined
  registeredFrom?: string | undefined
  registeredTo?: string | undefined
  /** Only these. */
  ids?: readonly AppealId[] | undefined
  /** Only those that come after this one in the list. */
  before?: AppealId | undefined
  withTrust: boolean
  limit: number
}

/** Newest first; the most urgent first when it is asked by due day. */
export async function listAppeals(db: Db, filter: AppealsFilter): Promise<AppealRow[]> {
  const { before, ids, limit } = filter
  if (ids?.length === 0) return []
  const byDueDay = isByDueDay(filter)
  const rows = await rowsQuery(db)
    .where((eb) => eb.and(conditionsOf(filter)))
    .$if(before !== undefined, (query) => query.where(comesAfter(before as AppealId, byDueDay)))
    .$if(byDueDay, (query) =>
      query.where('clock_runs', '=', true).orderBy('appeal_days.next_on').orderBy('appeal_days.appeal'),
    )
    .$if(!byDueDay, (query) => query.orderBy('appeals.id', 'desc'))
    .limit(limit)
    .execute()
  return rows.map(appealRow)
}

type ByDueDay = Pick<AppealsFilter, 'dueBefore' | 'dueBy' | 'dueWithin'>

export function isByDueDay({ dueBefore, dueBy, dueWithin }: ByDueDay): boolean {
  return dueBy !== undefined || dueBefore !== undefined || dueWithin !== undefined
}

/** Each column that is asked for as one value. */
const EQUAL = ['status', 'kind', 'track', 'editor'] as const

function conditionsOf(filter: AppealsFilter): RawBuilder<SqlBool>[] {
  const { dueBefore, dueBy, dueWithin, ids, of, registeredFrom, registeredTo, topic, withTrust } = filter
  const equal = EQUAL.flatMap((column) => {
    const value = filter[column]
    return value === undefined ? [] : [sql<SqlBool>`${sql.ref(`appeals.${column}`)} = ${value}`]
  })
  return [
    ...equal,
    dueBy !== undefined && sql<SqlBool>`next_on <= ${dueBy}`,
    dueBefore !== undefined && sql<SqlBool>`next_on < ${dueBefore}`,
    dueWithin !== undefined &&
      sql<SqlBool>`(${sql.join(
        DUTIES.map((duty) => isWithin(duty, dueWithin[duty])),
        sql` or `,
      )})`,
    registeredFrom !== undefined && sql<SqlBool>`appeals.registered_on >= ${registeredFrom}`,
    registeredTo !== undefined && sql<SqlBool>`appeals.registered_on <= ${registeredTo}`,
    topic !== undefined && sql<SqlBool>`(appeals.topic = ${topic} or appeals.topic like ${`${topic}.%`})`,
    filter.underControl === true && sql<SqlBool>`appeals.under_control`,
    ids !== undefined && sql<SqlBool>`appeals.id = any(${ids}::uuid[])`,
    of !== undefined && sql<SqlBool>`(appeals.registered_by = ${of} or appeals.editor = ${of})`,
    !withTrust && sql<SqlBool>`appeals.track <> 'trust'`,
  ].filter((condition) => condition !== false)
}

const DAY_OF = { reply: 'due_on', notice: 'notice_on', forwarding: 'forward_on' } as const

function isWithin(duty: Duty, { from, to }: Span) {
  return sql<SqlBool>`${sql.ref(DAY_OF[duty])} between ${from} and ${to}`
}

/** Ids grow with time, so they are the order of registration. */
function comesAfter(before: AppealId, byDueDay: boolean) {
  return byDueDay
    ? sql<boolean>`(appeal_days.next_on, appeal_days.appeal)
        > (select last.next_on, last.appeal from appeal_days last where last.appeal = ${before})`
    : sql<boolean>`appeals.id < ${before}`
}

function rowsQuery(db: Db) {
  return (
    db
      .selectFrom('appeals')
      .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
      .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
      // His card may have been merged into another since.
      .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
      .select([
        'appeals.id',
        'appeals.number',
        'appeals.kind',
        'appeals.status',
        'appeals.track',
        'appeals.topic',
        'appeals.registered_on',
        'due_on',
        'citizens.name as citizen_name',
      ])
      .select(['notice_on', 'forward_on', 'clock_runs'])
      .select(['appeals.is_anonymous', 'appeals.under_control'])
      .select(sql<number>`jsonb_array_length(appeals.cosigners)`.as('cosigner_count'))
      .select(sql<string>`left(appeals.text, ${sql.lit(EXCERPT_CHARACTERS)})`.as('excerpt'))
  )
}

type RawRow = Awaited<ReturnType<ReturnType<typeof rowsQuery>['executeTakeFirstOrThrow']>>

function appealRow(raw: RawRow): AppealRow {
  const { citizen_name, registered_on, due_on, notice_on, forward_on, clock_runs, ...rest } = raw
  const { cosigner_count, is_anonymous, under_control, ...row } = rest
  const days = { reply: due_on, notice: notice_on, forwarding: forward_on } as Record<Duty, Day | null>
  return {
    ...row,
    next: clock_runs ? nextDuty(days) : null,
    citizenName: citizen_name,
    registeredOn: registered_on,
    dueOn: due_on,
    cosignerCount: cosigner_count,
    isAnonymous: is_anonymous,
    underControl: under_control,
  }
}

/** Without what is counted as it is asked for. */
type FoundCard = Omit<AppealCard, 'controlOn' | 'links' | 'otherDays'> & {
  otherDays: { duty: OtherDuty; dueOn: Day; steps: DueStep[] }[]
}

export async function findCard(db: Db, id: AppealId, today: Day): Promise<FoundCard | undefined> {
  const found = await cardQuery(db).where('appeals.id', '=', id).executeTakeFirst()
  if (!found) return undefined
  const [numbers, timeline, moves] = await Promise.all([
    findNumbers(db, found.citizen),
    findTimeline(db, id),
    listMoves(db, id),
  ])
  const { text, citizen, call, arrived_at, received_at, due_steps, registered_by_name, ...others } = found
  const { other_steps, ...rest } = others
  const { edited_text, editor_name, incoming_number, outcome, merged_into, merged_number, grants, ...more } =
    rest
  const { birth_on, is_minor, cosigners, representative, medium, telephone, ...row } = more
  return {
    ...appealRow(row),
    version: moves.length,
    text,
    editedText: edited_text,
    editorName: editor_name,
    incomingNumber: incoming_number,
    outcome,
    mergedInto: merged_into && merged_number ? { id: merged_into, number: merged_number } : null,
    grants: GRANTS.filter((grant) => grants.includes(grant)),
    citizen: {
      id: citizen,
      name: row.citizen_name,
      numbers,
      isMinor: isMinor({ birthDay: birth_on ?? '', isMinor: is_minor }, today),
    },
    filers: filersOf({ cosigners, representative }),
    medium,
    telephone,
    call: call && arrived_at ? { id: call, arrivedAt: arrived_at.getTime() } : null,
    receivedAt: received_at.getTime(),
    registeredByName: registered_by_name,
    dueSteps: due_steps as DueStep[],
    otherDays: otherDaysOf(rest, other_steps),
    moves,
    timeline,
  }
}

function otherDaysOf(
  { clock_runs, forward_on, notice_on }: Pick<RawRow, 'clock_runs' | 'forward_on' | 'notice_on'>,
  steps: Partial<Record<OtherDuty, DueStep[]>>,
): FoundCard['otherDays'] {
  const days = { notice: notice_on, forwarding: forward_on }
  return OTHER_DUTIES.flatMap((duty) => {
    const dueOn = days[duty]
    return clock_runs && dueOn !== null ? [{ duty, dueOn: dueOn as Day, steps: steps[duty] ?? [] }] : []
  })
}

function cardQuery(db: Db) {
  return rowsQuery(db)
    .leftJoin('staff_members', 'staff_members.id', 'appeals.registered_by')
    .leftJoin('staff_members as editors', 'editors.id', 'appeals.editor')
    .leftJoin('calls', 'calls.id', 'appeals.call')
    .leftJoin('appeals as main', 'main.id', 'appeals.merged_into')
    .select([
      'appeals.text',
      'citizens.id as citizen',
      'appeals.call',
      'calls.arrived_at',
      'appeals.received_at',
      'appeals.medium',
      'appeals.telephone',
      'due_steps',
      'other_steps',
      'appeals.edited_text',
      'appeals.incoming_number',
      'appeals.outcome',
      'appeals.grants',
      'appeals.merged_into',
      'main.number as merged_number',
      'editors.name as editor_name',
      'staff_members.name as registered_by_name',
      'citizens.birth_on',
      'citizens.is_minor',
      'appeals.cosigners',
      'appeals.representative',
    ])
}

async function findNumbers(db: Db, citizen: CitizenId): Promise<string[]> {
  const rows = await db
    .selectFrom('citizen_numbers')
    .select('e164')
    .where((eb) =>
      eb('citizen_id', 'in', eb.selectFrom('citizens').select('id').where('shown_as', '=', citizen)),
    )
    .where('standing', '<>', 'notHis')
    .groupBy('e164')
    .orderBy((eb) => eb.fn.max('seen_at'), 'desc')
    .execute()
  return rows.map(({ e164 }) => displayNumber(e164))
}

async function findTimeline(db: Db, appeal: AppealId): Promise<AppealCard['timeline']> {
  const rows = await db
    .selectFrom('events')
    .leftJoin('staff_members', 'staff_members.id', 'events.actor')
    .select(['events.at', 'events.type', 'staff_members.name'])
    .leftJoin('appeal_exports', (join) =>
      join.on(
        sql<SqlBool>`events.type = 'appealExported' and appeal_exports.id = (events.body ->> 'export')::uuid`,
      ),
    )
    .select(sql<string | null>`coalesce(events.body ->> 'incomingNumber', appeal_exports.reason)`.as('note'))
    .select(sql<string | null>`events.body ->> 'receipt'`.as('receipt'))
    .where('appeal', '=', appeal)
    .orderBy('events.at')
    .orderBy('events.id')
    .limit(TIMELINE_MAX_EVENTS)
    .execute()
  return rows.map(({ at, name, ...row }) => ({ ...row, at: at.getTime(), actorName: name }))
}
