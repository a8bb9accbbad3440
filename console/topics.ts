/** The classifier as the console uses it: names, the way down to a topic, and search in either script. */
import type { Topic } from '#contract/knowledge.ts'
import type { TopicNames } from '#core/knowledge/classifier.ts'
import { searchKey } from '#core/text/search-key.ts'
import { inMyLanguage, language } from './i18n.ts'

export type FoundTopic = Topic & { parents: Topic[] }

export type Classifier = {
  find(code: string): FoundTopic | undefined
  /** The best matches first; without words, the whole classifier in its order. */
  search(words: string, limit: number): FoundTopic[]
}

export function classifier(topics: readonly Topic[]): Classifier {
  const byCode = new Map(topics.map((topic) => [topic.code, topic]))
  const found = topics.map((topic) => ({ ...topic, parents: parentsOf(topic, byCode) }))
  // Those of earlier times are found by their code, and not chosen any more.
  const keyed = found
    .filter(({ retired }) => !retired)
    .map((topic) => ({
      topic,
      own: keyOf(topic.names),
      all: keyOf(...topic.parents.map((up) => up.names), topic.names),
    }))
  return {
    find: (code) => found.find((topic) => topic.code === code),
    search(words, limit) {
      const wanted = searchKey(words).split(' ').filter(Boolean)
      const code = words.trim()
      const matches = keyed.flatMap(({ topic, own, all }) => {
        if (wanted.length === 0) return [{ topic, rank: 0 }]
        if (/^[\d.]+$/.test(code)) return topic.code.startsWith(code) ? [{ topic, rank: 0 }] : []
        if (!wanted.every((word) => all.includes(word))) return []
        return [{ topic, rank: rankOf(wanted, own) }]
      })
      return matches
        .sort((a, b) => a.rank - b.rank)
        .slice(0, limit)
        .map(({ topic }) => topic)
    },
  }
}

/** What is said in the topic's own name counts more than what is said above it, and its words' beginnings most. */
function rankOf(wanted: readonly string[], own: string): number {
  if (wanted.every((word) => ` ${own}`.includes(` ${word}`))) return 0
  return wanted.every((word) => own.includes(word)) ? 1 : 2
}

/** A topic's name for the reader: English where there is one, Cyrillic as it was given or else written from the Latin. */
export function topicText(names: TopicNames): string {
  if (language() === 'en' && names.en) return names.en
  return language() === 'uz-Cyrl' && names.cyrillic ? names.cyrillic : inMyLanguage(names)
}

function keyOf(...names: TopicNames[]): string {
  return names.flatMap(({ uz, ru, en = '' }) => [uz, ru, en].map(searchKey)).join(' ')
}

function parentsOf(topic: Topic, byCode: ReadonlyMap<string, Topic>): Topic[] {
  const parent = topic.parent === null ? undefined : byCode.get(topic.parent)
  return parent ? [...parentsOf(parent, byCode), parent] : []
}
