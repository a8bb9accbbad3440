/** Which searches that found nothing are kept, for those who write: words, never the numbers of a citizen. */
import { asPlainText } from '#core/text/hostile-text.ts'
import { searchKey } from '#core/text/search-key.ts'

const KEY_MIN_CHARACTERS = 3
const MISS_MAX_CHARACTERS = 100
/** Passports, personal and telephone numbers; a year or an article of a law is shorter. */
const DIGITS_MAX = 4

export type Miss = { key: string; words: string }

export function missOf(search: string): Miss | undefined {
  const words = asPlainText(search, MISS_MAX_CHARACTERS).text.trim()
  const key = searchKey(words)
  const digits = words.replace(/\D/g, '').length
  return key.length < KEY_MIN_CHARACTERS || digits > DIGITS_MAX ? undefined : { key, words }
}
