/** The words that rules of skills are written in (skill-rule-text.ts), each with its place, for errors that say where. */

/** Both count from 1. */
export type Place = { readonly line: number; readonly column: number }

export type RuleWord = Place & { readonly kind: 'word' | 'number' | 'sign'; readonly text: string }

/** The words of one step, and where it ends. */
export type WrittenStep = { readonly words: readonly RuleWord[]; readonly end: Place }

const WORD = /(?<word>\p{L}[\p{L}\p{N}_]*)|(?<number>\d+)|(?<sign>>=|\S)/gu

/** A step ends with its line or at a semicolon; where nothing is written there is no step. */
export function writtenSteps(text: string): WrittenStep[] {
  const lines = text.split(/\r\n|\r|\n/)
  return lines
    .flatMap((written, index) => stepsOf(written, index + 1))
    .filter(({ words }) => words.length > 0)
}

function stepsOf(written: string, line: number): WrittenStep[] {
  const steps: WrittenStep[] = []
  let words: RuleWord[] = []
  const end = (index: number) => {
    steps.push({ words, end: { line, column: index + 1 } })
    words = []
  }
  for (const { 0: text, index, groups = {} } of written.matchAll(WORD)) {
    if (text === ';') end(index)
    else words.push({ kind: kindOf(groups), text: text === '≥' ? '>=' : text, line, column: index + 1 })
  }
  end(written.length)
  return steps
}

function kindOf({ word, number }: Readonly<Record<string, string | undefined>>): RuleWord['kind'] {
  if (word !== undefined) return 'word'
  return number === undefined ? 'sign' : 'number'
}
