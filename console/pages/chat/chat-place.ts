/** Whether the chat is open, in which room, and what is going to be told there. Outlives a reload and every page. */
import { forgetDraft, rememberDraft, rememberedDraft } from '../../draft-memory.ts'
import { createStore } from '../../store.ts'

export type About = { call: string } | { appeal: { id: string; number: string } }

export type ChatPlace = {
  isOpen: boolean
  room: string | undefined
  /** What the next message is to be about, whichever room it goes to. */
  about: About | undefined
}

const NAME = 'chat-place'
const CLOSED: ChatPlace = { isOpen: false, room: undefined, about: undefined }

export const chatPlace = createStore<ChatPlace>(readKept())

export function changeChatPlace(part: Partial<ChatPlace>): void {
  const next = { ...chatPlace.get(), ...part }
  chatPlace.set(next)
  rememberDraft(NAME, { isOpen: next.isOpen, room: next.room })
}

/** The next person at this computer begins without it. */
export function forgetChatPlace(): void {
  chatPlace.set(CLOSED)
  forgetDraft(NAME)
}

function readKept(): ChatPlace {
  return { ...CLOSED, ...rememberedDraft<Partial<ChatPlace>>(NAME) }
}
