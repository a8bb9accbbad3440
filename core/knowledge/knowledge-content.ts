/** What a version of a knowledge item holds: a title and a text in each of its languages, and when it is in force. */
import type { Day } from '#core/lib/time.ts'

export const KNOWLEDGE_KINDS = ['faq', 'article', 'script', 'law'] as const
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number]

/** Uzbek is kept in Latin letters; Cyrillic is written from it for whoever reads that. */
export const KNOWLEDGE_LANGUAGES = ['uz', 'ru', 'en'] as const
export type KnowledgeLanguage = (typeof KNOWLEDGE_LANGUAGES)[number]

/** More nobody means. */
export const KNOWLEDGE_TOPICS_MAX = 20

/** Of a question and answer the title is the question. */
export type KnowledgeText = { readonly title: string; readonly text: string }
export type KnowledgeContent = { readonly [L in KnowledgeLanguage]?: KnowledgeText | undefined }

export type Written = KnowledgeText & { readonly language: KnowledgeLanguage }

/** In the wanted language, or in the first that there is; nothing when there is none at all. */
export function writtenIn(content: KnowledgeContent, wanted: KnowledgeLanguage): Written | undefined {
  for (const language of [wanted, ...KNOWLEDGE_LANGUAGES]) {
    const text = content[language]
    if (text) return { language, ...text }
  }
  return undefined
}

export const CONTENT_PROBLEMS = [
  'nothingWritten',
  'titleMissing',
  'textMissing',
  'endsBeforeItBegins',
] as const
export type ContentProblem = (typeof CONTENT_PROBLEMS)[number]

/** What must hold of everything that is saved, whoever wrote it: an editor or a row of a file. */
export function contentProblem(version: {
  content: KnowledgeContent
  validFrom: string | null
  validUntil: string | null
}): ContentProblem | undefined {
  const texts = Object.values(version.content).filter((text) => text !== undefined)
  if (texts.length === 0) return 'nothingWritten'
  if (texts.some(({ title }) => title.trim() === '')) return 'titleMissing'
  if (texts.some(({ text }) => text.trim() === '')) return 'textMissing'
  const { validFrom, validUntil } = version
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) return 'endsBeforeItBegins'
  return undefined
}

/** Both days belong to it; one that is not set is no limit. */
export function isInForce(
  version: { validFrom: string | null; validUntil: string | null },
  today: Day,
): boolean {
  const { validFrom, validUntil } = version
  return (validFrom === null || validFrom <= today) && (validUntil === null || today <= validUntil)
}
