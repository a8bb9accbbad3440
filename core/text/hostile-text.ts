/**
 * Makes any string storable and showable as text, and says what it did.
 *
 * Caller names, User-Agents and forms carry whatever their sender likes. What
 * is kept is the text: quotes, tags and SQL are harmless as text and stay. What
 * goes is what PostgreSQL cannot store (NUL, half a surrogate pair), what would
 * break lines in logs and files (control characters), and the marks that turn
 * the direction of everything after them: bidi overrides and isolates.
 */

export const CLEANINGS = ['control', 'bidi', 'brokenCharacter', 'cut'] as const
export type Cleaning = (typeof CLEANINGS)[number]

export type PlainText = { readonly text: string; readonly did: readonly Cleaning[] }

/** CR, LF and TAB separate words; the other controls, DEL and C1 among them, separate nothing. */
const SEPARATORS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const CONTROLS = /\p{Cc}/gu
/** Embeddings, overrides and isolates; the plain marks U+200E and U+200F only touch their neighbours and stay. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g

/** What PostgreSQL keeps of a text that was meant as written, line breaks and all. */
export function asStorableText(raw: string): string {
  return raw.toWellFormed().replaceAll('\0', '')
}

/** `maxLength` counts characters as people do: an emoji outside the basic plane is one. */
export function asPlainText(raw: string, maxLength: number): PlainText {
  const did: Cleaning[] = []
  const note = (cleaning: Cleaning, before: string, after: string) => {
    if (before !== after && !did.includes(cleaning)) did.push(cleaning)
    return after
  }
  // No character of the result needs more than two units, and what is dropped is a bounded excess: 64 kB are not searched through.
  const piece = raw.slice(0, maxLength * 4 + 64)
  const whole = note('brokenCharacter', piece, piece.toWellFormed().replaceAll('\ufffd', ''))
  const straight = note('bidi', whole, whole.replace(BIDI, ''))
  const printable = note('control', straight, straight.replace(SEPARATORS, ' ').replace(CONTROLS, ''))
  const characters = [...printable]
  if (characters.length > maxLength || piece.length < raw.length) did.push('cut')
  return { text: characters.slice(0, maxLength).join(''), did }
}
