import { expect, test } from 'vitest'
import { NOTE_MAX_CHARACTERS } from '#contract/calls.ts'
import { DEMO_SCRIPT } from '#core/scripts/demo-script.ts'
import { type Draft, emptyAppeal } from './draft.ts'
import { whatIsMissing, wrapUpOf } from './finishing.ts'

const aDraft = (change: Partial<Draft> = {}): Draft => ({
  outcome: 'resolved',
  topics: ['01.01'],
  note: ' Explained the deadline. ',
  citizen: null,
  appeal: null,
  registered: [],
  script: { done: [], name: '', language: null },
  ...change,
})

test('a wrap-up needs an outcome and a topic, and a note that can be kept', () => {
  expect(whatIsMissing(aDraft())).toBeUndefined()
  expect(whatIsMissing(aDraft({ outcome: null }))).toBe('outcome')
  expect(whatIsMissing(aDraft({ topics: [] }))).toBe('topics')
  expect(whatIsMissing(aDraft({ note: 'a'.repeat(NOTE_MAX_CHARACTERS) }))).toBeUndefined()
  expect(whatIsMissing(aDraft({ note: 'a'.repeat(NOTE_MAX_CHARACTERS + 1) }))).toBe('shorterNote')
})

test('an appeal that was begun is registered or discarded before the wrap-up is finished', () => {
  expect(whatIsMissing(aDraft({ appeal: emptyAppeal(aDraft(), null) }))).toBe('appeal')
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

test('what was ticked of the script is sent along, but not what the talk left behind', () => {
  const done = [
    { step: 'greeting', branch: null },
    { step: 'details', branch: null },
    { step: 'clarification', branch: 'question' },
  ]
  const script = { key: 'call', version: 3, body: DEMO_SCRIPT }
  const draft = aDraft({ script: { done, name: 'Olim aka', language: null } })
  expect(wrapUpOf(draft, script)?.script).toEqual({
    key: 'call',
    version: 3,
    done: [
      { step: 'greeting', branch: null },
      { step: 'clarification', branch: 'question' },
    ],
  })
  expect(wrapUpOf(aDraft(), script)).not.toHaveProperty('script')
})

test('an appeal begins with what is known: the note, and the name the citizen gave', () => {
  const draft = aDraft({ script: { done: [], name: 'Olim Qodirov', language: null } })
  expect(emptyAppeal(draft, null)).toMatchObject({ text: draft.note, citizenName: 'Olim Qodirov' })
})
