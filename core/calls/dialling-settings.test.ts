import { expect, test } from 'vitest'
import type { AgentId } from '#core/lib/ids.ts'
import {
  checkDialling,
  DEFAULT_DIALLING_SETTINGS,
  type DiallingSettings,
  mayCallOutside,
} from './dialling-settings.ts'

const lola = 'lola' as AgentId
const told = (part: Partial<DiallingSettings>) =>
  checkDialling({ ...DEFAULT_DIALLING_SETTINGS, ...part }, (agent) => agent === lola).map(
    ({ row, code, params }) => [row, code, params.line ?? params.value ?? params.count].join(' '),
  )

test('what holds at first is in order: every agent calls outside', () => {
  expect(told({})).toEqual([])
  expect(mayCallOutside(DEFAULT_DIALLING_SETTINGS, lola)).toBe(true)
})

test('where some are named nobody else calls outside, and where nobody is nobody does', () => {
  const named = { ...DEFAULT_DIALLING_SETTINGS, callers: [lola] }
  expect(mayCallOutside(named, lola)).toBe(true)
  expect(mayCallOutside(named, 'aziz' as AgentId)).toBe(false)
  expect(mayCallOutside({ ...named, callers: [] }, lola)).toBe(false)
})

test.each([
  ['a number without its country', { allowed: ['+998', '9989012'], denied: [] }, ['allowed badBeginning 2']],
  ['words', { allowed: ['hammasi'], denied: [] }, ['allowed badBeginning 1']],
  ['a plus alone', { allowed: ['+'], denied: [] }, ['allowed badBeginning 1']],
  ['a short number that is denied', { allowed: [], denied: ['102'] }, ['denied badBeginning 1']],
  ['a line twice', { allowed: ['+7', '1102', '+7'], denied: [] }, ['allowed taken +7']],
  ['a line in both', { allowed: ['+7'], denied: ['+900', '+7'] }, ['denied allowedToo 2']],
  [
    'more than is read',
    { allowed: Array.from({ length: 201 }, (_, n) => `+${n + 1}`), denied: [] },
    ['allowed tooMany 201'],
  ],
  ['somebody who is no agent', { callers: [lola, 'nobody' as AgentId] }, ['callers unknown nobody']],
])('%s is told with its line', (_what, part, problems) => {
  expect(told(part)).toEqual(problems)
})
