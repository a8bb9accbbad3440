/**
 * The classifier and the FAQ. They are few and read with every call, so they are
 * kept in memory; `reload` brings them up to date after they have changed.
 */
import type { Kysely, Transaction } from 'kysely'
import type { FaqEntry, Topic } from '#contract/knowledge.ts'
import type { Texts } from '#core/lib/languages.ts'
import { searchKey } from '#core/text/search-key.ts'
import type { Database } from '../database/schema.ts'
import { demoFaq, demoTopics } from './demo-content.ts'
import { insertFaq, insertTopics, listFaq, listTopics } from './store.ts'

type FindableEntry = { entry: FaqEntry; question: string; everything: string }

export type FaqFilter = { topic?: string | undefined; search?: string | undefined }

export type KnowledgeService = Awaited<ReturnType<typeof knowledgeService>>

export async function knowledgeService(db: Kysely<Database>) {
  let topics = new Map<string, Topic>()
  let faq: readonly FindableEntry[] = []

  async function reload(): Promise<void> {
    const [newTopics, newFaq] = await Promise.all([listTopics(db), listFaq(db)])
    topics = new Map(newTopics.map((topic) => [topic.code, topic]))
    faq = newFaq.map(findable)
  }
  await reload()

  return {
    reload,

    topics: (): Topic[] => [...topics.values()],

    topicNames: (code: string): Texts | null => topics.get(code)?.names ?? null,

    unknownTopics: (codes: readonly string[]): string[] => codes.filter((code) => !topics.has(code)),

    /** Of a topic and everything below it; those that answer the words in the question come first. */
    faq({ topic, search = '' }: FaqFilter): FaqEntry[] {
      const words = searchKey(search).split(' ').filter(Boolean)
      const isBelow = (code: string) => !topic || code === topic || code.startsWith(`${topic}.`)
      const found = faq.filter(
        ({ entry, everything }) => isBelow(entry.topic) && words.every((word) => everything.includes(word)),
      )
      const inQuestion = ({ question }: FindableEntry) => words.every((word) => question.includes(word))
      return [...found.filter(inQuestion), ...found.filter((one) => !inQuestion(one))].map(
        ({ entry }) => entry,
      )
    },
  }
}

/** Both languages count: a citizen may ask in one and the agent type in the other. */
function findable(entry: FaqEntry): FindableEntry {
  const question = searchKey(Object.values(entry.questions).join(' '))
  return { entry, question, everything: `${question} ${searchKey(Object.values(entry.answers).join(' '))}` }
}

/** Into a database that has none yet. */
export async function addDemoKnowledge(trx: Transaction<Database>): Promise<void> {
  await insertTopics(trx, demoTopics())
  await insertFaq(trx, demoFaq())
}
