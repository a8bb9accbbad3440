/** The team's chat of the make-believe server, by the same rules as the real one. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ChatMessage, ChatPerson, ChatRoom, OpenRoom, ReadUpTo, SendMessage } from '#contract/chat.ts'
import type { LiveMessage } from '#contract/live.ts'
import type { Me } from '#contract/staff.ts'
import { mentionsIn } from '#core/chat/mentions.ts'
import { maySeeRoom, type Reader, type Room, textFor } from '#core/chat/rooms.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'

type MockRoom = Room & { id: string; title: string; directKey?: string }
type MockMessage = Omit<ChatMessage, 'isMasked' | 'isAboutHidden'> & { requestKey: string }

export type MockChat = {
  rooms: MockRoom[]
  messages: MockMessage[]
  /** By room and reader. */
  read: Map<string, number>
}

export function mockChat(now: number, staff: readonly Me[]): MockChat {
  const everybody = { id: madeId(7, 1), kind: 'open' as const, title: '', members: [] }
  const first = staff.find(({ role }) => role === 'supervisor')
  const text = 'Assalomu alaykum! Bugun roʻyxatdan oʻtishning oxirgi kuni.'
  return {
    rooms: [everybody],
    messages: first ? [made({ id: 1, room: everybody.id, at: now - 600_000, me: first, text })] : [],
    read: new Map(),
  }
}

const readerOf = ({ id, role }: Me): Reader => ({ id: id as StaffId, role })

function made(of: { id: number; room: string; at: number; me: Me; text: string }): MockMessage {
  const { me, ...message } = of
  const author = { id: me.id, name: me.name }
  return { ...message, author, mentions: [], call: null, appeal: null, requestKey: randomUUID() }
}

function asRead(me: Me, message: MockMessage): ChatMessage {
  const text = textFor(readerOf(me), { author: message.author.id as StaffId, text: message.text })
  return { ...message, text, isMasked: text !== message.text, isAboutHidden: false }
}

const CHATTING = ['agent', 'supervisor', 'officer']
const peopleOf = (staff: readonly Me[]): ChatPerson[] =>
  staff.filter(({ role }) => CHATTING.includes(role)).map(({ id, name, role }) => ({ id, name, role }))

function roomView({ messages, read }: MockChat, staff: readonly Me[], me: Me, room: MockRoom): ChatRoom {
  const upTo = read.get(`${room.id} ${me.id}`) ?? 0
  const here = messages.filter((message) => message.room === room.id)
  const unread = here.filter(({ id, author }) => id > upTo && author.id !== me.id)
  const last = here.at(-1)
  return {
    id: room.id,
    kind: room.kind,
    title: room.title,
    members: peopleOf(staff).filter(({ id }) => room.members.includes(id as StaffId)),
    unread: unread.length,
    isMentioned: unread.some(({ mentions }) => mentions.includes(me.id)),
    readUpTo: upTo,
    last: last
      ? { id: last.id, at: last.at, authorName: last.author.name, text: asRead(me, last).text }
      : null,
  }
}

function mustSee(chat: MockChat, me: Me, id: string | undefined): MockRoom {
  const room = chat.rooms.find((one) => one.id === id)
  if (!room || !maySeeRoom(readerOf(me), room)) throw new Refused('notFound')
  return room
}

/** As if somebody wrote it at another computer. */
export function saidInChat(
  { chat, staff, tell }: { chat: MockChat; staff: readonly Me[]; tell: Tell },
  { login, room: id, ...said }: { login: string; text: string; room?: string } & Partial<MockMessage>,
): MockMessage {
  const me = staff.find((one) => one.login === login)
  const room = chat.rooms.find((one) => (id ? one.id === id : one.kind === 'open'))
  if (!me || !room) throw new Error(`Nobody is called ${login}, or there is no such room`)
  const those = peopleOf(staff).map((one) => ({ ...one, id: one.id as StaffId }))
  const message = {
    ...made({ id: chat.messages.length + 1, room: room.id, at: Date.now(), me, text: said.text }),
    ...said,
    mentions: mentionsIn(said.text, those),
  }
  chat.messages.push(message)
  tell((reader) =>
    maySeeRoom(readerOf(reader), room)
      ? { type: 'chatMessage', message: asRead(reader, message) }
      : undefined,
  )
  return message
}

type Tell = (messageFor: (me: Me) => LiveMessage | undefined) => void

type Asked = {
  world: {
    chat: MockChat
    staff: readonly Me[]
    appeals: readonly { id: string; number: string }[]
    say(message: LiveMessage, hears: (me: Me) => boolean): void
    chatSaid(said: Parameters<typeof saidInChat>[1]): MockMessage
  }
  me: Me
  path: string[]
  query: URLSearchParams
  body: unknown
}

export const CHAT: Record<string, (asked: Asked) => unknown> = {
  'GET /chat/people': ({ world }) => z.array(ChatPerson).parse(peopleOf(world.staff)),
  'GET /chat/rooms': ({ world: { chat, staff }, me }) =>
    z
      .array(ChatRoom)
      .parse(
        chat.rooms
          .filter((room) => maySeeRoom(readerOf(me), room))
          .map((room) => roomView(chat, staff, me, room)),
      ),
  'POST /chat/rooms': ({ world: { chat }, me, body }) => {
    const wanted = OpenRoom.parse(body)
    const members = ['with' in wanted ? [me.id, wanted.with] : [me.id, ...wanted.members]].flat() as StaffId[]
    const directKey = 'with' in wanted ? members.toSorted().join(' ') : undefined
    const known = chat.rooms.find((room) => directKey && room.directKey === directKey)
    if (known) return { id: known.id }
    const kind = directKey
      ? ('direct' as const)
      : members.length > 1
        ? ('closed' as const)
        : ('open' as const)
    const title = 'title' in wanted ? wanted.title : ''
    const room = { id: randomUUID(), kind, title, members, ...(directKey && { directKey }) }
    chat.rooms.push(room)
    return { id: room.id }
  },
  'GET /chat/rooms/:room/messages': ({ world: { chat }, me, path, query }) => {
    const room = mustSee(chat, me, path[2])
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY)
    const found = chat.messages.filter(({ id, room: of }) => of === room.id && id < before)
    return z.array(ChatMessage).parse(found.slice(-50).map((message) => asRead(me, message)))
  },
  'POST /chat/rooms/:room/messages': ({ world, me, path, body }) => {
    const { chat, appeals } = world
    const sent = SendMessage.parse(body)
    const room = mustSee(chat, me, path[2])
    const known = chat.messages.find(({ requestKey }) => requestKey === sent.requestKey)
    if (known) return ChatMessage.parse(asRead(me, known))
    const appeal = appeals.find(({ id }) => id === sent.appeal)
    const message = world.chatSaid({
      ...sent,
      login: me.login,
      text: sent.text.trim(),
      room: room.id,
      appeal: appeal ? { id: appeal.id, number: appeal.number } : null,
    })
    return ChatMessage.parse(asRead(me, message))
  },
  'POST /chat/rooms/:room/read': ({ world, me, path, body }) => {
    const room = mustSee(world.chat, me, path[2])
    const upTo = ReadUpTo.parse(body).message
    world.chat.read.set(`${room.id} ${me.id}`, upTo)
    world.say({ type: 'chatRead', room: room.id, upTo }, ({ id }) => id === me.id)
    return undefined
  },
}
