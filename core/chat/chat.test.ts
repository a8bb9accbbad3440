import { expect, test } from 'vitest'
import type { StaffId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { ROLES } from '#core/staff/permissions.ts'
import { maskPersonalData } from './mask.ts'
import { mentionsIn, piecesOf } from './mentions.ts'
import { directKey, maySeeCall, maySeeRoom, type Reader, ROOM_KINDS, textFor } from './rooms.ts'

const id = (name: string) => name as StaffId
const agent: Reader = { id: id('agent'), role: 'agent' }
const supervisor: Reader = { id: id('supervisor'), role: 'supervisor' }

test('agents, supervisors and officers chat, and nobody else', () => {
  const open = { kind: 'open', members: [] } as const
  expect(ROLES.filter((role) => maySeeRoom({ id: agent.id, role }, open))).toEqual([
    'agent',
    'supervisor',
    'officer',
  ])
})

test.each(ROOM_KINDS)(
  'a room that is %s is seen by its members, and by others only if it is open',
  (kind) => {
    expect(maySeeRoom(agent, { kind, members: [agent.id] })).toBe(true)
    expect(maySeeRoom(agent, { kind, members: [supervisor.id] })).toBe(kind === 'open')
    expect(maySeeRoom({ ...agent, role: 'administrator' }, { kind, members: [agent.id] })).toBe(false)
  },
)

test('a call in a message is seen by whoever may see the call', () => {
  expect(maySeeCall(supervisor, [])).toBe(true)
  expect(maySeeCall(agent, [agent.id])).toBe(true)
  expect(maySeeCall(agent, [id('another')])).toBe(false)
})

test.each([
  ['+998 90 123-45-67', '+••• •• •••-••-67'],
  ['call 901234567 now', 'call •••••••67 now'],
  ['(90) 123 45 67', '(••) ••• •• 67'],
  ['PINFL 31234567890123', 'PINFL ••••••••••••23'],
  ['AA1234567', '•••••••67'],
  ['AB 1234567', '•• •••••67'],
  ['карта 8600 1234 5678 9012', 'карта •••• •••• •••• ••12'],
  ['٩٩٨٩٠١٢٣٤٥٦٧', '••••••••••٦٧'],
  ['+998 90.123.45.67', '+••• ••.•••.••.67'],
  ['AA 123 45 67', '•• ••• •• 67'],
  ['AA № 1234567 berilgan', '•• № •••••67 berilgan'],
  ['write to olim.qodirov@mail.uz', 'write to •••@mail.uz'],
])('„%s" is covered', (text, covered) => {
  expect(maskPersonalData(text)).toBe(covered)
})

test.each([
  'until 31.08.2026, 18:00',
  'on 31.08.2026 18.00 and 01.09.2026 9:30',
  'до 1 500 000 сум, va 2 000 000 soʻm',
  'appeal A-2026-000123',
  'topic 01.02.03, code 1195',
  '340 000 soʻm',
  '<script>alert(1)</script> =1+1 🙂 שלום',
])('„%s" is left as it is', (text) => {
  expect(maskPersonalData(text)).toBe(text)
})

test('whatever stands around a number, five of its digits are never read in a row, and covering twice changes nothing', () => {
  const seed = 20_261_125
  const random = seededRandom(seed)
  const pick = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T
  for (let round = 0; round < 2_000; round++) {
    const number = Array.from(
      { length: 9 + Math.floor(random() * 8) },
      () => `${Math.floor(random() * 10)}${pick(['', '', ' ', '-', ' - ', '(', ') '])}`,
    ).join('')
    const text = `${pick(['', 'tel ', '№', 'x:', '+', '🙂'])}${number}${pick(['', '.', ' raqam', 'ga'])}`
    const covered = maskPersonalData(text)
    expect(covered.replace(/\P{Nd}/gu, '').length, `seed ${seed}: ${text}`).toBeLessThanOrEqual(2)
    expect(maskPersonalData(covered)).toBe(covered)
  }
})

test('an agent reads a colleague’s numbers covered, his own as he wrote them, a supervisor all', () => {
  const message = { author: id('another'), text: 'Ring 901234567' }
  expect(textFor(agent, message)).toBe('Ring •••••••67')
  expect(textFor(supervisor, message)).toBe(message.text)
  expect(textFor(agent, { ...message, author: agent.id })).toBe(message.text)
})

const people = [
  { id: id('1'), name: 'Ali Vali' },
  { id: id('2'), name: 'Ali Valiyev' },
  { id: id('3'), name: 'Oʻgʻiloy Gʻaniyeva' },
  { id: id('4'), name: 'Ali Vali' },
]

test('people are called by their whole names, the longest that fits; two of one name are both meant', () => {
  expect(mentionsIn('@Ali Valiyev, see this', people)).toEqual(['2'])
  expect(mentionsIn('@Ali Vali and @Oʻgʻiloy Gʻaniyeva!', people)).toEqual(['1', '4', '3'])
  expect(mentionsIn('Ali Vali, @Nobody, a@Ali', people)).toEqual([])
  expect(mentionsIn('@Ali Valiyeva', people)).toEqual([])
})

test('the pieces of a text make up the text', () => {
  const text = 'Look @Ali Vali: @ <b>@</b> @Oʻgʻiloy Gʻaniyeva 🙂@'
  expect(
    piecesOf(text, people)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})

test('two people have one room, whoever begins', () => {
  expect(directKey(id('a'), id('b'))).toBe(directKey(id('b'), id('a')))
})
