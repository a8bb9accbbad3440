/** What every page is told beside its own facts. */
import type { Texts } from '#core/lib/languages.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { toCyrillic } from '#core/text/uzbek-script.ts'

export type View = {
  readonly language: WrittenLanguage
  /** Of this page with its question, for the links to it in other languages; where it cannot be asked for again, of the one before. */
  readonly path: string
  readonly organisation: Texts
  readonly shortNumber: string
  /** What an administrator wants everybody to know now. */
  readonly banner: string | undefined
  /** Proves that a form came from our page. */
  readonly token: string
  readonly isSignedIn: boolean
  /** Changes with the style sheet. */
  readonly style: string
}

/** Content that is kept in Uzbek and Russian, for whoever reads the page. */
export function inLanguage(texts: Texts, language: WrittenLanguage): string {
  if (language === 'ru') return texts.ru
  return language === 'uz-Cyrl' ? toCyrillic(texts.uz) : texts.uz
}
