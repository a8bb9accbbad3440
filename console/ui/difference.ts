/** What has changed from one text to another, word by word; line by line where words would take too long. */
import { type ArrayChange, diffArrays } from 'diff'

/** A word with the space behind it: changed words that follow each other are then one change to the reader. */
const WORD = /\S+\s*|\s+/g
const LINE = /[^\n]*\n|[^\n]+/g
/** A reader waits no longer than this for words, nor again for lines; hostile texts would take minutes. */
const WITHIN_MS = 300

export type Part = { text: string; is: 'same' | 'added' | 'removed' }
type Change = Pick<ArrayChange<string>, 'value' | 'added' | 'removed'>

/**
 * Compared is what was written. `asRead` gives a text as its reader has it, in the other script, and changes no space
 * between words; a change that he could not see then stays as it was written.
 */
export function difference(before: string, after: string, asRead = (text: string) => text): Part[] {
  const by = (piece: RegExp) => {
    const [then, now] = [before, after].map((text) => text.match(piece) ?? [])
    const changes = diffArrays(then ?? [], now ?? [], { timeout: WITHIN_MS })
    return changes && inReading(changes, asRead(before).match(piece) ?? [], asRead(after).match(piece) ?? [])
  }
  return by(WORD) ?? by(LINE) ?? inReading(wholly(before, after), [asRead(before)], [asRead(after)])
}

function wholly(before: string, after: string): Change[] {
  return [
    { value: [before], added: false, removed: true },
    { value: [after], added: true, removed: false },
  ]
}

/** The same pieces of the two texts as they are read: a piece alone would be read otherwise than in its sentence. */
function inReading(changes: readonly Change[], then: readonly string[], now: readonly string[]): Part[] {
  let [thenAt, nowAt] = [0, 0]
  const parts = changes.map(({ value, added, removed }) => {
    const read =
      added || !removed ? now.slice(nowAt, nowAt + value.length) : then.slice(thenAt, thenAt + value.length)
    if (!added) thenAt += value.length
    if (!removed) nowAt += value.length
    return {
      is: added ? 'added' : removed ? 'removed' : 'same',
      read: read.join(''),
      written: value.join(''),
    } as const
  })
  const isUnseen = (place: number) =>
    parts[place]?.is === 'removed' &&
    parts[place + 1]?.is === 'added' &&
    parts[place]?.read === parts[place + 1]?.read
  return parts.map(({ is, read, written }, place) => ({
    is,
    text: isUnseen(place) || isUnseen(place - 1) ? written : read,
  }))
}
