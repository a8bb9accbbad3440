/** By how many characters a text is longer than `most`; none where it is not. A smile is one, as for the contract. */
export function charactersOver(text: string, most: number): number {
  // A text has no more characters than units, and most texts are short.
  return text.length <= most ? 0 : Math.max(0, [...text].length - most)
}

/** Of a list that is written one to a line: which line, by its number, is longer than is kept. */
export type LineOver = { readonly line: number; readonly most: number; readonly over: number }

export function firstLineOver(lines: readonly string[], most: number): LineOver | undefined {
  const overs = lines.map((text, at) => ({ line: at + 1, most, over: charactersOver(text.trim(), most) }))
  return overs.find(({ over }) => over > 0)
}
