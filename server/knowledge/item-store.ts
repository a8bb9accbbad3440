/** The SQL of knowledge items and their versions, but for their search. */
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import {
  KNOWLEDGE_LANGUAGES,
  type KnowledgeContent,
  type KnowledgeKind,
  type KnowledgeLanguage,
} from '#core/knowledge/knowledge-content.ts'
import type { KnowledgeStatus } from '#core/knowledge/knowledge-status.ts'
import type { KnowledgeItemId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'
import { type Meant, scores } from './search.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const VERSIONS_MAX = 500

// Changing ----------------------------------------------------------------------

export async function insertItem(trx: Trx, kind: KnowledgeKind): Promise<KnowledgeItemId> {
  const row = await trx
    .insertInto('knowledge_items')
    .values({ kind })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Until the end of the transaction nobody else changes the item; false when there is none. */
export async function lockItem(trx: Trx, id: KnowledgeItemId): Promise<boolean> {
  const row = await trx
    .selectFrom('knowledge_items')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function findStatus(trx: Trx, item: KnowledgeItemId, version: number) {
  return await trx
    .selectFrom('knowledge_versions')
    .select(['version', 'status'])
    .where('item', '=', item)
    .where('version', '=', version)
    .executeTakeFirst()
}

export async function newestStatus(trx: Trx, item: KnowledgeItemId) {
  return await trx
    .selectFrom('knowledge_versions')
    .select(['version', 'status'])
    .where('item', '=', item)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

export async function findPublished(trx: Trx, item: KnowledgeItemId) {
  return await trx
    .selectFrom('knowledge_versions')
    .select(['version', 'status'])
    .where('item', '=', item)
    .where('status', '=', 'published')
    .executeTakeFirst()
}

export async function insertVersion(
  trx: Trx,
  row: Insertable<Database['knowledge_versions']>,
): Promise<void> {
  await trx.insertInto('knowledge_versions').values(row).execute()
}

/** Writes beside the status when it was reached and by whom; a draft that was sent back is approved no more. */
export async function putStatus(
  trx: Trx,
  { item, version }: { item: KnowledgeItemId; version: number },
  status: KnowledgeStatus,
  by: StaffId,
): Promise<void> {
  await trx
    .updateTable('knowledge_versions')
    .set({ status, ...doneColumns(status, by) })
    .where('item', '=', item)
    .where('version', '=', version)
    .execute()
}

function doneColumns(status: KnowledgeStatus, by: StaffId) {
  const at = sql<Date>`now()`
  switch (status) {
    case 'draft':
      return { approved_at: null, approved_by: null }
    case 'approved':
      return { approved_at: at, approved_by: by }
    case 'published':
      return { published_at: at, published_by: by }
    case 'replaced':
    case 'withdrawn':
      return { ended_at: at, ended_by: by }
  }
}

export async function staffExists(trx: Trx, id: StaffId): Promise<boolean> {
  return (
    (await trx.selectFrom('staff_members').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  )
}

// Reading -----------------------------------------------------------------------

export async function findKind(db: Db, id: KnowledgeItemId): Promise<KnowledgeKind | undefined> {
  return (await db.selectFrom('knowledge_items').select('kind').where('id', '=', id).executeTakeFirst())?.kind
}

/** Newest first. `published` leaves out what never was. */
export async function listVersions(db: Db, item: KnowledgeItemId, which: 'all' | 'published') {
  return await db
    .selectFrom('knowledge_versions')
    .selectAll()
    .where('item', '=', item)
    .$if(which === 'published', (query) => query.where('published_at', 'is not', null))
    .orderBy('version', 'desc')
    .limit(VERSIONS_MAX)
    .execute()
}

export async function namesOfStaff(db: Db, ids: readonly StaffId[]): Promise<Map<StaffId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('staff_members').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function listOwners(db: Db, roles: readonly Role[]) {
  return await db
    .selectFrom('staff_members')
    .select(['id', 'name'])
    .where('active', '=', true)
    .where('role', 'in', roles)
    .orderBy('name')
    .execute()
}

export type ItemsFilter = {
  /** What is published, for those who only read; else the newest versions. */
  which: 'newest' | 'published'
  meant?: Meant | undefined
  topic?: string | undefined
  kind?: KnowledgeKind | undefined
  status?: KnowledgeStatus | undefined
  inForceOn?: Day | undefined
  /** What must be read and has not been by this reader. */
  toReadBy?: StaffId | undefined
  before?: number | undefined
  limit: number
}

/** The best answers first where words are sought, else the newest items. */
export async function listItems(db: Db, filter: ItemsFilter) {
  const { before, limit, meant } = filter
  return await itemsQuery(db, filter)
    .leftJoin('staff_members as owners', 'owners.id', 'shown.owner')
    .innerJoin('knowledge_items as items', 'items.id', 'shown.item')
    .select([
      'items.kind',
      'owners.name as owner_name',
      'shown.status',
      'shown.valid_from',
      'shown.valid_until',
      'shown.must_read',
      'shown.saved_at',
    ])
    .select((eb) =>
      eb
        .selectFrom('knowledge_versions as out')
        .select('out.version')
        .whereRef('out.item', '=', 'shown.item')
        .where('out.status', '=', 'published')
        .as('published_version'),
    )
    .select(TITLES)
    .$if(before !== undefined && !meant, (query) => query.where('shown.item', '<', before as KnowledgeItemId))
    .orderBy('shown.item', 'desc')
    .limit(limit)
    .execute()
}

/** Of each that is asked for, so many of the best are looked at before all are: what is asked besides leaves some out. */
const LOOKED_AT_FIRST = 5

/** What may be read out, in the order of the classifier; the best first where words are sought. */
export async function listAnswers(db: Db, filter: AnswersFilter) {
  if (!filter.meant) return await answersOf(db, filter)
  const best = LOOKED_AT_FIRST * filter.limit
  const answers = await answersOf(db, { ...filter, best })
  return answers.length < filter.limit ? await answersOf(db, filter) : answers
}

/** Texts are read of those only that are shown; where a language is wanted, in that alone if it is written. */
async function answersOf(db: Db, { language, ...filter }: AnswersFilter & { best?: number }) {
  const shown = itemsQuery(db, filter).orderBy('shown.topics').orderBy('shown.item').limit(filter.limit)
  return await db
    .selectFrom(shown.as('best'))
    .innerJoin('knowledge_items as items', 'items.id', 'best.id')
    .innerJoin('knowledge_versions as read', (join) =>
      join.onRef('read.item', '=', 'best.id').onRef('read.version', '=', 'best.version'),
    )
    .select(['best.id', 'items.kind', 'best.version', 'best.topics'])
    .select(language ? contentIn(language) : 'read.content')
    .orderBy('best.score', 'desc')
    .orderBy('best.topics')
    .orderBy('best.id')
    .execute()
}

type AnswersFilter = ItemsFilter & { language?: KnowledgeLanguage | undefined }

function contentIn(language: KnowledgeLanguage) {
  const name = sql.lit(language)
  return sql<KnowledgeContent>`case when jsonb_typeof(read.content -> ${name}) = 'object'
    then jsonb_build_object(${name}, read.content -> ${name}) else read.content end`.as('content')
}

/** Of each item what is published, or else the newest version. */
export async function listNow(db: Db, items: readonly KnowledgeItemId[]) {
  if (items.length === 0) return []
  return await db
    .selectFrom('knowledge_versions as shown')
    .innerJoin('knowledge_items as items', 'items.id', 'shown.item')
    .distinctOn('shown.item')
    .select(['shown.item', 'shown.version', 'shown.status', 'shown.content', 'items.kind'])
    .where('shown.item', 'in', items)
    .orderBy('shown.item')
    .orderBy(sql`shown.status = 'published'`, 'desc')
    .orderBy('shown.version', 'desc')
    .execute()
}

/** Of all versions that are published or on their way to be. */
export async function listTitles(db: Db) {
  return await db
    .selectFrom('knowledge_versions as shown')
    .select(TITLES)
    .where('status', 'in', ['draft', 'approved', 'published'])
    .execute()
}

const TITLES = sql<Record<string, string | null>>`jsonb_build_object(${sql.join(
  KNOWLEDGE_LANGUAGES.flatMap((language) => [
    sql.lit(language),
    sql`shown.content -> ${sql.lit(language)} ->> 'title'`,
  ]),
)})`.as('titles')

function itemsQuery(db: Db, filter: ItemsFilter & { best?: number }) {
  const { best, which, meant, topic, kind, status, inForceOn, toReadBy } = filter
  return db
    .selectFrom('knowledge_versions as shown')
    .leftJoin(
      (meant
        ? scores(meant, best)
        : sql<{ item: KnowledgeItemId; score: number }>`(select null::int as item, 0 as score)`
      ).as('found'),
      (join) => join.onRef('found.item', '=', 'shown.item'),
    )
    .select(['shown.item as id', 'shown.version', 'shown.topics', 'found.score'])
    .where(
      which === 'published'
        ? sql<boolean>`shown.status = 'published'`
        : sql<boolean>`shown.version = (select max(version) from knowledge_versions where item = shown.item)`,
    )
    .$if(meant !== undefined, (query) =>
      query.where('found.item', 'is not', null).orderBy('found.score', 'desc'),
    )
    .$if(kind !== undefined, (query) => query.where(isOfKind(kind as KnowledgeKind)))
    .$if(status !== undefined, (query) => query.where('shown.status', '=', status as KnowledgeStatus))
    .$if(toReadBy !== undefined, (query) => query.where(isToReadBy(toReadBy as StaffId)))
    .$if(topic !== undefined, (query) => query.where(isBelow(topic as string)))
    .$if(inForceOn !== undefined, (query) =>
      query.where(
        sql<boolean>`coalesce(shown.valid_from <= ${inForceOn}, true) and coalesce(shown.valid_until >= ${inForceOn}, true)`,
      ),
    )
}

function isToReadBy(reader: StaffId) {
  return sql<boolean>`shown.must_read and not exists (select from knowledge_readings read
    where read.item = shown.item and read.version = shown.version and read.staff = ${reader})`
}

function isOfKind(kind: KnowledgeKind) {
  return sql<boolean>`exists (select from knowledge_items of where of.id = shown.item and of.kind = ${kind})`
}

/** Of the topic itself or of one below it. */
function isBelow(topic: string) {
  return sql<boolean>`exists (select from unnest(shown.topics) as own (code)
    where own.code = ${topic} or starts_with(own.code, ${`${topic}.`}))`
}
