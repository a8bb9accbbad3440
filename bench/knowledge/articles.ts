/** Made-up articles in Uzbek and Russian for benchmarks, the same for each seed, and what people would type to find them. */
import { readFileSync } from 'node:fs'
import { WORD_MAX_CHARACTERS } from '#core/knowledge/search-words.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'

type Faq = { q_uz: string; q_ru: string; a_uz: string; a_ru: string }
const faq = JSON.parse(
  readFileSync(new URL('../../server/knowledge/demo/faq.json', import.meta.url), 'utf8'),
) as Faq[]

const TITLE_WORDS = 6
const TEXT_WORDS = 220
const SYLLABLES = 'ba be bi bo da du ga go la li ma mo na ni qa ra ri sa si ta to va xo ya zo shu cho'.split(
  ' ',
)
const ENDINGS = ['', '', 'lar', 'ni', 'ning', 'da', 'dan', 'ga', 'lari', 'imiz', 'larini']
const RUSSIAN_SYLLABLES = 'ба бе во го да ди за ка ко ла ле ми мо на но па по ра ре са со та то фи хо'.split(
  ' ',
)
const RUSSIAN_ENDINGS = ['', 'а', 'ы', 'ов', 'ами', 'ный', 'ного', 'ость', 'ение', 'ения']

export type Article = { uz: { title: string; text: string }; ru: { title: string; text: string } }

export function articles(count: number, seed: number): Article[] {
  const random = seededRandom(seed)
  const uz = words(
    faq.flatMap(({ q_uz, a_uz }) => [q_uz, a_uz]),
    made(SYLLABLES, ENDINGS, random),
  )
  const ru = words(
    faq.flatMap(({ q_ru, a_ru }) => [q_ru, a_ru]),
    made(RUSSIAN_SYLLABLES, RUSSIAN_ENDINGS, random),
  )
  const sentence = (from: readonly string[], length: number) =>
    Array.from({ length }, () => from[frequent(from.length, random)] ?? '').join(' ')
  return Array.from({ length: count }, () => ({
    uz: { title: sentence(uz, TITLE_WORDS), text: sentence(uz, TEXT_WORDS) },
    ru: { title: sentence(ru, TITLE_WORDS), text: sentence(ru, TEXT_WORDS) },
  }))
}

/** Real words first: they are the frequent ones. */
function words(texts: readonly string[], rest: readonly string[]): string[] {
  const real = texts.flatMap((text) => text.split(/[^\p{L}ʻʼ]+/u).filter((word) => word.length > 1))
  return [...new Set([...real, ...rest])]
}

function made(syllables: readonly string[], endings: readonly string[], random: () => number): string[] {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? ''
  return Array.from({ length: 4_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
  ).flatMap((stem) => [0, 1, 2, 3, 4].map(() => stem + pick(endings)))
}

/** As words in languages are: few of them most of the time (the inverse of their rank). */
function frequent(count: number, random: () => number): number {
  return Math.floor(count ** random()) - 1
}

export const WAYS = [
  'as written',
  'in Cyrillic',
  'with ’',
  'with mistakes',
  'half typed',
  'in Russian',
] as const
export type Way = (typeof WAYS)[number]

/** Three words of the article's title, the longest ones, as somebody types them. */
export function typed({ uz, ru }: Article, way: Way, random: () => number): string {
  const title = (way === 'in Russian' ? ru : uz).title.split(' ')
  const three = title.toSorted((one, other) => other.length - one.length).slice(0, 3)
  switch (way) {
    case 'in Cyrillic':
      return toCyrillic(three.join(' '))
    case 'with ’':
      return three.join(' ').replace(/[ʻʼ]/g, '’')
    case 'with mistakes':
      return three.map((word) => withMistake(word, random)).join(' ')
    case 'half typed':
      return three
        .map((word, place) => (place === 2 ? word.slice(0, Math.ceil(word.length / 2)) : word))
        .join(' ')
    default:
      return three.join(' ')
  }
}

/** One letter left out, doubled, or swapped with the next. */
function withMistake(word: string, random: () => number): string {
  if (word.length < 5 || word.length > WORD_MAX_CHARACTERS) return word
  const at = 1 + Math.floor(random() * (word.length - 2))
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  const which = Math.floor(random() * 3)
  if (which === 0) return before + after
  return which === 1 ? before + letter + letter + after : before + after.charAt(0) + letter + after.slice(1)
}
