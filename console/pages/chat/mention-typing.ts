/** A name that is being typed after @, and whom it may mean: in whichever script it is typed. */
import { MENTION_SIGN } from '#core/chat/mentions.ts'
import { searchKey } from '#core/text/search-key.ts'

const NAMES_SHOWN_MAX = 6
/** Letters, the signs of Uzbek names, and one gap between two words. */
const CALLED = /(?:^|[\s(])@([\p{L}\p{N}ʻʼ'‘’`-]{0,40}(?: [\p{L}\p{N}ʻʼ'‘’`-]{0,40})?)$/u

/** What stands after the last @ before the caret; nothing where nobody is being called. */
export function calledIn(before: string): string | undefined {
  return CALLED.exec(before)?.[1]
}

/** Those of whose names a word begins so. One whose name is whole needs no list any more. */
export function matching<Person extends { name: string }>(
  called: string,
  people: readonly Person[],
): Person[] {
  if (people.some(({ name }) => name === called.trim())) return []
  const words = searchKey(called).split(' ').filter(Boolean)
  return people
    .filter(({ name }) => words.every((word) => ` ${searchKey(name)}`.includes(` ${word}`)))
    .slice(0, NAMES_SHOWN_MAX)
}

/** The text with the whole name, and where the caret goes. */
export function completed(text: string, caret: number, name: string): { text: string; caret: number } {
  const before = text.slice(0, caret)
  const start = before.lastIndexOf(MENTION_SIGN)
  const put = `${before.slice(0, start)}${MENTION_SIGN}${name} `
  return { text: put + text.slice(caret), caret: put.length }
}
