/** What every page is told beside its own facts. */
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { WrittenTexts } from '#core/text/written-texts.ts'

export type View = {
  readonly language: WrittenLanguage
  /** Of this page with its question, for the links to it in other languages; where it cannot be asked for again, of the one before. */
  readonly path: string
  readonly organisation: WrittenTexts
  readonly shortNumber: string
  /** How else it is reached; what it does not say is empty. */
  readonly phones: readonly string[]
  readonly address: WrittenTexts
  readonly hours: WrittenTexts
  /** What an administrator wants everybody to know now. */
  readonly banner: string | undefined
  /** Proves that a form came from our page. */
  readonly token: string
  readonly isSignedIn: boolean
  /** Changes with the style sheet. */
  readonly style: string
}
