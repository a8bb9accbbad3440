/** The team's chat: rooms, messages, and who is who. A message is as its reader may see it. */
import { z } from 'zod'
import {
  MESSAGE_MAX_CHARACTERS,
  ROOM_KINDS,
  ROOM_MEMBERS_MAX,
  TITLE_MAX_CHARACTERS,
} from '#core/chat/rooms.ts'
import { ROLES } from '#core/staff/permissions.ts'

export const ChatPerson = z.object({ id: z.uuid(), name: z.string(), role: z.enum(ROLES) })
export type ChatPerson = z.infer<typeof ChatPerson>

export const ChatMessage = z.object({
  /** Later messages have greater numbers. */
  id: z.number().int(),
  room: z.uuid(),
  at: z.number(),
  author: z.object({ id: z.uuid(), name: z.string() }),
  text: z.string(),
  /** Personal data in it is covered for this reader. */
  isMasked: z.boolean(),
  mentions: z.array(z.uuid()),
  /** What it is about. Null also where the reader may not see it; then `isAboutHidden`. */
  call: z.uuid().nullable(),
  appeal: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  isAboutHidden: z.boolean(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

export const ChatRoom = z.object({
  id: z.uuid(),
  kind: z.enum(ROOM_KINDS),
  /** Empty for the room of everybody, and between two. */
  title: z.string(),
  /** Of a room that is not open. */
  members: z.array(ChatPerson),
  /** As many as are counted; no more than a hundred. */
  unread: z.number().int(),
  /** An unread message calls the reader by name. */
  isMentioned: z.boolean(),
  readUpTo: z.number().int(),
  last: z
    .object({ id: z.number().int(), at: z.number(), authorName: z.string(), text: z.string() })
    .nullable(),
})
export type ChatRoom = z.infer<typeof ChatRoom>

export const SendMessage = z.object({
  /** The same message sent twice stands there once. */
  requestKey: z.uuid(),
  text: z.string().max(MESSAGE_MAX_CHARACTERS),
  call: z.uuid().nullable(),
  appeal: z.uuid().nullable(),
})
export type SendMessage = z.infer<typeof SendMessage>

export const OpenRoom = z.union([
  z.strictObject({ with: z.uuid() }),
  z.strictObject({
    title: z.string().trim().min(1).max(TITLE_MAX_CHARACTERS),
    /** Nobody named: open to all. */
    members: z.array(z.uuid()).max(ROOM_MEMBERS_MAX),
  }),
])
export type OpenRoom = z.infer<typeof OpenRoom>

export const MessagesQuery = z.object({
  /** Messages before this one. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
})

export const ReadUpTo = z.object({ message: z.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
