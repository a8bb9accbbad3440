/**
 * What somebody means who types into the search of appeals, and by which words an appeal is found.
 *
 * By its number, or a part of it; by digits alone, which may be a place in the year, a telephone, the end of a PINFL or an
 * incoming number; else by words of the text, the citizen's name and the incoming number, in either script.
 */
import { searchKey } from '#core/text/search-key.ts'
import { parseAppealNumber } from './appeal-number.ts'

export type AppealSearch =
  | { readonly by: 'number'; readonly year: number; readonly sequence: number | undefined }
  | { readonly by: 'digits'; readonly digits: string }
  | { readonly by: 'words'; readonly words: readonly string[] }

/** Words beyond these say nothing new about what is sought. */
const SOUGHT_MAX_WORDS = 8
/** Longer ones are no words, and the database keeps none of any length. */
const WORD_MAX_CHARACTERS = 40
const DIGITS_MAX = 15
/** A year, a line, and perhaps a place in it. */
const PART_OF_NUMBER = /^(\d{4})\s*[-/]\s*(\d{0,9})$/

/** Nothing when nothing is sought. */
export function readAppealSearch(typed: string): AppealSearch | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  const number = parseAppealNumber(text)
  if (number) return { by: 'number', year: number.year, sequence: number.sequence }
  const [, year, sequence] = PART_OF_NUMBER.exec(text) ?? []
  if (year !== undefined)
    return { by: 'number', year: Number(year), sequence: sequence ? Number(sequence) : undefined }
  const digits = text.replace(/[\s()+-]/g, '')
  if (/^\d+$/.test(digits) && digits.length <= DIGITS_MAX) return { by: 'digits', digits }
  return { by: 'words', words: wordsOf(text).slice(0, SOUGHT_MAX_WORDS) }
}

export type FindableAppeal = {
  readonly text: string
  readonly editedText?: string | null | undefined
  readonly incomingNumber?: string | null | undefined
  /** Of the citizen, as core/citizens/citizen-card.ts makes it. */
  readonly nameKey: string
  /** Of those who filed it with him. */
  readonly others?: readonly string[] | undefined
}

/** Each once, in letters that compare. */
export function appealWords({
  editedText,
  incomingNumber,
  nameKey,
  others = [],
  text,
}: FindableAppeal): string[] {
  return wordsOf([text, editedText ?? '', incomingNumber ?? '', nameKey, ...others].join(' '))
}

function wordsOf(text: string): string[] {
  const words = searchKey(text)
    .split(' ')
    .filter(Boolean)
    .map((word) => word.slice(0, WORD_MAX_CHARACTERS))
  return [...new Set(words)]
}
