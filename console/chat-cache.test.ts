import { expect, test } from 'vitest'
import type { ChatMessage, ChatRoom } from '#contract/chat.ts'
import { withMessage, withRead, withRoomMessage } from './chat-cache.ts'

const message = (id: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  room: 'a',
  at: id * 1000,
  author: { id: 'malika', name: 'Malika' },
  text: `No. ${id}`,
  isMasked: false,
  mentions: [],
  call: null,
  appeal: null,
  isAboutHidden: false,
  ...more,
})
const room = (id: string, more: Partial<ChatRoom> = {}): ChatRoom => ({
  id,
  kind: 'open',
  title: id,
  members: [],
  unread: 0,
  isMentioned: false,
  readUpTo: 0,
  last: null,
  ...more,
})

test('a message goes where it belongs, once, also when another overtook it', () => {
  const pages = [[message(3), message(5)], [message(1)]]
  expect(withMessage(pages, message(4))[0]?.map(({ id }) => id)).toEqual([3, 4, 5])
  expect(withMessage(pages, message(5))).toEqual(pages)
  expect(withMessage(pages, message(1))).toEqual(pages)
})

test('another’s message is unread and brings its room to the front; my own is neither unread nor a mention', () => {
  const rooms = [room('b'), room('a')]
  const after = withRoomMessage(rooms, message(7, { mentions: ['me'] }), 'me')
  expect(after?.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(after?.[0]).toMatchObject({ unread: 1, isMentioned: true, last: { id: 7, text: 'No. 7' } })
  const own = withRoomMessage(rooms, message(7, { author: { id: 'me', name: 'I' }, mentions: ['me'] }), 'me')
  expect(own?.[0]).toMatchObject({ unread: 0, isMentioned: false })
})

test('a message that is told twice is counted once, and one of an unknown room is not counted at all', () => {
  const once = withRoomMessage([room('a')], message(7), 'me')
  expect(withRoomMessage(once ?? [], message(7), 'me')?.[0]?.unread).toBe(1)
  expect(withRoomMessage([room('b')], message(7), 'me')).toBeUndefined()
})

test('what was read in another window is read here, but for what came after it', () => {
  const last = { id: 7, at: 7_000, authorName: 'Malika', text: 'No. 7' }
  const rooms = [room('a', { unread: 2, isMentioned: true, last })]
  expect(withRead(rooms, 'a', 7)[0]).toMatchObject({ unread: 0, isMentioned: false, readUpTo: 7 })
  expect(withRead(rooms, 'a', 6)).toEqual(rooms)
})
