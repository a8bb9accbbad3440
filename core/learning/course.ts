/**
 * A course: articles in the order in which they are read, and a quiz about them. Whoever passes the quiz is attested,
 * for good or for some months. It is saved in versions, as drafts that agents do not see or published; an attempt
 * belongs to the version it was begun in, so what somebody was asked last year can still be read.
 */
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'

/** A text in one of the two languages or in both; what is not written is empty. */
export type Wording = Texts

export type QuizOption = { readonly text: Wording; readonly isRight: boolean }

export type QuizQuestion = {
  readonly text: Wording
  readonly options: readonly QuizOption[]
  /** Shown with the result; may be empty. */
  readonly explanation: Wording
}

export type CourseBody = {
  readonly names: Texts
  readonly items: readonly KnowledgeItemId[]
  readonly questions: readonly QuizQuestion[]
  readonly passPercent: number
  /** Nothing: an attestation does not end by itself. */
  readonly validMonths: number | null
  /** Nothing: one may try until one passes. */
  readonly triesMax: number | null
}

/** Which version of an article a course was written for. */
export type ItemVersion = { readonly item: KnowledgeItemId; readonly version: number }

/** `now` is nothing where the article is published no more. */
export type ChangedItem = ItemVersion & { readonly now: number | null }

/**
 * What newer versions of its articles mean for a course: nothing by themselves. Its questions may still be right, and an
 * agent does not lose his queue because of a corrected comma. Whoever keeps the course is told, looks, and saves a new
 * version of it, in which he may ask everybody to be attested anew.
 */
export function changedItems(
  writtenFor: readonly ItemVersion[],
  published: ReadonlyMap<KnowledgeItemId, number>,
): ChangedItem[] {
  return writtenFor.flatMap((one) => {
    const now = published.get(one.item) ?? null
    return now === one.version ? [] : [{ ...one, now }]
  })
}

/** In the reader's language, else in the other. */
export function worded(text: Wording, language: keyof Texts): { text: string; language: keyof Texts } {
  const other = language === 'uz' ? 'ru' : 'uz'
  return text[language] === '' ? { text: text[other], language: other } : { text: text[language], language }
}
