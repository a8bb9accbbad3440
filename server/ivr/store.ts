import { type Kysely, sql, type Transaction } from 'kysely'
import type { FlowRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowStatus } from '#core/ivr/flow-status.ts'
import type { FlowId, QueueId, StaffId, TopicCode } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'

type Reader = Kysely<Database>
type Writer = Transaction<Database>

/** A flow is a few of them; whoever scrolls further reads the event log. */
const LISTED_MAX_VERSIONS = 200
const FLOW_LOCK = 7_290_019

function flowRows(db: Reader) {
  return db
    .selectFrom('flow_versions')
    .leftJoin('staff_members as saver', 'saver.id', 'flow_versions.saved_by')
    .leftJoin('staff_members as publisher', 'publisher.id', 'flow_versions.published_by')
    .select([
      'flow_versions.flow',
      'flow_versions.version',
      'flow_versions.status',
      'flow_versions.saved_at as savedAt',
      'saver.name as savedByName',
      'flow_versions.published_at as publishedAt',
      'publisher.name as publishedByName',
      'flow_versions.restored',
    ])
}

type FoundFlow = Omit<FlowRow, 'savedAt' | 'publishedAt'> & { savedAt: Date; publishedAt: Date | null }

const asFlowRow = (row: FoundFlow): FlowRow => ({
  ...row,
  savedAt: row.savedAt.getTime(),
  publishedAt: row.publishedAt?.getTime() ?? null,
})

export async function listFlows(db: Reader): Promise<FlowRow[]> {
  const rows = await flowRows(db)
    .orderBy('flow_versions.flow')
    .orderBy('flow_versions.version', 'desc')
    .limit(LISTED_MAX_VERSIONS)
    .execute()
  return rows.map(asFlowRow)
}

export async function findFlow(db: Reader, flow: FlowId, version: number) {
  const row = await flowRows(db)
    .select('flow_versions.body')
    .where('flow_versions.flow', '=', flow)
    .where('flow_versions.version', '=', version)
    .executeTakeFirst()
  if (!row) return undefined
  const { body, ...rest } = row
  return { ...asFlowRow(rest), body: body as Flow }
}

/** Of a status that at most one version has. */
export async function findOnly(db: Reader, flow: FlowId, status: Exclude<FlowStatus, 'retired'>) {
  const row = await db
    .selectFrom('flow_versions')
    .select(['version', 'body', 'saved_at', 'published_at'])
    .where('flow', '=', flow)
    .where('status', '=', status)
    .executeTakeFirst()
  return (
    row && {
      version: row.version,
      body: row.body as Flow,
      savedAt: row.saved_at.getTime(),
      from: row.published_at?.getTime() ?? 0,
    }
  )
}

/** Locks every version of the flow for the rest of the transaction, so that two people cannot publish or save at once. */
export async function lockVersions(trx: Writer, flow: FlowId): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FLOW_LOCK}, hashtext(${flow}))`.execute(trx)
}

export async function newestVersion(trx: Writer, flow: FlowId): Promise<number> {
  const { newest } = await trx
    .selectFrom('flow_versions')
    .select(({ fn }) => fn.max('version').as('newest'))
    .where('flow', '=', flow)
    .executeTakeFirstOrThrow()
  return newest ?? 0
}

export type Saved = { flow: FlowId; version: number; body: Flow; by: StaffId; at: Instant; restored?: number }

export async function insertVersion(
  trx: Writer,
  { flow, version, body, by, at, restored }: Saved,
  status: 'draft' | 'retired',
) {
  const values = { flow, version, status, saved_by: by, saved_at: new Date(at), restored: restored ?? null }
  await trx
    .insertInto('flow_versions')
    .values({ ...values, body: JSON.stringify(body), published_at: null, published_by: null })
    .execute()
}

export async function updateDraft(trx: Writer, { flow, version, body, by, at }: Saved) {
  await trx
    .updateTable('flow_versions')
    .set({ body: JSON.stringify(body), saved_by: by, saved_at: new Date(at) })
    .where('flow', '=', flow)
    .where('version', '=', version)
    .execute()
}

export async function deleteDraft(trx: Writer, flow: FlowId): Promise<void> {
  await trx.deleteFrom('flow_versions').where('flow', '=', flow).where('status', '=', 'draft').execute()
}

export type Standing = { status: FlowStatus; published?: { at: Instant; by: StaffId } | null }

/** A version withdrawn before its moment was never in force: it keeps no such moment. */
export async function setStatus(
  trx: Writer,
  { flow, version }: { flow: FlowId; version: number },
  { status, published }: Standing,
): Promise<void> {
  const moment =
    published === undefined
      ? {}
      : { published_at: published && new Date(published.at), published_by: published?.by ?? null }
  await trx
    .updateTable('flow_versions')
    .set({ status, ...moment })
    .where('flow', '=', flow)
    .where('version', '=', version)
    .execute()
}

export async function listQueueIds(db: Reader): Promise<QueueId[]> {
  const rows = await db
    .selectFrom('queues')
    .select('id')
    .where('retired_at', 'is', null)
    .orderBy('position')
    .execute()
  return rows.map(({ id }) => id)
}

/** What can be chosen now. */
export async function listTopicCodes(db: Reader): Promise<Set<TopicCode>> {
  const rows = await db.selectFrom('topics').select('code').where('retired', '=', false).execute()
  return new Set(rows.map(({ code }) => code as TopicCode))
}
