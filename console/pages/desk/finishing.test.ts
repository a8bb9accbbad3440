import { expect, test } from 'vitest'
import { type Draft, emptyAppeal } from './draft.ts'
import { whatIsMissing, wrapUpOf } from './finishing.ts'

const aDraft = (change: Partial<Draft> = {}): Draft => ({
  outcome: 'resolved',
  topics: ['01.01'],
  note: ' Explained the deadline. ',
  citizen: null,
  appeal: null,
  registered: [],
  ...change,
})

test('a wrap-up needs an outcome and a topic', () => {
  expect(whatIsMissing(aDraft())).toBeUndefined()
  expect(whatIsMissing(aDraft({ outcome: null }))).toBe('outcome')
  expect(whatIsMissing(aDraft({ topics: [] }))).toBe('topics')
})

test('an appeal that was begun is registered or discarded before the wrap-up is finished', () => {
  expect(whatIsMissing(aDraft({ appeal: emptyAppeal('') }))).toBe('appeal')
})

test('what is sent is what the draft says, the note without stray spaces', () => {
  expect(wrapUpOf(aDraft())).toEqual({
    outcome: 'resolved',
    topics: ['01.01'],
    note: 'Explained the deadline.',
    citizen: null,
  })
  expect(wrapUpOf(aDraft({ outcome: null }))).toBeUndefined()
})
