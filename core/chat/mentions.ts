/** Who is called by name in a message: `@Dilnoza Karimova`. */
import type { StaffId } from '#core/lib/ids.ts'

export const MENTION_SIGN = '@'
export const MENTIONS_MAX = 20

export type Named = { readonly id: StaffId; readonly name: string }

export type Piece = { readonly text: string; readonly who?: readonly StaffId[] }

/** The text in pieces, those that call somebody by name with whom they mean. Two of one name are both meant. */
export function piecesOf(text: string, people: readonly Named[]): Piece[] {
  const names = new Map<string, StaffId[]>()
  for (const { id, name } of people) names.set(name, [...(names.get(name) ?? []), id])
  // „Ali Valiyev" before „Ali Vali".
  const longestFirst = [...names.keys()].filter(Boolean).sort((a, b) => b.length - a.length)
  const pieces: Piece[] = []
  let plain = ''
  let at = 0
  while (at < text.length) {
    const name =
      text[at] === MENTION_SIGN ? longestFirst.find((one) => isCalledAt(text, at + 1, one)) : undefined
    if (name === undefined) {
      plain += text[at]
      at++
      continue
    }
    if (plain) pieces.push({ text: plain })
    plain = ''
    pieces.push({ text: MENTION_SIGN + name, who: names.get(name) ?? [] })
    at += MENTION_SIGN.length + name.length
  }
  if (plain) pieces.push({ text: plain })
  return pieces
}

export function mentionsIn(text: string, people: readonly Named[]): StaffId[] {
  const called = piecesOf(text, people).flatMap(({ who }) => who ?? [])
  return [...new Set(called)].slice(0, MENTIONS_MAX)
}

/** A name that goes on is another name. */
function isCalledAt(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/^[\p{L}\p{N}]/u.test(text.slice(at + name.length))
}
