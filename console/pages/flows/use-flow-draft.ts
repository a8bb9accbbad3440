/**
 * The menu as it is being changed, with what it is based on. It stays in the browser's tab until it is saved, so that a
 * reload loses nothing; what another saves meanwhile is put beside it, never under it.
 */
import { useMemo, useState } from 'react'
import type { Flow } from '#core/ivr/flow.ts'
import { isSameFlow } from '#core/ivr/flow-changes.ts'
import { forgetDraft, rememberDraft, rememberedDraft } from '../../draft-memory.ts'
import { changed, type History, historyOf, redone, undone } from './edit-history.ts'

/** `basedOn`: when the draft was saved that this began from; null where there was none. */
export type Kept = { readonly basedOn: number | null; readonly body: Flow }

type Work = { readonly basedOn: number | null; readonly base: Flow; readonly history: History<Flow> }

const nameOf = (flow: string) => `flow.${flow}`

export function useFlowDraft(name: string, kept: Kept) {
  const [held, setHeld] = useState(() => readWork(name))
  const isUnsaved = useMemo(() => held !== undefined && !isSameFlow(held.base, held.history.present), [held])
  const isOfThis = held?.basedOn === kept.basedOn
  const work: Work =
    held && (isUnsaved || isOfThis)
      ? held
      : { basedOn: kept.basedOn, base: kept.body, history: historyOf(kept.body) }

  function put(next: Work): void {
    setHeld(next)
    const { base, basedOn, history } = next
    if (isSameFlow(base, history.present)) forgetDraft(nameOf(name))
    else rememberDraft(nameOf(name), { basedOn, base, present: history.present })
  }
  const move = (history: History<Flow> | undefined) => history && put({ ...work, history })

  return {
    flow: work.history.present,
    basedOn: work.basedOn,
    isChanged: isUnsaved,
    /** Somebody else has saved since this was begun. */
    isOvertaken: isUnsaved && !isOfThis,
    change: (next: Flow, about?: string) => put({ ...work, history: changed(work.history, next, about) }),
    undo: undone(work.history) && (() => move(undone(work.history))),
    redo: redone(work.history) && (() => move(redone(work.history))),
    /** Begins anew from what is kept. */
    reset: () => put({ basedOn: kept.basedOn, base: kept.body, history: historyOf(kept.body) }),
    /** What another has saved was seen, and is to be written over by the next saving. */
    insist: () => put({ ...work, basedOn: kept.basedOn, base: kept.body }),
    /** The server has kept `sent`; what was typed since stays unsaved. */
    saved: (sent: Flow, now: Kept) =>
      setHeld((latest) => {
        const { history } = latest ?? work
        const isLatest = history.present === sent
        const next = {
          basedOn: now.basedOn,
          base: now.body,
          history: isLatest ? { ...history, present: now.body } : history,
        }
        if (isLatest) forgetDraft(nameOf(name))
        return next
      }),
  }
}

export type FlowDraft = ReturnType<typeof useFlowDraft>

function readWork(name: string): Work | undefined {
  const kept = rememberedDraft<{ base: Flow; basedOn: number | null; present: Flow }>(nameOf(name))
  return kept && { basedOn: kept.basedOn, base: kept.base, history: historyOf(kept.present) }
}
