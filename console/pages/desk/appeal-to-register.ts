import type { RegisterAppeal } from '#contract/appeals.ts'
import type { CallerCard } from '#contract/calls.ts'
import type { AppealDraft, Draft } from './draft.ts'

/** What the form sends: the citizen is one we know, or a name with the number he calls from. */
export function appealToRegister(filled: {
  call: string
  caller: CallerCard | null
  draft: Draft
  appeal: AppealDraft
}): RegisterAppeal {
  const { call, caller, draft, appeal } = filled
  const number = caller?.number ?? ''
  return {
    requestKey: appeal.requestKey,
    // The form does not send itself without one.
    kind: appeal.kind ?? 'application',
    text: appeal.text.trim(),
    topic: draft.topics[0] ?? null,
    call,
    citizen: citizenOf({ draft, appeal, number }),
  }
}

function citizenOf(filled: { draft: Draft; appeal: AppealDraft; number: string }): RegisterAppeal['citizen'] {
  const { appeal, draft, number } = filled
  if (appeal.isAnonymous) return { anonymous: true }
  if (draft.citizen) return { id: draft.citizen }
  return { name: appeal.citizenName.trim(), ...(number !== '' && { number }) }
}
