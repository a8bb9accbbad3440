import { expect, test } from 'vitest'
import { TOPIC_KINDS } from '#core/knowledge/classifier.ts'
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
  expect([...kinds].filter((kind) => kind !== null).sort()).toEqual([...TOPIC_KINDS].sort())
})

test('names of topics come from memory, and a topic that is none is found out', () => {
  expect(knowledge.topicNames('01.01')).toEqual({ uz: 'Roʻyxatdan oʻtish', ru: 'Регистрация' })
  expect(knowledge.topicNames('99')).toBeNull()
  expect(knowledge.unknownTopics(['01', '99', '01.01.01'])).toEqual(['99'])
})
