/** The SQL of registering: each statement for all appeals that are registered together. */
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { RegisteredAppeal } from '#contract/appeals.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import { lineOf, tracksOf } from '#core/knowledge/classifier.ts'
import type { AppealId, CallId, StaffId, TopicCode } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import type { DayColumns } from './day-columns.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** With its days, and everything that is told when it is registered. */
export type NewAppeal = Insertable<Database['appeals']> & {
  track: AppealTrack
  days: DayColumns
  registered_by: StaffId | null
}

export async function findByRequestKeys(
  db: Db,
  keys: readonly string[],
): Promise<Map<string, RegisteredAppeal>> {
  const rows = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['request_key', 'id', 'number', 'registered_on', 'due_on'])
    .where((eb) => eb('request_key', '=', eb.fn.any(sql<string[]>`${keys}::uuid[]`)))
    .execute()
  return new Map(
    rows.map(({ request_key, id, number, registered_on, due_on }) => [
      request_key,
      { id, number, registeredOn: registered_on, dueOn: due_on },
    ]),
  )
}

/** By which procedure an appeal about each topic goes; a topic there is not is missing. */
export async function findTopicTracks(
  db: Db,
  codes: readonly TopicCode[],
): Promise<ReadonlyMap<TopicCode, AppealTrack>> {
  if (codes.length === 0) return new Map()
  const lines = [...new Set(codes.flatMap(lineOf))]
  return tracksOf(
    await db.selectFrom('topics').select(['code', 'track']).where('code', 'in', lines).execute(),
  )
}

type Part = { call: CallId; agent: StaffId }

/** Whether each agent has or had a part in the call, by `call agent`; missing where there is no such call. */
export async function findPartsInCalls(db: Db, parts: readonly Part[]): Promise<Map<string, boolean>> {
  if (parts.length === 0) return new Map()
  const { rows } = await sql<Part & { has_part: boolean }>`
    select asked.call, asked.agent, coalesce(calls.agent = asked.agent, false)
      or exists (select from call_legs where call_legs.call = calls.id and call_legs.agent = asked.agent) as has_part
    from unnest(${parts.map(({ call }) => call)}::uuid[], ${parts.map(({ agent }) => agent)}::uuid[]) as asked (call, agent)
      join calls on calls.id = asked.call`.execute(db)
  return new Map(rows.map(({ call, agent, has_part }) => [`${call} ${agent}`, has_part]))
}

/**
 * The first of the next `count` places in the year. The row stays locked until the transaction ends, so
 * that what a rollback gives up is the next one's; therefore this comes last, right before the appeals themselves.
 */
export async function takeSequences(
  trx: Trx,
  { organisation, year, count }: { organisation: string; year: number; count: number },
): Promise<number> {
  const { last } = await trx
    .insertInto('appeal_counters')
    .values({ organisation, year, last: count })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation', 'year'])
        .doUpdateSet({ last: sql`appeal_counters.last + excluded.last` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last - count + 1
}

/** The id of each by its request key. Ids grow in the order of the numbers. */
export async function insertAppeals(trx: Trx, appeals: readonly NewAppeal[]): Promise<Map<string, AppealId>> {
  const parts = appeals.map(({ days, ...appeal }) => ({ appeal, days }))
  const rows = await trx
    .insertInto('appeals')
    .values(parts.map(({ appeal }) => appeal))
    .returning(['id', 'request_key'])
    .execute()
  const ids = new Map(rows.map(({ id, request_key }) => [request_key, id]))
  await trx
    .insertInto('appeal_days')
    .values(parts.map(({ appeal, days }) => ({ appeal: ids.get(appeal.request_key) as AppealId, ...days })))
    .execute()
  return ids
}

/** The id of the step of each. */
export async function insertFirstSteps(
  trx: Trx,
  appeals: readonly (NewAppeal & { id: AppealId })[],
): Promise<Map<AppealId, string>> {
  const rows = await trx
    .insertInto('appeal_steps')
    .values(
      appeals.map(({ id, registered_by, received_at, request_key }) => ({
        appeal: id,
        place: 1,
        action: 'register' as const,
        from_status: 'draft' as const,
        to_status: 'registered' as const,
        actor: registered_by,
        at: received_at,
        request_key,
        details: '{}',
      })),
    )
    .returning(['id', 'appeal'])
    .execute()
  return new Map(rows.map(({ id, appeal }) => [appeal, id]))
}
