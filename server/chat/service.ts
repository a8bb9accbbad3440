/**
 * The team's chat: agents, supervisors and officers among themselves. Who may read a room, and what of a message,
 * is decided by core/chat for each reader alone, on the way out.
 */
import type { Kysely } from 'kysely'
import type { ChatMessage, ChatPerson, ChatRoom, OpenRoom, SendMessage } from '#contract/chat.ts'
import { mentionsIn } from '#core/chat/mentions.ts'
import {
  directKey,
  maySeeCall,
  maySeeRoom,
  type Reader,
  textFor,
  TITLE_MAX_CHARACTERS,
} from '#core/chat/rooms.ts'
import type { AppealId, CallId, ChatRoomId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { maySeeAppeal } from '#core/appeals/seeing.ts'
import { may } from '#core/staff/permissions.ts'
import { asPlainText, asStorableText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { ChatEvent } from './events.ts'
import { countSince, trackOfAppeal, insertMessage, listMessages, type Message } from './message-store.ts'
import type { AgentsOfCall, LiveReaders } from './ports.ts'
import {
  findDirectRoom,
  findRoom,
  type FoundRoom,
  insertRoom,
  listPeople,
  listRooms,
  setReadUpTo,
} from './store.ts'

const PAGE_MESSAGES = 50
/** Faster than anybody writes. */
const MESSAGES_PER_MINUTE_MAX = 60
const MINUTE_MS = 60_000
const EXCERPT_CHARACTERS = 120

export type ChatDeps = {
  db: Kysely<Database>
  readers: LiveReaders
  agentsOfCall: AgentsOfCall
  now(): Instant
}

export type ChatService = ReturnType<typeof chatService>

export function chatService(deps: ChatDeps) {
  const { db, readers } = deps
  return {
    people: () => listPeople(db),

    async rooms(reader: Reader): Promise<ChatRoom[]> {
      const [rows, people] = await Promise.all([listRooms(db, reader.id), listPeople(db)])
      const known = new Map<string, ChatPerson>(people.map((one) => [one.id, one]))
      return rows
        .filter((room) => maySeeRoom(reader, room))
        .map(({ members, last, readUpTo, ...room }) => ({
          ...room,
          readUpTo: Number(readUpTo),
          members: members.flatMap((id) => known.get(id) ?? []),
          last: last && {
            id: last.id,
            at: last.at,
            authorName: last.authorName,
            text: asPlainText(textFor(reader, last), EXCERPT_CHARACTERS).text,
          },
        }))
    },

    async messages(reader: Reader, id: ChatRoomId, before?: number): Promise<ChatMessage[]> {
      await mustSee(db, reader, id)
      const found = await listMessages(db, { room: id, before, limit: PAGE_MESSAGES })
      const agents = await agentsOf(deps, found)
      return found.map((message) => asRead(reader, message, agents))
    },

    async send(author: Reader, id: ChatRoomId, sent: SendMessage): Promise<ChatMessage> {
      const room = await mustSee(db, author, id)
      const message = await write(deps, { author, room, sent })
      return asRead(author, message, await agentsOf(deps, [message]))
    },

    /** Up to and with this message. */
    async read(reader: Reader, id: ChatRoomId, message: number): Promise<void> {
      await mustSee(db, reader, id)
      const upTo = await setReadUpTo(db, { room: id, staff: reader.id, upTo: message })
      readers.tell((one) => (one.id === reader.id ? { type: 'chatRead', room: id, upTo } : undefined))
    },

    async open(reader: Reader, wanted: OpenRoom): Promise<{ id: ChatRoomId }> {
      return 'with' in wanted
        ? await openDirect(deps, reader, wanted.with as StaffId)
        : await openRoom(deps, reader, wanted)
    },
  }
}

/** To whoever may not see it, a room does not exist. */
async function mustSee(db: Kysely<Database>, reader: Reader, id: ChatRoomId): Promise<FoundRoom> {
  const room = await findRoom(db, id)
  if (!room || !maySeeRoom(reader, room)) throw new Refusal('notFound', `No room ${id} for ${reader.role}`)
  return room
}

type Writing = { author: Reader; room: FoundRoom; sent: SendMessage }

async function write(deps: ChatDeps, { author, room, sent }: Writing): Promise<Message> {
  const { db, readers } = deps
  const at = deps.now()
  const text = asStorableText(sent.text).trim()
  const about = await whatItIsAbout(deps, author, sent)
  if (text === '' && !about.call && !about.appeal) throw new Refusal('badInput', 'There is nothing to send')
  if ((await countSince(db, author.id, new Date(at - MINUTE_MS))) >= MESSAGES_PER_MINUTE_MAX)
    throw new Refusal('tooManyAttempts', 'Too many messages in a minute')
  const those = (await listPeople(db)).filter((one) => maySeeRoom(one, room))
  const { message, isNew } = await db.transaction().execute(async (trx) => {
    return await insertMessage(trx, {
      room: room.id,
      author: author.id,
      at: new Date(at),
      text,
      mentions: mentionsIn(text, those),
      requestKey: sent.requestKey,
      ...about,
    })
  })
  const agents = await agentsOf(deps, [message])
  if (isNew)
    readers.tell((reader) =>
      maySeeRoom(reader, room)
        ? { type: 'chatMessage', message: asRead(reader, message, agents) }
        : undefined,
    )
  return message
}

/** Nobody tells of a call or an appeal that he may not see himself. */
async function whatItIsAbout({ agentsOfCall, db }: ChatDeps, author: Reader, sent: SendMessage) {
  const call = sent.call as CallId | null
  const appeal = sent.appeal as AppealId | null
  if (call && !maySeeCall(author, (await agentsOfCall(call)) ?? []))
    throw new Refusal('notFound', `No call ${call} for ${author.role}`)
  const track = appeal ? await trackOfAppeal(db, appeal) : undefined
  if (appeal && !(track && maySeeAppeal(author.role, track)))
    throw new Refusal('notFound', `No appeal ${appeal} for ${author.role}`)
  return { call, appeal }
}

type AgentsByCall = ReadonlyMap<CallId, readonly StaffId[]>

async function agentsOf({ agentsOfCall }: ChatDeps, found: readonly Message[]): Promise<AgentsByCall> {
  const calls = new Set(found.flatMap(({ call }) => call ?? []))
  const each = [...calls].map(async (call) => [call, (await agentsOfCall(call)) ?? []] as const)
  return new Map(await Promise.all(each))
}

function asRead(reader: Reader, message: Message, agents: AgentsByCall): ChatMessage {
  const { call, appeal, author, authorName, ...rest } = message
  const text = textFor(reader, message)
  const seesCall = call !== null && maySeeCall(reader, agents.get(call) ?? [])
  const seesAppeal = appeal !== null && maySeeAppeal(reader.role, appeal.track)
  return {
    ...rest,
    author: { id: author, name: authorName },
    text,
    isMasked: text !== message.text,
    call: seesCall ? call : null,
    appeal: seesAppeal ? { id: appeal.id, number: appeal.number } : null,
    isAboutHidden: (call !== null && !seesCall) || (appeal !== null && !seesAppeal),
  }
}

async function openDirect({ db, readers }: ChatDeps, reader: Reader, other: StaffId) {
  const people = await listPeople(db)
  if (other === reader.id || !people.some(({ id }) => id === other))
    throw new Refusal('notFound', `Nobody who chats is ${other}`)
  const key = directKey(reader.id, other)
  const members = [reader.id, other]
  const made = await db.transaction().execute(async (trx) => {
    const room = await insertRoom(trx, { kind: 'direct', title: '', directKey: key, by: reader.id, members })
    if (room)
      await record<ChatEvent>(trx, { type: 'chatRoomOpened', by: reader.id, room, kind: 'direct', members })
    return room
  })
  if (made) tellRoom(readers, { kind: 'direct', members })
  const id = made ?? (await findDirectRoom(db, key))
  if (!id) throw new Refusal('somethingWentWrong', 'A room between two was made and is not there')
  return { id }
}

async function openRoom(
  { db, readers }: ChatDeps,
  reader: Reader,
  wanted: Extract<OpenRoom, { title: string }>,
) {
  if (!may(reader.role, 'openChatRooms')) throw new Refusal('notAllowed', `${reader.role} opens no rooms`)
  const people = await listPeople(db)
  const named = people.filter(({ id }) => wanted.members.includes(id)).map(({ id }) => id)
  const kind = wanted.members.length === 0 ? 'open' : 'closed'
  const members = kind === 'open' ? [] : [...new Set([reader.id, ...named])]
  const title = asPlainText(wanted.title, TITLE_MAX_CHARACTERS).text.trim()
  // Without one it would be taken for the room of everybody.
  if (title === '') throw new Refusal('badInput', 'title: nothing of it can be seen')
  const id = await db.transaction().execute(async (trx) => {
    const room = await insertRoom(trx, { kind, title, directKey: null, by: reader.id, members })
    if (!room) throw new Refusal('somethingWentWrong', 'The room was not made')
    await record<ChatEvent>(trx, { type: 'chatRoomOpened', by: reader.id, room, kind, members })
    return room
  })
  tellRoom(readers, { kind, members })
  return { id }
}

function tellRoom(readers: LiveReaders, room: Parameters<typeof maySeeRoom>[1]): void {
  readers.tell((one) => (maySeeRoom(one, room) ? { type: 'chatRoomsChanged' } : undefined))
}
