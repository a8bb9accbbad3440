/**
 * Uzbek in Latin and in Cyrillic letters.
 *
 * Citizens and officials write both. What was written is kept; the other script
 * is made for reading and searching only, because the way back is not sure: ь,
 * ц and щ have no letter of their own in Latin.
 */
import { STEMS, TO_CYRILLIC, TO_LATIN } from './uzbek-letters.ts'

/** Of oʻ and gʻ. This and the tutuq are letters to every program; the apostrophes people type tear words apart. */
const TURNED_COMMA = 'ʻ'
const TUTUQ = 'ʼ'
const APOSTROPHES = /['`´‘’‛ʹʻʼʽˈ′＇]/g

/**
 * What stays as it is: addresses, e-mails, words with digits such as passport numbers, Roman numerals. Each begins where
 * a word does and has bounded parts: tried at every letter, a hundred thousand letters without a space would take minutes.
 */
const UNTOUCHED = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)\S+`,
    String.raw`(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+`,
    String.raw`(?<![\p{L}\d])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.(?:uz|com|org|net|ru|gov|info)(?![\p{L}\d])(?:\/\S*)?`,
    String.raw`(?<![\p{L}\d])\p{L}*\d[\p{L}\d]*`,
    String.raw`(?<!\p{L})[IVX]+(?!\p{L})`,
  ].join('|'),
  'gu',
)

/** By the letter they begin with: a page of answers has a hundred thousand letters, and each is looked up. */
const STEMS_BY_LETTER = Map.groupBy(STEMS, ({ latin }) => latin.charAt(0))
const PIECES_BY_LETTER = Map.groupBy(TO_CYRILLIC, ([latin]) => latin.charAt(0))

/** Every apostrophe after a letter becomes the letter that is meant; one that opens a quotation, and its fellow, stay. */
export function normaliseApostrophes(latin: string): string {
  const text = latin.normalize('NFC')
  let open = 0
  return text.replace(APOSTROPHES, (typed, at: number) => {
    const isAfterLetter = /\p{L}/u.test(text.charAt(at - 1))
    const isBeforeLetter = /\p{L}/u.test(text.charAt(at + 1))
    if (!isAfterLetter) {
      if (isBeforeLetter) open++
      return typed
    }
    if (!isBeforeLetter && open > 0) {
      open--
      return typed
    }
    return /[oOgG]/.test(text.charAt(at - 1)) ? TURNED_COMMA : TUTUQ
  })
}

export function toLatin(text: string): string {
  return outsideUntouched(text, (part) => part.replace(/\p{Script=Cyrillic}+/gu, wordToLatin))
}

export function toCyrillic(text: string): string {
  return outsideUntouched(readReformLetters(text), (part) =>
    normaliseApostrophes(part).replace(/[A-Za-z][A-Za-zʻʼ]*/g, wordToCyrillic),
  )
}

/** Letters of the reform drafts and of old fonts. */
export function readReformLetters(latin: string): string {
  const letters: Record<string, string> = { õ: 'oʻ', ō: 'oʻ', ŏ: 'oʻ', ḡ: 'gʻ', ğ: 'gʻ', ş: 'sh', ç: 'ch' }
  return latin
    .normalize('NFC')
    .replace(/[õōŏḡğşç]/giu, (letter) => asWritten(letter, letters[letter.toLowerCase()] ?? letter))
}

function wordToLatin(word: string): string {
  const lower = word.toLowerCase()
  const stem = STEMS.find(({ cyrillic }) => lower.startsWith(cyrillic))
  const letters = [...word]
  const start = stem ? stem.cyrillic.length : 0
  const latin = letters.slice(start).map((letter, index) => {
    const at = start + index
    const after = letters[at + 1] ?? letters[at - 1] ?? ''
    const made = letterToLatin(lower, at)
    return isUpper(letter) ? upperCase(made, isUpper(after)) : made
  })
  return (stem ? asWritten(word, stem.latin) : '') + latin.join('')
}

/** The letters that depend on their neighbours, by the rules of the 1995 spelling. */
function letterToLatin(word: string, at: number): string {
  const [before, letter, after] = [word.charAt(at - 1), word.charAt(at), word.charAt(at + 1)]
  const isAfterVowel = /[аеёиоуэюяўы]/.test(before)
  if (letter === 'е') return before === '' || isAfterVowel || /[ьъ]/.test(before) ? 'ye' : 'e'
  if (letter === 'ц') return isAfterVowel ? 'ts' : 's'
  if (letter === 'ь') return after === 'о' ? 'y' : ''
  if (letter === 'ъ') return /[ўғ]/.test(before) || /[еёюя]/.test(after) ? '' : TUTUQ
  if (letter === 'ҳ' && before === 'с') return `${TUTUQ}h`
  return TO_LATIN[letter] ?? letter
}

function wordToCyrillic(word: string): string {
  const lower = word.toLowerCase()
  // A word with w, or with c outside ch, is no Uzbek one: CEFR, Windows.
  if (/w|c(?!h)/.test(lower)) return word
  const stem = STEMS_BY_LETTER.get(lower.charAt(0))?.find(({ latin }) => lower.startsWith(latin))
  if (stem && lower === stem.latin) return asWritten(word, stem.cyrillic + (stem.end ?? ''))
  const start = stem ? stem.latin.length : 0
  const hasCapitals = lower !== word
  let cyrillic = stem ? asWritten(word, stem.cyrillic) : ''
  for (let at = start; at < word.length; ) {
    const [latin, letters] = pieceAt(lower, at)
    cyrillic +=
      hasCapitals && isUpper(word.charAt(at))
        ? upperCase(letters, isUpper(word.charAt(at + latin.length - 1)))
        : letters
    at += latin.length
  }
  return cyrillic
}

function pieceAt(word: string, at: number): readonly [latin: string, cyrillic: string] {
  const letter = word.charAt(at)
  // yoʻ is й and ў, not ё: the longer piece stands first in the table.
  if (letter === 'e') return ['e', at === 0 || /[aeiouʻ]/.test(word.charAt(at - 1)) ? 'э' : 'е']
  const pieces = PIECES_BY_LETTER.get(letter)
  return pieces?.find(([latin]) => word.startsWith(latin, at)) ?? [letter, letter]
}

function outsideUntouched(text: string, change: (part: string) => string): string {
  let done = ''
  let from = 0
  for (const match of text.matchAll(UNTOUCHED)) {
    done += change(text.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return done + change(text.slice(from))
}

/** `made` in the case of `word`: all capitals, a capital, or small. */
function asWritten(word: string, made: string): string {
  return isUpper(word.charAt(0)) ? upperCase(made, word.length > 1 && isUpper(word.charAt(1))) : made
}

/** Ш becomes SH among capitals, Sh elsewhere. */
function upperCase(made: string, amongCapitals: boolean): string {
  return amongCapitals ? made.toUpperCase() : made.charAt(0).toUpperCase() + made.slice(1)
}

function isUpper(letter: string): boolean {
  return letter !== letter.toLowerCase()
}
