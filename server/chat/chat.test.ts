/** The team's chat with a real PostgreSQL: who reads what, what is unread, what is told live. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { LiveMessage } from '#contract/live.ts'
import type { Reader } from '#core/chat/rooms.ts'
import type { CallId, ChatRoomId, StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { chatService } from './service.ts'

const { db } = await testDatabase()
const CALL = randomUUID() as CallId
const NUMBER = '+998 90 123 45 67'

let now = Date.now()
let told: { to: StaffId; message: LiveMessage }[] = []
let readers: Reader[] = []
let [dilnoza, rustam, malika, bobur, aziz]: Reader[] = []
let everybody: ChatRoomId

const chat = chatService({
  db,
  now: () => now,
  readers: {
    tell: (messageFor) => {
      for (const reader of readers) {
        const message = messageFor(reader)
        if (message) told.push({ to: reader.id, message })
      }
    },
  },
  agentsOfCall: async (call) => (call === CALL && dilnoza ? [dilnoza.id] : undefined),
})

async function add(name: string, role: Role): Promise<Reader> {
  const row = { login: name.toLowerCase().replace(' ', '.'), name, role, languages: ['uz' as const] }
  const made = await db
    .insertInto('staff_members')
    .values({ ...row, password_hash: '-', created_at: new Date(now - 3_600_000) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: made.id, role }
}

beforeAll(async () => {
  dilnoza = await add('Dilnoza Karimova', 'agent')
  rustam = await add('Rustam Aliyev', 'agent')
  malika = await add('Malika Yusupova', 'supervisor')
  bobur = await add('Bobur Toshmatov', 'officer')
  aziz = await add('Aziz Nazarov', 'administrator')
  readers = [dilnoza, rustam, malika, bobur, aziz]
  everybody = (await chat.rooms(dilnoza))[0]?.id as ChatRoomId
})
beforeEach(() => {
  told = []
  // Each test has its minute.
  now += 61_000
})

const say = (author: Reader, text: string, more: { room?: ChatRoomId; call?: CallId; key?: string } = {}) =>
  chat.send(author, more.room ?? everybody, {
    requestKey: more.key ?? randomUUID(),
    text,
    call: more.call ?? null,
    appeal: null,
  })
const at = (reader: Reader, room = everybody) =>
  chat.rooms(reader).then((rooms) => rooms.find(({ id }) => id === room))
const person = (reader: Reader | undefined) => reader as Reader

test('there is a room of everybody from the beginning, for those who chat', async () => {
  expect(await at(person(malika))).toMatchObject({ kind: 'open', title: '', unread: 0, last: null })
  expect(await chat.rooms(person(aziz))).toEqual([])
  expect((await chat.people()).map(({ name }) => name)).toEqual([
    'Bobur Toshmatov',
    'Dilnoza Karimova',
    'Malika Yusupova',
    'Rustam Aliyev',
  ])
})

test('a number in a message is covered for an agent, and readable to a supervisor and to its author', async () => {
  await say(person(dilnoza), `Please ring ${NUMBER}`)
  const read = async (reader: Reader | undefined) => (await chat.messages(person(reader), everybody)).at(-1)
  expect(await read(rustam)).toMatchObject({ text: 'Please ring +••• •• ••• •• 67', isMasked: true })
  expect(await read(malika)).toMatchObject({ text: `Please ring ${NUMBER}`, isMasked: false })
  expect(await read(dilnoza)).toMatchObject({ text: `Please ring ${NUMBER}` })
  // Nothing of it goes to a browser whose reader may not read it: not in the list, not live.
  expect((await at(person(rustam)))?.last?.text).not.toContain('123')
  const live = told.filter(({ to }) => to === rustam?.id)
  expect(live).toHaveLength(1)
  expect(JSON.stringify(live)).not.toContain('123 45')
  expect(told.some(({ to }) => to === aziz?.id)).toBe(false)
})

test('a room whose title nobody sees is not opened: it would be taken for the room of everybody (4)', async () => {
  const opening = chat.open(person(malika), { title: '\u202e\u2066', members: [] })
  await expect(opening).rejects.toMatchObject({ code: 'badInput' })
})

test('what is unread is counted until it is read, and never backwards', async () => {
  await chat.read(person(rustam), everybody, 1_000_000)
  expect((await at(person(rustam)))?.unread).toBe(0)
  const first = await say(person(malika), 'One')
  const second = await say(person(malika), 'Two, @Rustam Aliyev')
  expect(await at(person(rustam))).toMatchObject({
    unread: 2,
    isMentioned: true,
    last: { text: 'Two, @Rustam Aliyev' },
  })
  expect((await at(person(malika)))?.unread).not.toBe(2)
  await chat.read(person(rustam), everybody, second.id)
  await chat.read(person(rustam), everybody, first.id)
  expect(await at(person(rustam))).toMatchObject({ unread: 0, isMentioned: false, readUpTo: second.id })
  expect(told.filter(({ message }) => message.type === 'chatRead').map(({ to }) => to)).toEqual([
    rustam?.id,
    rustam?.id,
    rustam?.id,
  ])
})

test('a message that is sent again stands there once and is told once', async () => {
  const key = randomUUID()
  const [one, other] = await Promise.all([
    say(person(bobur), 'Once', { key }),
    say(person(bobur), 'Once', { key }),
  ])
  expect(one.id).toBe(other.id)
  expect(told.filter(({ to }) => to === malika?.id)).toHaveLength(1)
})

test('two people have one room, which nobody else sees', async () => {
  const [mine, his] = await Promise.all([
    chat.open(person(dilnoza), { with: person(malika).id }),
    chat.open(person(malika), { with: person(dilnoza).id }),
  ])
  expect(mine.id).toBe(his.id)
  await say(person(dilnoza), 'Between us', { room: mine.id })
  expect((await at(person(malika), mine.id))?.members.map(({ name }) => name).sort()).toEqual([
    'Dilnoza Karimova',
    'Malika Yusupova',
  ])
  expect(await at(person(rustam), mine.id)).toBeUndefined()
  await expect(chat.messages(person(rustam), mine.id)).rejects.toMatchObject({ code: 'notFound' })
  await expect(say(person(bobur), 'I too', { room: mine.id })).rejects.toMatchObject({ code: 'notFound' })
  expect(new Set(told.map(({ to }) => to))).toEqual(new Set([dilnoza?.id, malika?.id]))
})

test('supervisors open rooms, for all or for some; agents do not', async () => {
  const some = await chat.open(person(malika), { title: 'Night shift', members: [person(rustam).id] })
  const all = await chat.open(person(bobur), { title: 'News', members: [] })
  expect(await at(person(rustam), some.id)).toMatchObject({ kind: 'closed', title: 'Night shift' })
  expect(await at(person(dilnoza), some.id)).toBeUndefined()
  expect(await at(person(dilnoza), all.id)).toMatchObject({ kind: 'open', title: 'News' })
  await expect(chat.open(person(rustam), { title: 'Ours', members: [] })).rejects.toMatchObject({
    code: 'notAllowed',
  })
})

test('a call in a message leads there whoever may see the call, and nobody tells of one he may not see', async () => {
  await say(person(dilnoza), 'This one', { call: CALL })
  const read = async (reader: Reader | undefined) => (await chat.messages(person(reader), everybody)).at(-1)
  expect(await read(malika)).toMatchObject({ call: CALL, isAboutHidden: false })
  expect(await read(rustam)).toMatchObject({ call: null, isAboutHidden: true })
  await expect(say(person(rustam), 'Mine?', { call: CALL })).rejects.toMatchObject({ code: 'notFound' })
})

test('what strangers wrote is kept as text, and nothing at all is not sent', async () => {
  const text = '<img src=x onerror=alert(1)> =HYPERLINK("x") \u202eright to left \ud83d\ude42\nsecond line'
  await say(person(malika), `${text}\0`)
  expect((await chat.messages(person(malika), everybody)).at(-1)?.text).toBe(text)
  await expect(say(person(malika), ' \n ')).rejects.toMatchObject({ code: 'badInput' })
})

test('history is read page by page, and nobody changes it', async () => {
  const room = await chat.open(person(bobur), { title: 'Long', members: [] })
  const sent: number[] = []
  for (let number = 1; number <= 53; number++) {
    sent.push((await say(person(bobur), `No. ${number}`, { room: room.id })).id)
  }
  const last = await chat.messages(person(malika), room.id)
  const first = await chat.messages(person(malika), room.id, last[0]?.id)
  expect([...first, ...last].map(({ id }) => id)).toEqual(sent)
  await expect(sql`update chat_messages set text = ''`.execute(db)).rejects.toThrow('kept')
  await expect(sql`delete from chat_messages`.execute(db)).rejects.toThrow('kept')
})

test('nobody fills the chat faster than anybody writes', async () => {
  for (let count = 0; count < 60; count++) await say(person(dilnoza), `${count}`)
  await expect(say(person(dilnoza), 'One more')).rejects.toMatchObject({ code: 'tooManyAttempts' })
  now += 61_000
  await say(person(dilnoza), 'Later')
})
