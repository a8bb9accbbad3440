import { expect, test } from 'vitest'
import type { TopicNodeIn } from '#contract/classifier.ts'
import type { TopicCode } from '#core/lib/ids.ts'
import { newTopic, withoutTopic } from './classifier-changes.ts'

const node = (code: string): TopicNodeIn => ({
  code: code as TopicCode,
  names: { uz: code, ru: code },
  kind: 'consultation',
  queue: null,
  track: null,
})
const TREE = ['01', '01.01', '01.03', '01.03.01', '02'].map(node)
const codes = (nodes: readonly TopicNodeIn[]) => nodes.map(({ code }) => code)

test.each([
  [null, '03'],
  ['01', '01.04'],
  ['01.03', '01.03.02'],
  ['02', '02.01'],
])('a topic added below %s gets the next code, %s', (parent, code) => {
  expect(newTopic(TREE, parent).code).toBe(code)
})

test('a code that a topic had in an earlier time is not given to another (4)', () => {
  expect(newTopic(TREE, '01', ['01.04', '01.05', '02.09', '03']).code).toBe('01.06')
  expect(newTopic(TREE, null, ['03', '04.01']).code).toBe('04')
})

test('a topic goes with everything below it, and with nothing beside it', () => {
  expect(codes(withoutTopic(TREE, TREE[2] as TopicNodeIn))).toEqual(['01', '01.01', '02'])
  expect(codes(withoutTopic(TREE, TREE[0] as TopicNodeIn))).toEqual(['02'])
})
