/** Puts what is known into a sentence of a script. */
import type { ScriptValue } from './script.ts'

export type ScriptValues = Readonly<Partial<Record<ScriptValue, string>>>

/** What nobody knows yet, where the sentence cannot do without it. */
const UNKNOWN = '…'
const VALUE = /\{(\w*)\}/g
/** What is said only when its values are known. */
const IF_KNOWN = /\[([^\][]*)\]/g

export function valuesIn(sentence: string): string[] {
  return [...sentence.matchAll(VALUE)].map(([, name = '']) => name)
}

/** A value is put in as it is: brackets and braces in a citizen's name mean nothing. */
export function fillIn(sentence: string, values: ScriptValues): string {
  const known: Readonly<Record<string, string | undefined>> = values
  const said = sentence.replace(IF_KNOWN, (_all, part: string) =>
    valuesIn(part).every((name) => known[name]) ? part : '',
  )
  const filled = said.replace(VALUE, (_all, name: string) => known[name] || UNKNOWN)
  // What was left out may have been the beginning.
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}
