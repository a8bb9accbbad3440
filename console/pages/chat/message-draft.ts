/** What is written and not sent yet, for each room: kept in the browser's tab, so that a reload loses nothing. */
import { useState } from 'react'
import { forgetDraft, rememberDraft, rememberedDraft } from '../../draft-memory.ts'

export type MessageDraft = {
  text: string
  /** Made once: a message sent twice stands there once. */
  requestKey: string
}

const nameOf = (room: string) => `chat.${room}`

export function useMessageDraft(room: string): [MessageDraft, (text: string) => void, () => void] {
  const [draft, setDraft] = useState(() => rememberedDraft<MessageDraft>(nameOf(room)) ?? empty())
  const write = (text: string) => {
    const next = { ...draft, text }
    rememberDraft(nameOf(room), next)
    setDraft(next)
  }
  const clear = () => {
    forgetDraft(nameOf(room))
    setDraft(empty())
  }
  return [draft, write, clear]
}

const empty = (): MessageDraft => ({ text: '', requestKey: crypto.randomUUID() })
