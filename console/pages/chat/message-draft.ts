/** What is written and not sent yet, for each room: kept in the browser's tab, so that a reload loses nothing. */
import { useState } from 'react'
import { DRAFT_KEY_PREFIX } from '../../draft-key.ts'

export type MessageDraft = {
  text: string
  /** Made once: a message sent twice stands there once. */
  requestKey: string
}

const keyOf = (room: string) => `${DRAFT_KEY_PREFIX}chat.${room}`

export function useMessageDraft(room: string): [MessageDraft, (text: string) => void, () => void] {
  const [draft, setDraft] = useState(() => readDraft(room))
  const write = (text: string) => {
    const next = { ...draft, text }
    sessionStorage.setItem(keyOf(room), JSON.stringify(next))
    setDraft(next)
  }
  const clear = () => {
    sessionStorage.removeItem(keyOf(room))
    setDraft(empty())
  }
  return [draft, write, clear]
}

const empty = (): MessageDraft => ({ text: '', requestKey: crypto.randomUUID() })

function readDraft(room: string): MessageDraft {
  const kept = sessionStorage.getItem(keyOf(room))
  return kept === null ? empty() : (JSON.parse(kept) as MessageDraft)
}
