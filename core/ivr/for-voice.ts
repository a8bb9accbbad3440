/**
 * Rewrites a text for the voice that reads it; on screens the text stays as it was written.
 *
 * espeak-ng says the Russian 1 and 0 as «ойдин» and «нойл» and pauses inside „1 ni"; and it spells out ʼ (U+02BC)
 * as the name of a letter, while it reads the typewriter's apostrophe as it should be.
 */
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Say } from './spoken.ts'

const DIGIT_WORDS: Readonly<Record<CallLanguage, readonly string[]>> = {
  uz: ['nol', 'bir', 'ikki', 'uch', 'toʻrt', 'besh', 'olti', 'yetti', 'sakkiz', 'toʻqqiz'],
  ru: ['ноль', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять'],
}

export function forVoice({ language, text }: Say): string {
  const word = (digit: string) => DIGIT_WORDS[language][Number(digit)] ?? digit
  const spoken =
    language === 'uz'
      ? text.replace(/(?<![\p{L}\d.,:-])(\d) ni(?!\p{L})/gu, (_, digit: string) => `${word(digit)}ni`)
      : text.replace(
          /(нажмите) (\d)(?![\p{L}\d]|[.,:-]\d)/giu,
          (_, press: string, digit: string) => `${press} ${word(digit)}`,
        )
  return spoken.replaceAll('ʼ', "'")
}
