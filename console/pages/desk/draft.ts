/**
 * What the agent has filled in about a call and not sent yet. Kept in the
 * browser's tab, so that a reload loses nothing, until the wrap-up is finished.
 */
import { useCallback, useState } from 'react'
import type { CallOutcome } from '#core/calls/call.ts'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'

export type AppealDraft = {
  /** Made once: the same form sent twice registers one appeal. */
  requestKey: string
  kind: AppealKind | null
  citizenName: string
  text: string
}

export type RegisteredAppeal = { id: string; number: string; dueOn: string }

export type Draft = {
  outcome: CallOutcome | null
  topics: string[]
  note: string
  /** Which of the candidates is calling, if the agent could tell. */
  citizen: string | null
  appeal: AppealDraft | null
  registered: RegisteredAppeal[]
}

export type ChangeDraft = (change: Partial<Draft>) => void

const KEY_PREFIX = 'javob.draft.'

const EMPTY: Draft = { outcome: null, topics: [], note: '', citizen: null, appeal: null, registered: [] }

export function useDraft(call: string, menuTopic: string | null): [Draft, ChangeDraft] {
  const [draft, setDraft] = useState(
    () => readDraft(call) ?? { ...EMPTY, topics: menuTopic ? [menuTopic] : [] },
  )
  const change = useCallback<ChangeDraft>(
    (part) =>
      setDraft((before) => {
        const next = { ...before, ...part }
        sessionStorage.setItem(KEY_PREFIX + call, JSON.stringify(next))
        return next
      }),
    [call],
  )
  return [draft, change]
}

export function emptyAppeal(note: string): AppealDraft {
  return { requestKey: crypto.randomUUID(), kind: null, citizenName: '', text: note }
}

export function forgetDraft(call: string): void {
  sessionStorage.removeItem(KEY_PREFIX + call)
}

/** The next person at this computer sees nothing of it. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(KEY_PREFIX)) sessionStorage.removeItem(key)
  }
}

function readDraft(call: string): Draft | undefined {
  const kept = sessionStorage.getItem(KEY_PREFIX + call)
  return kept === null ? undefined : { ...EMPTY, ...(JSON.parse(kept) as Partial<Draft>) }
}
