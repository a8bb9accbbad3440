/**
 * A text as SMS carries it (3GPP TS 23.038): 160 characters of the basic alphabet, or 70 where one letter is not in it.
 *
 * The letters ʻ and ʼ of Uzbek, dashes, the number sign and quotation marks are not. With them each message would cost two or three; so
 * they are written as everybody types them.
 */
import { normaliseApostrophes } from '#core/text/uzbek-script.ts'

const PLAIN: Readonly<Record<string, string>> = {
  ʻ: "'",
  ʼ: "'",
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '№': 'N',
  '…': '...',
  '\u00a0': ' ',
}

/** The basic alphabet, and what of its extension anybody sends: those count double. */
const BASIC = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]$/
const EXTENDED = /^[\f^{}\\[~\]|€]$/

export function smsText(text: string): string {
  return [...normaliseApostrophes(text)].map((letter) => PLAIN[letter] ?? letter).join('')
}

/** How many messages it is charged as. */
export function smsSegments(text: string): number {
  const letters = [...text]
  const isBasic = letters.every((letter) => BASIC.test(letter) || EXTENDED.test(letter))
  const units = isBasic
    ? letters.reduce((sum, letter) => sum + (EXTENDED.test(letter) ? 2 : 1), 0)
    : text.length
  const [whole, part] = isBasic ? [160, 153] : [70, 67]
  return units <= whole ? 1 : Math.ceil(units / part)
}
