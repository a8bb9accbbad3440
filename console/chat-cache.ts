/** What a message or a reading makes of what the console knows of the chat. */
import type { ChatMessage, ChatRoom } from '#contract/chat.ts'

/** What the server counts to. */
const UNREAD_MAX = 100
const EXCERPT_CHARACTERS = 120

/** Pages go backwards, so the first is the newest. A message that is there already stays once; one that overtook another goes behind it. */
export function withMessage(pages: readonly ChatMessage[][], message: ChatMessage): ChatMessage[][] {
  const [newest = [], ...older] = pages
  if (pages.some((page) => page.some(({ id }) => id === message.id))) return [...pages]
  return [[...newest, message].sort((a, b) => a.id - b.id), ...older]
}

/** Nothing where the room is not known. */
export function withRoomMessage(
  rooms: readonly ChatRoom[],
  message: ChatMessage,
  me: string,
): ChatRoom[] | undefined {
  const room = rooms.find(({ id }) => id === message.room)
  if (!room) return undefined
  if (room.last && room.last.id >= message.id) return [...rooms]
  const isNew = message.author.id !== me && message.id > room.readUpTo
  const changed: ChatRoom = {
    ...room,
    unread: isNew ? Math.min(room.unread + 1, UNREAD_MAX) : room.unread,
    isMentioned: room.isMentioned || (isNew && message.mentions.includes(me)),
    last: {
      id: message.id,
      at: message.at,
      authorName: message.author.name,
      text: message.text.slice(0, EXCERPT_CHARACTERS),
    },
  }
  return [changed, ...rooms.filter(({ id }) => id !== room.id)]
}

/** All that was read up to here; what came after it counts on with the server's next answer. */
export function withRead(rooms: readonly ChatRoom[], room: string, upTo: number): ChatRoom[] {
  return rooms.map((one) =>
    one.id === room && upTo >= one.readUpTo && upTo >= (one.last?.id ?? 0)
      ? { ...one, readUpTo: upTo, unread: 0, isMentioned: false }
      : one,
  )
}
