import { expect, test } from 'vitest'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { testDatabase } from '../database/test-database.ts'
import { addDemoKnowledge, knowledgeService } from './service.ts'

const { db } = await testDatabase()
await db.transaction().execute(addDemoKnowledge)
const knowledge = await knowledgeService(db)

test('the classifier has its three levels, each topic below its parent', () => {
  const topics = knowledge.topics()
  expect([1, 2, 3].map((level) => topics.filter((topic) => topic.level === level).length)).toEqual([
    16, 40, 117,
  ])
  expect(topics.every(({ code, parent }) => parent === null || code.startsWith(`${parent}.`))).toBe(true)
  const kinds = new Set(topics.map(({ defaultKind }) => defaultKind))
  expect([...kinds].filter((kind) => kind !== null).sort()).toEqual([...APPEAL_KINDS].sort())
})

test('names of topics come from memory, and a topic that is none is found out', () => {
  expect(knowledge.topicNames('01.01')).toEqual({ uz: 'Roʻyxatdan oʻtish', ru: 'Регистрация' })
  expect(knowledge.topicNames('99')).toBeNull()
  expect(knowledge.unknownTopics(['01', '99', '01.01.01'])).toEqual(['99'])
})

test.each([
  ["ro'yxatdan", 'an apostrophe from the keyboard'],
  ['roʻyxatdan', 'the right letter'],
  ['royxatdan', 'no apostrophe at all'],
  ['РЎЙХАТДАН', 'Uzbek in Cyrillic'],
  ['зарегистрироваться', 'Russian'],
  ['qachon royxatdan', 'two words of the question'],
])('"%s" finds how to register: %s', (search) => {
  expect(knowledge.faq({ search }).map(({ topic }) => topic)).toContain('01.01.01')
})

test('what asks the words comes before what only answers with them', () => {
  const found = knowledge.faq({ search: 'ruxsatnoma' })
  const asks = found.map(({ questions }) => /ruxsatnoma/i.test(questions.uz))
  expect(asks.indexOf(false) === -1 || asks.lastIndexOf(true) < asks.indexOf(false)).toBe(true)
  expect(found.length).toBeGreaterThan(2)
})

test('a topic shows its own questions and those below it', () => {
  expect(knowledge.faq({}).length).toBe(40)
  const below = knowledge.faq({ topic: '01.01' })
  expect(below.length).toBeGreaterThan(1)
  expect(below.every(({ topic }) => topic.startsWith('01.01'))).toBe(true)
  expect(knowledge.faq({ topic: '01', search: "yo'q bunday narsa" })).toEqual([])
})
