/**
 * A guided script: what an agent says and does in a call, step by step, and where the talk can turn. It is data that an
 * organisation writes in its own words; `checkScript` says what is wrong with it before anybody reads it out.
 *
 * Sentences may hold values in braces, `{citizen}`. What stands in brackets is left out while a value in it is unknown:
 * `Toʻgʻri tushundimmi[, {citizen}]?`
 */
import type { CallOutcome } from '#core/calls/call.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'

/** What a sentence can say by itself: the agent, the citizen as he wants to be called, the appeal's number, its due day. */
export const SCRIPT_VALUES = ['agent', 'citizen', 'appeal', 'due'] as const
export type ScriptValue = (typeof SCRIPT_VALUES)[number]

export const STEPS_MAX = 40
/** Each has a key of its own: A, B, C, D. */
export const BRANCHES_MAX = 4
export const SENTENCES_MAX = 4
export const RULES_MAX = 12
export const SENTENCE_MAX_CHARACTERS = 400

export type Branch = {
  readonly id: string
  readonly label: Texts
  readonly to: string
  /** What the wrap-up will say, unless the agent says something else. */
  readonly outcome?: CallOutcome | undefined
}

export type ScriptStep = {
  readonly id: string
  readonly title: Texts
  /** To be read out. */
  readonly say: readonly Texts[]
  /** To be done meanwhile. */
  readonly toDo?: Texts | undefined
  /** Here the citizen says how he wants to be called. */
  readonly asksName?: boolean | undefined
  /** The step after this one; null at the end, and where there are branches. */
  readonly next: string | null
  readonly branches?: readonly Branch[] | undefined
}

export type Script = {
  readonly names: Texts
  readonly start: string
  readonly steps: readonly ScriptStep[]
  /** For what may happen at any moment, e.g. a citizen who insults. */
  readonly asides: readonly ScriptStep[]
  /** What holds in every call. */
  readonly rules: readonly Texts[]
}

/** A step that was ticked, where the talk turned there, and when; ticks of earlier times know no moment. */
export type DoneStep = {
  readonly step: string
  readonly branch: string | null
  readonly at?: Instant | undefined
}
