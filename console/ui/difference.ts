/** What has changed from one text to another, word by word; line by line where words would take too long. */
import { diffArrays } from 'diff'

/** A word with the space behind it: changed words that follow each other are then one change to the reader. */
const WORD = /\S+\s*|\s+/g
const LINE = /[^\n]*\n|[^\n]+/g
/** A reader waits no longer than this for words, nor again for lines; hostile texts would take minutes. */
const WITHIN_MS = 300

export type Part = { text: string; is: 'same' | 'added' | 'removed' }

export function difference(before: string, after: string): Part[] {
  const by = (piece: RegExp) =>
    diffArrays(before.match(piece) ?? [], after.match(piece) ?? [], { timeout: WITHIN_MS })
  const changes = by(WORD) ?? by(LINE)
  if (!changes)
    return [
      { text: before, is: 'removed' },
      { text: after, is: 'added' },
    ]
  return changes.map(({ value, added, removed }) => ({
    text: value.join(''),
    is: added ? 'added' : removed ? 'removed' : 'same',
  }))
}
