/**
 * How knowledge is found: what words an item is kept under, and which kept words a typed one may have meant.
 *
 * Words are compared as keys (core/text/search-key.ts), so scripts and apostrophes make no difference. Uzbek puts its
 * grammar at the ends of words (`pasport`, `pasportimni`), so the beginning of a word finds it, and long words that
 * share most of their letters count as the same word. Letters left out, doubled or swapped are mistakes of typing.
 */
import { searchKey } from '#core/text/search-key.ts'
import type { KnowledgeContent } from './knowledge-content.ts'

/** Of one item. A text of 100 kB in three languages stays below; what is pasted to break something does not. */
const KEPT_WORDS_MAX = 6_000
const SOUGHT_WORDS_MAX = 8
export const WORD_MAX_CHARACTERS = 40
const TITLE_WEIGHT = 3
const TEXT_WEIGHT = 1
/** Of the words sought, so many must be found: all of two, two of three. */
const FOUND_SHARE_MIN = 2 / 3

/** The words of an item, each with its weight: what is in a title counts more. */
export function keptWords(content: KnowledgeContent): Map<string, number> {
  const kept = new Map<string, number>()
  const keep = (text: string, weight: number) => {
    for (const word of wordsOf(text)) {
      if (kept.size >= KEPT_WORDS_MAX) return
      if (!kept.has(word)) kept.set(word, weight)
    }
  }
  const texts = Object.values(content).filter((text) => text !== undefined)
  for (const { title } of texts) keep(title, TITLE_WEIGHT)
  for (const { text } of texts) keep(text, TEXT_WEIGHT)
  return kept
}

/** Each word once. Single letters are left out where there are others: they would find everything. */
export function soughtWords(search: string): string[] {
  const words = [...new Set(wordsOf(search))]
  const long = words.filter((word) => word.length > 1)
  return (long.length > 0 ? long : words).slice(0, SOUGHT_WORDS_MAX)
}

export function neededWords(sought: number): number {
  return Math.ceil(sought * FOUND_SHARE_MIN)
}

function wordsOf(text: string): string[] {
  return searchKey(text)
    .split(' ')
    .filter(Boolean)
    .map((word) => word.slice(0, WORD_MAX_CHARACTERS))
}

/** How near a kept word is to a sought one: 1 is the word itself, 0 another word. */
export function nearness(sought: string, kept: string): number {
  if (kept === sought) return 1
  // The last word may not be typed to its end yet.
  if (kept.startsWith(sought)) return 0.9
  if (/\d/.test(sought)) return 0
  const stem = sharedBeginning(sought, kept)
  const shorter = Math.min(sought.length, kept.length)
  if (stem >= STEM_MIN && stem >= shorter - 1 && sought.length - stem <= ENDING_MAX) return 0.75
  const allowed = mistakesAllowed(sought.length)
  if (allowed === 0) return 0
  const mistakes = mistakesBetween(sought, kept, allowed)
  if (mistakes <= allowed) return 0.8 - 0.15 * mistakes
  // The mistake is in the part that has been typed so far.
  const begun = mistakesBetween(sought, kept.slice(0, sought.length), allowed)
  return begun <= allowed ? 0.6 - 0.15 * begun : 0
}

/** Words that share no more of their beginning are two. */
export const STEM_MIN = 4
/** `-larimizdan`: the longest ending that people put on a word. */
const ENDING_MAX = 9

function sharedBeginning(one: string, other: string): number {
  let length = 0
  while (length < one.length && one.charAt(length) === other.charAt(length)) length++
  return length
}

/** A shorter word with a mistake in it is another word. */
export const MISTAKEN_FROM_CHARACTERS = 4

function mistakesAllowed(length: number): number {
  if (length < MISTAKEN_FROM_CHARACTERS) return 0
  return length < 8 ? 1 : 2
}

/**
 * Letters left out, put in, changed, or swapped with their neighbour (optimal string alignment); `most + 1` as soon
 * as there are more.
 */
export function mistakesBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one.charAt(i - 1) === other.charAt(j - 1)
      const change = (last[j - 1] ?? 0) + (isSame ? 0 : 1)
      let fewest = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      const isSwapped =
        i > 1 &&
        j > 1 &&
        one.charAt(i - 1) === other.charAt(j - 2) &&
        one.charAt(i - 2) === other.charAt(j - 1)
      if (isSwapped) fewest = Math.min(fewest, (before[j - 2] ?? 0) + 1)
      row.push(fewest)
    }
    if (Math.min(...row) > most) return most + 1
    ;[before, last] = [last, row]
  }
  return last[other.length] ?? 0
}

/** A word that few items have says more than one that all have. */
export function rarity(itemsWithWord: number, items: number): number {
  return Math.log(1 + items / Math.max(1, itemsWithWord))
}
