/** The SQL of what becomes of knowledge: shown in calls, voted on, read, searched for in vain. */
import { type Kysely, sql } from 'kysely'
import type { Miss } from '#core/knowledge/search-misses.ts'
import type { AgentId, CallId, KnowledgeItemId, StaffId } from '#core/lib/ids.ts'
import { ROLES, type Role, may } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

const MISSES_MAX = 500
const SHOWN_MAX = 200
const READERS_MAX = 1_000
/** Who has to read what must be read: whoever takes calls. */
const READING_ROLES: readonly Role[] = ROLES.filter((role) => may(role, 'takeCalls'))

export type VersionId = { item: KnowledgeItemId; version: number }

/** Whether the agent has or had a part in the call; nothing when there is no such call. */
export async function findPart(db: Db, call: CallId, agent: StaffId): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('calls')
    .select(
      sql<boolean>`coalesce(agent = ${agent}, false)
        or exists (select from call_legs where call_legs.call = calls.id and call_legs.agent = ${agent})`.as(
        'has_part',
      ),
    )
    .where('id', '=', call)
    .executeTakeFirst()
  return row?.has_part
}

/** Whether the version is, or once was, for agents to read. */
export async function wasPublished(db: Db, { item, version }: VersionId): Promise<boolean> {
  const row = await db
    .selectFrom('knowledge_versions')
    .select('version')
    .where('item', '=', item)
    .where('version', '=', version)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertShown(db: Db, call: CallId, agent: AgentId, id: VersionId): Promise<void> {
  await db
    .insertInto('call_knowledge')
    .values({ call, agent, ...id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function listShown(db: Db, call: CallId) {
  return await db
    .selectFrom('call_knowledge as shown')
    .innerJoin('knowledge_items as items', 'items.id', 'shown.item')
    .innerJoin('knowledge_versions as versions', (join) =>
      join.onRef('versions.item', '=', 'shown.item').onRef('versions.version', '=', 'shown.version'),
    )
    .innerJoin('staff_members', 'staff_members.id', 'shown.agent')
    .select(['shown.item', 'shown.version', 'shown.shown_at', 'items.kind', 'staff_members.name'])
    .select('versions.content')
    .where('shown.call', '=', call)
    .orderBy('shown.shown_at')
    .limit(SHOWN_MAX)
    .execute()
}

export async function putVote(db: Db, staff: StaffId, id: VersionId, useful: boolean): Promise<void> {
  await db
    .insertInto('knowledge_votes')
    .values({ ...id, staff, useful })
    .onConflict((conflict) =>
      conflict.columns(['item', 'version', 'staff']).doUpdateSet({ useful, voted_at: sql`now()` }),
    )
    .execute()
}

export async function insertReading(db: Db, staff: StaffId, id: VersionId): Promise<void> {
  await db
    .insertInto('knowledge_readings')
    .values({ ...id, staff })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The published version, or else the newest one. */
export async function findUse(db: Db, item: KnowledgeItemId, reader: StaffId) {
  return await db
    .selectFrom('knowledge_versions as one')
    .select(['one.version', 'one.status', 'one.must_read'])
    .select([
      countOf(sql`select from knowledge_votes v where ${isOfOne('v')} and useful`).as('useful'),
      countOf(sql`select from knowledge_votes v where ${isOfOne('v')} and not useful`).as('not_useful'),
      countOf(sql`select from (select distinct call from call_knowledge v where ${isOfOne('v')}) calls`).as(
        'calls',
      ),
      sql<
        boolean | null
      >`(select useful from knowledge_votes v where ${isOfOne('v')} and staff = ${reader})`.as('my_vote'),
      sql<boolean>`exists (select from knowledge_readings v where ${isOfOne('v')} and staff = ${reader})`.as(
        'has_read',
      ),
    ])
    .where('one.item', '=', item)
    .orderBy(sql`one.status = 'published'`, 'desc')
    .orderBy('one.version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

const countOf = (rows: ReturnType<typeof sql>) =>
  sql<number>`(select count(*) from (${rows}) as counted)::int`
const isOfOne = (table: string) =>
  sql`${sql.ref(`${table}.item`)} = one.item and ${sql.ref(`${table}.version`)} = one.version`

/** Everybody who takes calls, those who have not read it first. */
export async function listReaders(db: Db, { item, version }: VersionId) {
  return await db
    .selectFrom('staff_members')
    .leftJoin('knowledge_readings as read', (join) =>
      join
        .onRef('read.staff', '=', 'staff_members.id')
        .on('read.item', '=', item)
        .on('read.version', '=', version),
    )
    .select(['staff_members.name', 'read.read_at'])
    .where('active', '=', true)
    .where('role', 'in', READING_ROLES)
    .orderBy('read.read_at', (order) => order.desc().nullsFirst())
    .orderBy('staff_members.name')
    .limit(READERS_MAX)
    .execute()
}

/** What this reader has read of what must be read. */
export async function readingsOf(
  db: Db,
  staff: StaffId,
  items: readonly KnowledgeItemId[],
): Promise<Set<string>> {
  if (items.length === 0) return new Set()
  const rows = await db
    .selectFrom('knowledge_readings')
    .select(['item', 'version'])
    .where('staff', '=', staff)
    .where('item', 'in', items)
    .execute()
  return new Set(rows.map(({ item, version }) => `${item} ${version}`))
}

// Searched for in vain ------------------------------------------------------------

export async function putMiss(db: Db, { key, words }: Miss): Promise<void> {
  await db
    .insertInto('knowledge_misses')
    .values({ key, words })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ words, times: sql`knowledge_misses.times + 1`, last_at: sql`now()` }),
    )
    .execute()
}

export async function listMisses(db: Db) {
  return await db
    .selectFrom('knowledge_misses')
    .select(['id', 'words', 'times', 'last_at'])
    .orderBy('times', 'desc')
    .orderBy('last_at', 'desc')
    .limit(MISSES_MAX)
    .execute()
}

export async function deleteMiss(db: Db, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('knowledge_misses').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
