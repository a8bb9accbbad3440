/** Uzbek texts of the console in Cyrillic: the words turn, what i18next fills in (`{{…}}`) does not. */
import { toCyrillic } from '#core/text/uzbek-script.ts'

export function cyrillic(latin: string): string {
  return latin
    .split(/(\{\{[^}]*\}\})/)
    .map((part) => (part.startsWith('{{') ? part : toCyrillic(part)))
    .join('')
}
