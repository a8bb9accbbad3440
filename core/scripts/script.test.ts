import { expect, test } from 'vitest'
import type { SettingProblemCode } from '#core/lib/setting-problems.ts'
import { checkScript, waysOn } from './check-script.ts'
import { DEMO_SCRIPT } from './demo-script.ts'
import { fillIn } from './fill-in.ts'
import type { DoneStep, Script, ScriptStep } from './script.ts'
import {
  asidesOf,
  outcomeAfter,
  outcomeOf,
  stepNow,
  stepsDone,
  ticked,
  unticked,
  wayThrough,
} from './script-way.ts'

const text = (words: string) => ({ uz: words, ru: words })
const step = (id: string, next: string | null, more: Partial<ScriptStep> = {}): ScriptStep => ({
  id,
  title: text(id),
  say: [text('Say it.')],
  next,
  ...more,
})
const script = (steps: ScriptStep[], more: Partial<Script> = {}): Script => ({
  names: text('A script'),
  start: 'a',
  steps,
  asides: [],
  rules: [],
  ...more,
})
const branch = (id: string, to: string) => ({ id, label: text(id), to })

test('the demo script has nothing wrong with it', () => {
  expect(checkScript(DEMO_SCRIPT)).toEqual([])
})

test.each<[SettingProblemCode, string, Script]>([
  ['unknown', 'a step that leads nowhere', script([step('a', 'b')])],
  ['unknown', 'a start that does not exist', script([step('b', null)])],
  ['unknown', 'a branch that leads nowhere', script([step('a', null, { branches: [branch('x', 'b')] })])],
  ['deadEnd', 'a turn without a branch', script([step('a', null, { branches: [] })])],
  [
    'deadEnd',
    'a turn with a step behind it',
    script([step('a', 'b', { branches: [branch('x', 'b')] }), step('b', null)]),
  ],
  ['goesInCircle', 'a way that comes back', script([step('a', 'b'), step('b', 'a')])],
  [
    'goesInCircle',
    'one branch of two that comes back',
    script([
      step('a', 'b'),
      step('b', null, { branches: [branch('x', 'a'), branch('y', 'c')] }),
      step('c', null),
    ]),
  ],
  ['unreachable', 'a step nobody comes to', script([step('a', null), step('b', null)])],
  ['taken', 'two steps of one name', script([step('a', null)], { asides: [step('a', null)] })],
  ['required', 'a language left out', script([step('a', null, { say: [{ uz: 'Salom', ru: ' ' }] })])],
  ['tooLong', 'a speech', script([step('a', null, { say: [text('x'.repeat(401))] })])],
  ['unknownValue', 'a value nobody fills in', script([step('a', null, { say: [text('Dear {passport}')] })])],
  [
    'tooMany',
    'more branches than keys',
    script([
      step('a', null, { branches: ['v', 'w', 'x', 'y', 'z'].map((id) => branch(id, 'b')) }),
      step('b', null),
    ]),
  ],
])('%s: %s is found', (code, _what, wrong) => {
  expect(checkScript(wrong).map((problem) => problem.code)).toContain(code)
})

test('every way through the demo script comes to its end', () => {
  const steps = new Map(DEMO_SCRIPT.steps.map((one) => [one.id, one]))
  const endsFrom = (id: string): string[] => {
    const to = waysOn(steps.get(id) as ScriptStep)
    return to.length === 0 ? [id] : to.flatMap(endsFrom)
  }
  expect(new Set(endsFrom(DEMO_SCRIPT.start))).toEqual(new Set(['closing']))
})

const walked = (...steps: [string, string?][]) =>
  steps.reduce<readonly DoneStep[]>(
    (done, [id, turn]) => ticked(DEMO_SCRIPT, done, { step: id, ...(turn && { branch: turn }) }),
    [],
  )
const ids = (done: readonly DoneStep[]) => wayThrough(DEMO_SCRIPT, done).map((one) => one.step.id)

test('the way is known up to where the talk turns, and goes on from there', () => {
  expect(ids([])).toEqual(['greeting', 'name', 'clarification'])
  expect(ids(walked(['clarification', 'question']))).toEqual(['greeting', 'name', 'clarification', 'answer'])
  expect(ids(walked(['clarification', 'appeal']))).toEqual([
    'greeting',
    'name',
    'clarification',
    'details',
    'registration',
    'closing',
  ])
})

