import { expect, test } from 'vitest'
import { flowChanges, isSameFlow } from './flow-changes.ts'
import { aSmallFlow } from './small-flow.ts'

const told = (changes: ReturnType<typeof flowChanges>) =>
  changes.map(
    ({ node, is, fields }) => `${is} ${node ?? 'flow'}: ${fields.map(({ field }) => field).join(' ')}`,
  )

test('nothing is different in a flow that went through the database', () => {
  expect(isSameFlow(aSmallFlow(), JSON.parse(JSON.stringify(aSmallFlow())))).toBe(true)
})

test('what was added, taken away and changed is told by node and field', () => {
  const before = aSmallFlow()
  const after = aSmallFlow(
    {
      greeting: { kind: 'announce', texts: { uz: 'yangi', ru: 'greeting (ru)' }, next: 'answer' },
      extra: { kind: 'takeMessage', texts: { uz: 'a', ru: 'b' } },
    },
    { operator: 'results' },
  )
  const { farewell: _, ...nodes } = after.nodes
  expect(told(flowChanges(before, { ...after, nodes }))).toEqual([
    'changed flow: operator',
    'changed greeting: texts.uz mustBeHeard',
    'removed farewell: kind texts.uz texts.ru',
    'added extra: kind texts.uz texts.ru',
  ])
})

test('a change has what was there before and what is there now', () => {
  const changed = aSmallFlow({
    farewell: { kind: 'hangUp', texts: { uz: '<b>Xayr</b>', ru: 'farewell (ru)' } },
  })
  expect(flowChanges(aSmallFlow(), changed)[0]?.fields).toEqual([
    { field: 'texts.uz', before: 'farewell (uz)', after: '<b>Xayr</b>' },
  ])
})
