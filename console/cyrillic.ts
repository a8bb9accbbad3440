/** Uzbek texts of the console in Cyrillic: the words turn; what i18next fills in (`{{…}}`) and the name OneID do not. */
import { toCyrillic } from '#core/text/uzbek-script.ts'

export function cyrillic(latin: string): string {
  return latin
    .split(/(\{\{[^}]*\}\}|\bOneID\b)/)
    .map((part) => (part.startsWith('{{') || part === 'OneID' ? part : toCyrillic(part)))
    .join('')
}
