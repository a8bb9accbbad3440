/**
 * What an editor changed, word by word: the longest common run of words stays, the rest is taken out or put in.
 *
 * For people who compare two versions of one text. Beginning and end that are the same are set aside first; what is
 * left of very long texts is not compared word by word, because nobody would read the answer.
 */

export type WordChange = { readonly kind: 'same' | 'out' | 'in'; readonly text: string }

/** The table of comparisons grows with the product of the two lengths: this is some 4 million cells. */
const COMPARED_MAX_WORDS = 2_000

export function wordDiff(before: string, after: string): WordChange[] {
  const [a, b] = [words(before), words(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [middleA, middleB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return joined([
    ...a.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
    ...changes(middleA, middleB),
    ...a.slice(a.length - end).map((text) => ({ kind: 'same' as const, text })),
  ])
}

/** A word with the space behind it, so that the pieces put together are the text. */
function words(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

function changes(a: readonly string[], b: readonly string[]): WordChange[] {
  if (a.length > COMPARED_MAX_WORDS || b.length > COMPARED_MAX_WORDS) {
    return [
      { kind: 'out', text: a.join('') },
      { kind: 'in', text: b.join('') },
    ]
  }
  const width = b.length + 1
  const common = commonRuns(a, b)
  const found: WordChange[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ kind: 'same', text: a[i] as string })
      i++
      j++
    } else if (
      j >= b.length ||
      (i < a.length && at(common, (i + 1) * width + j) >= at(common, i * width + j + 1))
    ) {
      found.push({ kind: 'out', text: a[i++] as string })
    } else found.push({ kind: 'in', text: b[j++] as string })
  }
  return found
}

const at = (cells: Uint16Array, place: number): number => cells[place] ?? 0

/** How many words the rests of both have in common, from each pair of places. */
function commonRuns(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1
  const cells = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      cells[i * width + j] =
        a[i] === b[j]
          ? at(cells, (i + 1) * width + j + 1) + 1
          : Math.max(at(cells, (i + 1) * width + j), at(cells, i * width + j + 1))
  return cells
}

/** Neighbours of one kind as one piece. */
function joined(pieces: readonly WordChange[]): WordChange[] {
  const result: { kind: WordChange['kind']; text: string }[] = []
  for (const { kind, text } of pieces) {
    const last = result.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text !== '') result.push({ kind, text })
  }
  return result
}