test('the step to be done is the first that is not ticked, in whichever order they were ticked', () => {
  expect(stepNow(DEMO_SCRIPT, [])?.id).toBe('greeting')
  expect(stepNow(DEMO_SCRIPT, walked(['name'], ['greeting']))?.id).toBe('clarification')
  const all = walked(
    ['greeting'],
    ['name'],
    ['clarification', 'question'],
    ['answer', 'resolved'],
    ['closing'],
  )
  expect(stepNow(DEMO_SCRIPT, all)).toBeUndefined()
})

test('a turn is not ticked without saying where to, and nothing is that does not exist', () => {
  expect(walked(['clarification'])).toEqual([])
  expect(walked(['clarification', 'elsewhere'])).toEqual([])
  expect(walked(['nothing'])).toEqual([])
})

test('a talk that turns another way leaves behind what was ticked on the first', () => {
  const first = walked(['clarification', 'appeal'], ['details'], ['conflict'])
  const then = ticked(DEMO_SCRIPT, first, { step: 'clarification', branch: 'question' })
  expect(
    stepsDone(DEMO_SCRIPT, then)
      .map((one) => one.step)
      .sort(),
  ).toEqual(['clarification', 'conflict'])
  expect(asidesOf(DEMO_SCRIPT, then).map(({ step: { id }, isDone }) => [id, isDone])).toEqual([
    ['conflict', true],
    ['emergency', false],
  ])
  expect(ids(unticked(then, 'clarification'))).toEqual(ids([]))
})

test('the outcome follows the turn of the talk, until the agent says otherwise', () => {
  const before = walked(['clarification', 'question'])
  const resolved = ticked(DEMO_SCRIPT, before, { step: 'answer', branch: 'resolved' })
  const passedOn = ticked(DEMO_SCRIPT, resolved, { step: 'answer', branch: 'specialist' })
  expect(outcomeOf(DEMO_SCRIPT, before)).toBeUndefined()
  expect(outcomeAfter(DEMO_SCRIPT, null, { before, after: resolved })).toBe('resolved')
  expect(outcomeAfter(DEMO_SCRIPT, 'resolved', { before: resolved, after: passedOn })).toBe('unresolved')
  expect(outcomeAfter(DEMO_SCRIPT, 'disputed', { before: resolved, after: passedOn })).toBe('disputed')
  expect(outcomeAfter(DEMO_SCRIPT, 'explained', { before, after: before })).toBe('explained')
  expect(outcomeAfter(DEMO_SCRIPT, 'resolved', { before: resolved, after: before })).toBeNull()
})

test('a sentence says what is known, and leaves out or marks what is not', () => {
  expect(fillIn('[{citizen}, ]is it so?', {})).toBe('Is it so?')
  expect(fillIn('[{citizen}, ]is it so?', { citizen: 'Olim aka' })).toBe('Olim aka, is it so?')
  expect(fillIn('Number {appeal}, by {due}.', { appeal: 'A-1' })).toBe('Number A-1, by ….')
  expect(fillIn('I am {agent}.', { agent: '{due} [<b>]' })).toBe('I am {due} [<b>].')
})

test('what is wrong is told at the line and in the language where it stands', () => {
  const wrong = script([
    step('a', null, {
      say: [text('Good.'), { uz: 'Salom {ism}', ru: '' }],
      branches: [branch('x', 'b'), { ...branch('y', 'gone'), label: { uz: 'ha', ru: '' } }],
    }),
    step('b', null),
  ])
  expect(checkScript(wrong).map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
    'a say2.uz unknownValue',
    'a say2.ru required',
    'a branch2.ru required',
    'a branch2 unknown',
  ])
})

test('a tick carries the moment it was made, and one of earlier times none', () => {
  const done = ticked(DEMO_SCRIPT, [{ step: 'greeting', branch: null }], { step: 'name', at: 1_000 })
  expect(wayThrough(DEMO_SCRIPT, done).map(({ isDone, at }) => [isDone, at])).toEqual([
    [true, undefined],
    [true, 1_000],
    [false, undefined],
  ])
})
