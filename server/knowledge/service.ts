/**
 * The classifier. Its topics are few and read with every call, so they are kept
 * in memory; `reload` brings them up to date after they have changed. What stands
 * under the topics is in items.ts.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Topic } from '#contract/knowledge.ts'
import type { KnowledgeItemId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { Database } from '../database/schema.ts'
import { demoFaq, demoTopics } from './demo-content.ts'
import { insertItem, insertVersion, listNow } from './item-store.ts'
import { keepWords, versionToFind } from './search.ts'
import { insertTopics, listTopics } from './store.ts'
import { readingsOf } from './use-store.ts'

export type KnowledgeService = Awaited<ReturnType<typeof knowledgeService>>

export async function knowledgeService(db: Kysely<Database>) {
  let topics = new Map<string, Topic>()

  async function reload(): Promise<void> {
    topics = new Map((await listTopics(db)).map((topic) => [topic.code, topic]))
  }
  await reload()

  return {
    reload,

    /** Those that can be chosen now. */
    topics: (): Topic[] => [...topics.values()].filter(({ retired }) => !retired),

    /** With those of earlier classifiers, which calls and appeals may still have. */
    allTopics: (): Topic[] => [...topics.values()],

    topicNames: (code: string): Texts | null => topics.get(code)?.names ?? null,

    /** Codes that cannot be chosen now, of an earlier classifier or of none. */
    notToChoose: (codes: readonly string[]): string[] =>
      codes.filter((code) => topics.get(code)?.retired !== false),

    unknownTopics: (codes: readonly string[]): string[] => codes.filter((code) => !topics.has(code)),
  }
}

/** What others are made of: the articles as they are now, and who has read them. */
export function articlesOf(db: Kysely<Database>) {
  return {
    async now(items: readonly KnowledgeItemId[]) {
      const rows = await listNow(db, items)
      return new Map(
        rows.map(({ item, version, status, ...about }) => [
          item,
          { ...about, version: status === 'published' ? version : null },
        ]),
      )
    },
    readBy: (staff: StaffId, items: readonly KnowledgeItemId[]) => readingsOf(db, staff, items),
  }
}

/** Into a database that has none yet. */
export async function addDemoKnowledge(trx: Transaction<Database>): Promise<void> {
  await insertTopics(trx, demoTopics())
  for (const faq of demoFaq()) {
    const item = await insertItem(trx, 'faq')
    await insertVersion(trx, { item, version: 1, status: 'published', published_at: new Date(), ...faq })
    await keepWords(trx, item, await versionToFind(trx, item))
  }
}
