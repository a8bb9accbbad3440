import { expect, test } from 'vitest'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import { checkDeactivation, checkPerson, type PeopleTogether, type PersonForm } from './check-person.ts'

const [umida, dilnoza] = ['umida', 'dilnoza'] as StaffId[] as [StaffId, StaffId]
const together: PeopleTogether = {
  people: [
    { id: umida, login: 'umida', role: 'administrator', isActive: true },
    { id: dilnoza, login: 'dilnoza', role: 'agent', isActive: true },
  ],
  queues: ['general' as QueueId],
}
const agent: PersonForm = {
  login: 'rustam',
  name: 'Rustam Yoʻldoshev',
  role: 'agent',
  languages: ['uz'],
  queues: ['general' as QueueId],
  pinfl: null,
}
const found = (change: Partial<PersonForm>, id?: StaffId) =>
  checkPerson({ ...agent, ...change }, together, id).map(({ field, code }) => `${field} ${code}`)

test.each<[what: string, change: Partial<PersonForm>, problems: string[]]>([
  ['somebody new', {}, []],
  ['a name with tags, which is text', { name: '<b>Rustam</b>' }, []],
  ['a login in capitals', { login: 'Rustam' }, ['login badLogin']],
  ['a login of one letter', { login: 'r' }, ['login badLogin']],
  ['a login that somebody has', { login: 'dilnoza' }, ['login taken']],
  ['a PINFL', { pinfl: '31210632040244' }, []],
  ['a PINFL with a digit mistyped', { pinfl: '31210632040245' }, ['pinfl badPinfl']],
  ['nobody’s name', { name: ' ' }, ['name required']],
  ['a name of a hundred and one letters', { name: 'a'.repeat(101) }, ['name tooLong']],
  ['an agent who speaks nothing', { languages: [] }, ['languages noLanguage']],
  ['a supervisor who serves a queue', { role: 'supervisor' }, ['queues queuesWithoutCalls']],
  ['a queue there is not', { queues: ['gone' as QueueId] }, ['queues unknown']],
])('%s', (_what, change, problems) => {
  expect(found(change)).toEqual(problems)
})

test('a person keeps his own login', () => {
  expect(found({ login: 'dilnoza' }, dilnoza)).toEqual([])
})

test('the last who may change people stays so, and is not deactivated; nobody deactivates himself', () => {
  expect(found({ login: 'umida', role: 'supervisor', queues: [] }, umida)).toEqual(['role lastAdministrator'])
  const codes = (id: StaffId, by: StaffId, people = together.people) =>
    checkDeactivation({ people }, { id, by }).map(({ code }) => code)
  expect(codes(umida, dilnoza)).toEqual(['lastAdministrator'])
  expect(codes(umida, umida)).toEqual(['yourself'])
  expect(codes(dilnoza, umida)).toEqual([])
  const second = { id: 'second' as StaffId, login: 'second', role: 'administrator' as const, isActive: true }
  expect(codes(umida, second.id, [...together.people, second])).toEqual([])
  expect(codes(umida, second.id, [...together.people, { ...second, isActive: false }])).toEqual([
    'lastAdministrator',
  ])
})
