import type { Kysely, Transaction } from 'kysely'
import type { Topic } from '#contract/knowledge.ts'
import type { TopicNode } from '#core/knowledge/classifier.ts'
import type { Database } from '../database/schema.ts'

export async function listTopics(db: Kysely<Database>): Promise<Topic[]> {
  const rows = await db
    .selectFrom('topics')
    .select(['code', 'parent', 'level', 'names', 'default_kind', 'queue', 'retired'])
    .orderBy('code')
    .execute()
  return rows.map(({ default_kind, ...row }) => ({ ...row, defaultKind: default_kind }))
}

export type TopicRow = Omit<Topic, 'queue' | 'retired'> & Pick<TopicNode, 'track'>

export async function insertTopics(trx: Transaction<Database>, topics: readonly TopicRow[]): Promise<void> {
  const rows = topics.map(({ names, defaultKind, track, ...topic }) => ({
    ...(topic as Pick<Database['topics'], 'code' | 'parent' | 'level'>),
    names: JSON.stringify(names),
    default_kind: defaultKind,
    track,
  }))
  await trx.insertInto('topics').values(rows).execute()
}
