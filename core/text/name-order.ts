/**
 * The order of names as each reader learnt his alphabet. Lists of names stand in it wherever they are shown.
 *
 * In Uzbek oʻ gʻ sh ch are letters of their own at the end of the Latin alphabet, ў қ ғ ҳ at the end of the Cyrillic one;
 * in Russian ё stands with е. Browsers know the Uzbek order half or not at all, and servers of different ages differently;
 * so all of it is written down here. Numbers count as numbers, and one alphabet follows the other.
 */
import type { WrittenLanguage } from './uzbek-dates.ts'
import { normaliseApostrophes } from './uzbek-script.ts'

type Alphabet = { readonly part: RegExp; readonly ranks: ReadonlyMap<string, number> }

/** What ends a word, before numbers, before letters, before what no alphabet here knows. */
const WORD_END = 1
const NUMBER = 2
const FIRST_LETTER = 3
const STRANGE = 1_000
const LATIN = 'a b c d e f g h i j k l m n o p q r s t u v w x y z'
const CYRILLIC = 'а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ў қ ғ ҳ'
const OF_UZBEK = alphabet(`${LATIN} oʻ gʻ sh ch ${CYRILLIC}`)
const OF_OTHERS = alphabet(`${LATIN} ${CYRILLIC}`, { ё: 'е' })
const ALPHABETS: Readonly<Record<WrittenLanguage, Alphabet>> = {
  uz: OF_UZBEK,
  'uz-Cyrl': OF_UZBEK,
  ru: OF_OTHERS,
  en: OF_OTHERS,
}

/** No letters by themselves, wherever they stand. */
const NOTHING = new Set(['ʼ', 'ʻ'])

/** A new list: what is called by a name, in the order of the reader's language; of the same name, as it was. */
export function inNameOrder<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  language: WrittenLanguage,
): Row[] {
  const named = rows.map((row) => {
    const name = nameOf(row)
    return { row, name: name.toLowerCase(), ranks: ranksOf(name, ALPHABETS[language]) }
  })
  return named
    .sort((one, other) => byRanks(one.ranks, other.ranks) || bySigns(one.name, other.name))
    .map(({ row }) => row)
}

function byRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((rank, place) => rank !== other[place])
  if (at === -1) return one.length - other.length
  return (one[at] ?? 0) - (other[at] ?? -1)
}

/** Of letters that stand together the plain one comes first. */
function bySigns(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function ranksOf(name: string, { part, ranks }: Alphabet): number[] {
  const parts = normaliseApostrophes(name.normalize('NFC')).toLowerCase().match(part) ?? []
  return parts.flatMap((one) => {
    if (NOTHING.has(one)) return []
    if (/^\d/.test(one)) return [NUMBER, Number(one)]
    const rank = ranks.get(one)
    if (rank !== undefined) return [rank]
    return /\p{L}/u.test(one) ? [STRANGE + (one.codePointAt(0) ?? 0)] : [WORD_END]
  })
}

/** `together`: letters that count as another one. */
function alphabet(letters: string, together: Readonly<Record<string, string>> = {}): Alphabet {
  const inOrder = letters.split(' ')
  const long = inOrder.filter(({ length }) => length > 1)
  const rank = (letter: string) => FIRST_LETTER + inOrder.indexOf(together[letter] ?? letter)
  return {
    part: new RegExp([String.raw`\d+`, ...long, '.'].join('|'), 'gsu'),
    ranks: new Map(inOrder.map((letter) => [letter, rank(letter)])),
  }
}
