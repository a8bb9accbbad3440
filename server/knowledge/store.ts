import type { Kysely, Transaction } from 'kysely'
import type { FaqEntry, Topic } from '#contract/knowledge.ts'
import type { Database } from '../database/schema.ts'

export async function listTopics(db: Kysely<Database>): Promise<Topic[]> {
  const rows = await db
    .selectFrom('topics')
    .select(['code', 'parent', 'level', 'names', 'default_kind'])
    .orderBy('code')
    .execute()
  return rows.map(({ default_kind, ...row }) => ({ ...row, defaultKind: default_kind }))
}

export async function listFaq(db: Kysely<Database>): Promise<FaqEntry[]> {
  return await db
    .selectFrom('faq_entries')
    .select(['id', 'topic', 'questions', 'answers'])
    .orderBy('id')
    .execute()
}

export type TopicRow = Topic & { defaultRoute: string | null }

export async function insertTopics(trx: Transaction<Database>, topics: readonly TopicRow[]): Promise<void> {
  const rows = topics.map(({ names, defaultKind, defaultRoute, ...topic }) => ({
    ...(topic as Pick<Database['topics'], 'code' | 'parent' | 'level'>),
    names: JSON.stringify(names),
    default_kind: defaultKind,
    default_route: defaultRoute,
  }))
  await trx.insertInto('topics').values(rows).execute()
}

export type FaqRow = Omit<FaqEntry, 'id'> & { basis: string }

export async function insertFaq(trx: Transaction<Database>, entries: readonly FaqRow[]): Promise<void> {
  const rows = entries.map(({ topic, questions, answers, basis }) => ({
    topic: topic as Database['faq_entries']['topic'],
    questions: JSON.stringify(questions),
    answers: JSON.stringify(answers),
    basis,
  }))
  await trx.insertInto('faq_entries').values(rows).execute()
}
