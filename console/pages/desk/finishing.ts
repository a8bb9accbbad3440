/** Whether the wrap-up can be finished, and if not, what is missing. */
import type { WrapUp } from '#contract/calls.ts'
import type { Draft } from './draft.ts'

export type Missing = 'outcome' | 'topics' | 'appeal'

/** An appeal begun and neither registered nor discarded would be lost with the draft. */
export function whatIsMissing(draft: Draft): Missing | undefined {
  if (draft.outcome === null) return 'outcome'
  if (draft.topics.length === 0) return 'topics'
  return draft.appeal ? 'appeal' : undefined
}

export function wrapUpOf({ outcome, topics, note, citizen }: Draft): WrapUp | undefined {
  return outcome === null || topics.length === 0 ? undefined : { outcome, topics, note: note.trim(), citizen }
}
