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
import { DRAFT_KEY_PREFIX } from '../../draft-key.ts'
import { RequestProblem } from '../../request.ts'

export type AppealDraft = {
  /** Made once: the same form sent twice registers one appeal. */
  requestKey: string
  kind: AppealKind | null
  citizenName: string
  /** He does not say who he is. */
  isAnonymous?: boolean | undefined
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

const KEY_PREFIX = `${DRAFT_KEY_PREFIX}call.`
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
  const change = useCallback<ChangeDraft>(
    (part) =>
      setTyped((before) => {
        const next = { ...(before ?? start), ...part }
        sessionStorage.setItem(KEY_PREFIX + call, JSON.stringify(next))
        keep(next)
        return next
      }),
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

export function forgetDraft(call: string): void {
  sessionStorage.removeItem(KEY_PREFIX + call)
}

/** The next person at this computer sees nothing of it. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(DRAFT_KEY_PREFIX)) sessionStorage.removeItem(key)
  }
}

function readDraft(call: string): Draft | undefined {
  const kept = sessionStorage.getItem(KEY_PREFIX + call)
  return kept === null ? undefined : { ...EMPTY, ...(JSON.parse(kept) as Partial<Draft>) }
}
