/** Texts that people wrote, for whoever reads them in one of the four languages. */
import type { Texts } from '#core/lib/languages.ts'
import type { WrittenLanguage } from './uzbek-dates.ts'
import { toCyrillic } from './uzbek-script.ts'

/** Cyrillic follows from the Latin letters, and English readers get Uzbek, where nobody has written it otherwise. */
export type WrittenTexts = Texts & {
  readonly cyrillic?: string | undefined
  readonly en?: string | undefined
}

export function inWriting(texts: WrittenTexts, language: WrittenLanguage): string {
  switch (language) {
    case 'uz':
      return texts.uz
    case 'uz-Cyrl':
      return texts.cyrillic || toCyrillic(texts.uz)
    case 'ru':
      return texts.ru
    case 'en':
      return texts.en || texts.uz
  }
}
