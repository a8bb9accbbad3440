/** What has changed from one text to another, word by word; line by line where words would take too long. */
import { diffLines, diffWordsWithSpace } from 'diff'

/** A reader waits no longer than this for words; hostile texts would take minutes. */
const WORDS_WITHIN_MS = 300
const LINES_WITHIN_MS = 300

export type Part = { text: string; is: 'same' | 'added' | 'removed' }

export function difference(before: string, after: string): Part[] {
  const changes =
    diffWordsWithSpace(before, after, { timeout: WORDS_WITHIN_MS }) ??
    diffLines(before, after, { timeout: LINES_WITHIN_MS })
  if (!changes)
    return [
      { text: before, is: 'removed' },
      { text: after, is: 'added' },
    ]
  return changes.map(({ value, added, removed }) => ({
    text: value,
    is: added ? 'added' : removed ? 'removed' : 'same',
  }))
}
