import { type Kysely, sql, type Transaction } from 'kysely'
import { inOrder, levelOf, parentOf, type TopicNode } from '#core/knowledge/classifier.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const CLASSIFIER_LOCK = 7_290_015
/** Whoever looks further back reads the event log. */
const LISTED_MAX_VERSIONS = 100

/** Versions are made one after another. */
export async function lockClassifier(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CLASSIFIER_LOCK})`.execute(trx)
}

export async function listClassifiers(db: Db) {
  const rows = await db
    .selectFrom('classifier_versions as c')
    .leftJoin('staff_members as saver', 'saver.id', 'c.saved_by')
    .leftJoin('staff_members as publisher', 'publisher.id', 'c.published_by')
    .select(['c.version', 'c.status', 'c.saved_at', 'c.published_at', 'c.restored'])
    .select(sql<number>`jsonb_array_length(c.nodes)`.as('topics'))
    .select(['saver.name as savedByName', 'publisher.name as publishedByName'])
    .orderBy('c.version', 'desc')
    .limit(LISTED_MAX_VERSIONS)
    .execute()
  return rows.map(({ saved_at: savedAt, published_at: publishedAt, ...row }) => ({
    ...row,
    savedAt: savedAt.getTime(),
    publishedAt: publishedAt?.getTime() ?? null,
  }))
}

export type Kept = Awaited<ReturnType<typeof listClassifiers>>[number]

export async function findNodes(db: Db, version: number): Promise<TopicNode[]> {
  const row = await db
    .selectFrom('classifier_versions')
    .select('nodes')
    .where('version', '=', version)
    .executeTakeFirst()
  return [...(row?.nodes ?? [])]
}

export async function newestVersion(trx: Trx): Promise<number> {
  const { newest } = await trx
    .selectFrom('classifier_versions')
    .select(({ fn }) => fn.max('version').as('newest'))
    .executeTakeFirstOrThrow()
  return newest ?? 0
}

export type NewClassifier = {
  version: number
  status: 'draft' | 'published'
  nodes: readonly TopicNode[]
  by: StaffId | undefined
  restored?: number
  at: Date
}

export async function insertClassifier(trx: Trx, made: NewClassifier): Promise<void> {
  const { version, status, nodes, by, restored, at } = made
  const published = status === 'published' ? { published_at: at, published_by: by ?? null } : {}
  await trx
    .insertInto('classifier_versions')
    .values({
      version,
      status,
      nodes: JSON.stringify(inOrder(nodes)),
      saved_at: at,
      saved_by: by ?? null,
      published_at: null,
      published_by: null,
      restored: restored ?? null,
      ...published,
    })
    .execute()
}

export async function updateDraft(trx: Trx, draft: { nodes: readonly TopicNode[]; by: StaffId; at: Date }) {
  const nodes = JSON.stringify(inOrder(draft.nodes))
  const values = { nodes, saved_at: draft.at, saved_by: draft.by }
  await trx.updateTable('classifier_versions').set(values).where('status', '=', 'draft').execute()
}

export async function deleteDraft(trx: Trx): Promise<void> {
  await trx.deleteFrom('classifier_versions').where('status', '=', 'draft').execute()
}

export async function retirePublished(trx: Trx): Promise<void> {
  const retired = trx.updateTable('classifier_versions').set({ status: 'retired' })
  await retired.where('status', '=', 'published').execute()
}

export async function publishDraft(trx: Trx, by: StaffId, at: Date): Promise<void> {
  const values = { status: 'published' as const, published_at: at, published_by: by }
  await trx.updateTable('classifier_versions').set(values).where('status', '=', 'draft').execute()
}

/** The topics that can be chosen are these; codes of earlier times stay for the calls that have them. */
export async function putTopics(trx: Trx, nodes: readonly TopicNode[]): Promise<void> {
  await trx.updateTable('topics').set({ retired: true }).execute()
  for (const { code, names, kind, queue, track } of inOrder(nodes)) {
    const values = {
      parent: parentOf(code),
      level: levelOf(code),
      names: JSON.stringify(names),
      default_kind: kind,
      queue: queue as QueueId | null,
      track,
      retired: false,
    }
    await trx
      .insertInto('topics')
      .values({ code, ...values })
      .onConflict((conflict) => conflict.column('code').doUpdateSet(values))
      .execute()
  }
}

export async function topicNodes(trx: Trx): Promise<TopicNode[]> {
  const rows = await trx
    .selectFrom('topics')
    .select(['code', 'names', 'default_kind as kind', 'queue', 'track'])
    .where('retired', '=', false)
    .execute()
  return inOrder(rows as TopicNode[])
}
