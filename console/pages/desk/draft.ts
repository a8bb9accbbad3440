/**
 * What the agent has filled in about a call and not sent yet. Kept in the
 * browser's tab, so that a reload loses nothing, and a moment later at the server,
 * so that nothing is lost with the tab, or when the time for the wrap-up is over.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WrapUpDraft } from '#contract/agents.ts'
import type { ScriptDraft } from '#contract/scripts.ts'
import type { CallOutcome } from '#core/calls/call.ts'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import { keepDraft, useKeptDraft } from '../../desk-api.ts'
import { forgetDraft, rememberDraft, rememberedDraft } from '../../draft-memory.ts'
import { RequestProblem } from '../../request.ts'

export type AppealDraft = {
  /** Made once: the same form sent twice registers one appeal. */
  requestKey: string
  kind: AppealKind | null
  citizenName: string
  /** He does not say who he is. */
  isAnonymous?: boolean | undefined
  /** Where number and code go; null where he wants no message. Not said yet: the number that calls is proposed. */
  telephone?: string | null | undefined
  text: string
}

export type RegisteredAppeal = { id: string; number: string; dueOn: string | null }

export type Draft = {
  outcome: CallOutcome | null
  topics: string[]
  note: string
  /** Which of the candidates is calling, if the agent could tell. */
  citizen: string | null
  appeal: AppealDraft | null
  registered: RegisteredAppeal[]
  /** What of the guided script is done, and how the citizen wants to be called. */
  script: ScriptDraft
}

export type ChangeDraft = (change: Partial<Draft>) => void

const nameOf = (call: string) => `call.${call}`
/** A promise that is being made beside it. */
export const callbackDraftName = (call: string) => `callback.${call}`
/** After a pause in typing of this length the server is told. */
const KEPT_AFTER_MS = 1_000
/** A server that is away is told when it is back, as long as the form is on the screen. */
const KEPT_AGAIN_AFTER_MS = 5_000

const EMPTY: Draft = {
  outcome: null,
  topics: [],
  note: '',
  citizen: null,
  appeal: null,
  registered: [],
  script: { done: [], name: '', language: null },
}

export function useDraft(call: string, menuTopic: string | null): [Draft, ChangeDraft] {
  const [typed, setTyped] = useState(() => readDraft(call))
  const keep = useKeeping(call)
  const kept = useKeptDraft(call, typed === undefined).data
  // What is typed in this tab is newer than what the server has.
  const start = useMemo<Draft>(
    () => ({
      ...EMPTY,
      topics: menuTopic ? [menuTopic] : [],
      ...(kept as Partial<Draft> | null | undefined),
    }),
    [kept, menuTopic],
  )
  // Two changes of one moment are one after the other.
  const latest = useRef(typed)
  const change = useCallback<ChangeDraft>(
    (part) => {
      const next = { ...(latest.current ?? start), ...part }
      latest.current = next
      rememberDraft(nameOf(call), next)
      keep(next)
      setTyped(next)
    },
    [call, keep, start],
  )
  return [typed ?? start, change]
}

const isAway = (error: unknown) => error instanceof RequestProblem && error.code === 'unreachable'

/** Sends what was filled in last when the typing pauses, or when the form goes from the screen. */
function useKeeping(call: string): (draft: Draft) => void {
  const waiting = useRef<{ draft: Draft; timer: ReturnType<typeof setTimeout> } | undefined>(undefined)
  const isThere = useRef(false)
  const sendLater = useRef(() => {})
  const send = useCallback(() => {
    const last = waiting.current
    waiting.current = undefined
    if (!last) return
    clearTimeout(last.timer)
    // One that was finished meanwhile is not kept, and one that did not arrive is still in this tab.
    if (!readDraft(call)) return
    void keepDraft(call, last.draft satisfies WrapUpDraft).catch((error: unknown) => {
      if (isAway(error) && isThere.current && !waiting.current)
        waiting.current = {
          draft: last.draft,
          timer: setTimeout(() => sendLater.current(), KEPT_AGAIN_AFTER_MS),
        }
    })
  }, [call])
  useEffect(() => {
    sendLater.current = send
    isThere.current = true
    return () => {
      isThere.current = false
      send()
    }
  }, [send])
  return useCallback(
    (draft) => {
      clearTimeout(waiting.current?.timer)
      waiting.current = { draft, timer: setTimeout(send, KEPT_AFTER_MS) }
    },
    [send],
  )
}

/** With what is known already. `kind`: what appeals about the topic usually are; the agent sees it and can say otherwise. */
export function emptyAppeal(
  { note, script }: Pick<Draft, 'note' | 'script'>,
  kind: AppealKind | null,
): AppealDraft {
  return { requestKey: crypto.randomUUID(), kind, citizenName: script.name, text: note }
}

export function forgetCallDraft(call: string): void {
  for (const name of [nameOf(call), callbackDraftName(call)]) forgetDraft(name)
}

function readDraft(call: string): Draft | undefined {
  const kept = rememberedDraft<Partial<Draft>>(nameOf(call))
  return kept && { ...EMPTY, ...kept }
}
