/** Whether the wrap-up can be finished, and if not, what is missing. */
import { NOTE_MAX_CHARACTERS, type WrapUp } from '#contract/calls.ts'
import type { ScriptVersion } from '#contract/scripts.ts'
import { stepsDone } from '#core/scripts/script-way.ts'
import { charactersOver } from '#core/text/characters-over.ts'
import type { Draft } from './draft.ts'

export type Missing = 'outcome' | 'topics' | 'shorterNote' | 'appeal'

/** An appeal begun and neither registered nor discarded would be lost with the draft. */
export function whatIsMissing(draft: Draft): Missing | undefined {
  if (draft.outcome === null) return 'outcome'
  if (draft.topics.length === 0) return 'topics'
  if (charactersOver(draft.note, NOTE_MAX_CHARACTERS) > 0) return 'shorterNote'
  return draft.appeal ? 'appeal' : undefined
}

/** With what was ticked in the script that the agent had before him. */
export function wrapUpOf(draft: Draft, script?: ScriptVersion): WrapUp | undefined {
  const { outcome, topics, note, citizen } = draft
  if (outcome === null || topics.length === 0) return undefined
  const done = script ? stepsDone(script.body, draft.script.done) : []
  return {
    outcome,
    topics,
    note: note.trim(),
    citizen,
    ...(script && done.length > 0 && { script: { key: script.key, version: script.version, done } }),
  }
}
