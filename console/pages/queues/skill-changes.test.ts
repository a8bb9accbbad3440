import { expect, test } from 'vitest'
import type { AgentSkills } from '#contract/queues.ts'
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import { isLevel, levelChanges, withChanges } from './skill-changes.ts'

const [agent, uz, ru] = ['dilnoza' as StaffId, 'uz' as SkillId, 'ru' as SkillId]
const names = { uz: 'Oʻzbek', ru: 'Узбекский' }
const table: AgentSkills = {
  skills: [
    { skill: uz, names },
    { skill: ru, names },
  ],
  agents: [{ agent, name: 'Dilnoza', queues: ['general' as QueueId], levels: { uz: 80 } }],
  courses: [],
}

test.each([
  ['0', true],
  ['100', true],
  ['101', false],
  ['', false],
  ['-1', false],
  ['5.5', false],
  ['high', false],
])('„%s" is a level: %s', (text, is) => {
  expect(isLevel(text)).toBe(is)
})

test('what is no level, or as it was, is no change', () => {
  expect(levelChanges(table, { [agent]: { uz: '80', ru: 'x' } })).toEqual([])
  expect(levelChanges(table, { [agent]: { uz: '0', ru: '40' }, gone: { uz: '1' } })).toEqual([
    { agent, skill: uz, from: 80, to: 0 },
    { agent, skill: ru, from: 0, to: 40 },
  ])
})

test('what is typed is checked as it would be afterwards', () => {
  const changes = levelChanges(table, { [agent]: { ru: '40' } })
  expect(withChanges(table, changes)).toEqual([{ agent, queues: ['general'], skills: { uz: 80, ru: 40 } }])
})
