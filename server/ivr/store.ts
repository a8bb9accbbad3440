import type { Kysely, Transaction } from 'kysely'
import type { FlowRow, PromptRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { FlowId, QueueId, StaffId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Database } from '../database/schema.ts'
import type { PreparedPrompt } from './prompts.ts'

type Reader = Kysely<Database>
type Writer = Transaction<Database>

/** A flow is a few of them; whoever scrolls further reads the event log. */
const LISTED_MAX_VERSIONS = 200
const LISTED_MAX_PROMPTS = 2_000

function flowRows(db: Reader) {
  return db
    .selectFrom('flow_versions')
    .leftJoin('staff_members as creator', 'creator.id', 'flow_versions.created_by')
    .leftJoin('staff_members as publisher', 'publisher.id', 'flow_versions.published_by')
    .select([
      'flow_versions.flow',
      'flow_versions.version',
      'flow_versions.status',
      'flow_versions.created_at as createdAt',
      'creator.name as createdByName',
      'flow_versions.published_at as publishedAt',
      'publisher.name as publishedByName',
    ])
}

type FoundFlow = Omit<FlowRow, 'createdAt' | 'publishedAt'> & { createdAt: Date; publishedAt: Date | null }

const asFlowRow = (row: FoundFlow): FlowRow => ({
  ...row,
  createdAt: row.createdAt.getTime(),
  publishedAt: row.publishedAt?.getTime() ?? null,
})

export async function listFlows(db: Reader): Promise<FlowRow[]> {
  const rows = await flowRows(db)
    .orderBy('flow_versions.created_at', 'desc')
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

export async function findPublished(db: Reader, flow: FlowId) {
  const row = await db
    .selectFrom('flow_versions')
    .select(['version', 'body'])
    .where('flow', '=', flow)
    .where('status', '=', 'published')
    .executeTakeFirst()
  return row && { version: row.version, body: row.body as Flow }
}

/** Locks every version of the flow for the rest of the transaction, so that two people cannot publish or save at once. */
export async function lockVersions(trx: Writer, flow: FlowId) {
  return await trx
    .selectFrom('flow_versions')
    .select(['version', 'status', 'body'])
    .where('flow', '=', flow)
    .orderBy('version')
    .forUpdate()
    .execute()
}

export async function insertDraft(
  trx: Writer,
  draft: { flow: FlowId; version: number; body: Flow; by: StaffId | undefined },
) {
  await trx
    .insertInto('flow_versions')
    .values({
      flow: draft.flow,
      version: draft.version,
      body: JSON.stringify(draft.body),
      created_by: draft.by ?? null,
    })
    .execute()
}

export async function setPublished(
  trx: Writer,
  flow: FlowId,
  version: number,
  by: StaffId | undefined,
): Promise<void> {
  const ofThisFlow = trx.updateTable('flow_versions').where('flow', '=', flow)
  await ofThisFlow.set({ status: 'retired' }).where('status', '=', 'published').execute()
  await ofThisFlow
    .set({ status: 'published', published_at: new Date(), published_by: by ?? null })
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

export async function listPrompts(db: Reader): Promise<PromptRow[]> {
  const rows = await db
    .selectFrom('prompts')
    .leftJoin('staff_members', 'staff_members.id', 'prompts.made_by')
    .select([
      'key',
      'prompts.language',
      'text',
      'source',
      'seconds',
      'made_at as madeAt',
      'staff_members.name as madeByName',
    ])
    .orderBy('text')
    .orderBy('prompts.language')
    .limit(LISTED_MAX_PROMPTS)
    .execute()
  return rows.map(({ language, madeAt, ...row }) => ({
    ...row,
    language: language as CallLanguage,
    madeAt: madeAt.getTime(),
  }))
}

export async function findPrompt(db: Reader, key: string) {
  const row = await db
    .selectFrom('prompts')
    .select(['key', 'language', 'text'])
    .where('key', '=', key)
    .executeTakeFirst()
  return row && { ...row, language: row.language as CallLanguage }
}

/** Notes what the files are at a start. Who uploaded what, and when, stays as it is. */
export async function notePrompts(db: Reader, prompts: readonly PreparedPrompt[]): Promise<void> {
  if (prompts.length === 0) return
  await db
    .insertInto('prompts')
    .values(prompts)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ seconds: row.ref('excluded.seconds'), source: row.ref('excluded.source') })),
    )
    .execute()
}

export async function setPrompt(trx: Writer, prompt: PreparedPrompt, by: StaffId): Promise<void> {
  const { key, seconds, source } = prompt
  await trx
    .updateTable('prompts')
    .set({ seconds, source, made_at: new Date(), made_by: by })
    .where('key', '=', key)
    .execute()
}
