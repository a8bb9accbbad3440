import type { RegisterAppeal } from '#contract/appeals.ts'
import type { CallerCard } from '#contract/calls.ts'
import { readMobileNumber } from '#core/portal/filing.ts'
import type { AppealDraft, Draft } from './draft.ts'

/** What the form sends: the citizen is one we know, or a name with the number he calls from, or else the one he names. */
export function appealToRegister(filled: {
  call: string
  caller: CallerCard | null
  draft: Draft
  appeal: AppealDraft
}): RegisterAppeal {
  const { call, caller, draft, appeal } = filled
  const { telephone } = namedNumber(appeal, caller)
  const number = caller?.number || (telephone ?? '')
  return {
    requestKey: appeal.requestKey,
    // The form does not send itself without one.
    kind: appeal.kind ?? 'application',
    text: appeal.text.trim(),
    topic: draft.topics[0] ?? null,
    call,
    citizen: citizenOf({ draft, appeal, number }),
    telephone,
  }
}

function citizenOf(filled: { draft: Draft; appeal: AppealDraft; number: string }): RegisterAppeal['citizen'] {
  const { appeal, draft, number } = filled
  if (appeal.isAnonymous) return { anonymous: true }
  if (draft.citizen) return { id: draft.citizen }
  return { name: appeal.citizenName.trim(), ...(number !== '' && { number }) }
}

export type NamedNumber = {
  /** As it stands in the form. */
  typed: string
  isWanted: boolean
  isWrong: boolean
  /** As it is sent. */
  telephone: string | null
}

/** The telephone of the appeal: proposed is the number that calls, unless nothing can be sent there. */
export function namedNumber(
  { isAnonymous, telephone: typed }: Pick<AppealDraft, 'isAnonymous' | 'telephone'>,
  caller: Pick<CallerCard, 'number'> | null,
): NamedNumber {
  const calls = caller?.number ?? ''
  const proposed = readMobileNumber(calls) === undefined ? '' : calls
  const shown = typed ?? proposed
  const isWanted = typed !== null && isAnonymous !== true
  const read = isWanted ? readMobileNumber(shown) : undefined
  return {
    typed: shown,
    isWanted,
    isWrong: isWanted && shown.trim() !== '' && read === undefined,
    telephone: read ?? null,
  }
}
