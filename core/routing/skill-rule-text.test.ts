import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SkillId } from '#core/lib/ids.ts'
import {
  readSkillRules,
  RULE_EXPECTATIONS,
  RULE_TEXT_CODES,
  RULE_TEXT_MAX_CHARACTERS,
  RULE_WORDS,
  writeSkillRules,
} from './skill-rule-text.ts'
import { CALLERS_LANGUAGE, SPEAKS_THE_LANGUAGE, type SkillNeed, type SkillRules } from './skill-rules.ts'

const need = (skill: string, atLeast: number): SkillNeed => ({ skill: skill as SkillId, atLeast })
const RELAXING: SkillRules = [
  { fromSeconds: 0, needs: [need('ru', 80), need('appeals', 40)] },
  { fromSeconds: 60, needs: [need('ru', 40)] },
  { fromSeconds: 120, needs: [] },
]

test.each([
  ['on one line', 'wait < 60 s: ru >= 80, appeals >= 40; then ru >= 40; then any'],
  ['one step a line', 'wait < 60 s: ru >= 80, appeals >= 40\nthen ru >= 40\nthen any'],
  ['with another sign', 'wait < 60 s: ru ≥ 80, appeals ≥ 40; then ru ≥ 40; then any'],
  ['in minutes', 'wait < 1 min: ru >= 80, appeals >= 40; then wait < 2 min: ru >= 40; then any'],
  ['without blanks, with empty lines', '\nwait<60s:ru>=80,appeals>=40;\r\n\r\nthen ru>=40;;any;\n'],
])('rules that relax are read %s', (_how, text) => {
  expect(readSkillRules(text)).toMatchObject({ rules: RELAXING })
})

test('a step that names no time lasts as long as the one before it', () => {
  const text = 'wait < 30 s: a >= 9; then a >= 8; then wait < 90 s: a >= 7; then a >= 6; then any'
  const read = readSkillRules(text)
  expect('rules' in read && read.rules.map(({ fromSeconds }) => fromSeconds)).toEqual([0, 30, 60, 90, 120])
})

test('each step is remembered with its line', () => {
  const read = readSkillRules('\nwait < 60 s: ru >= 80; then ru >= 40\n\nthen any')
  expect('lines' in read && read.lines).toEqual([2, 2, 4])
})

test('a single step holds for good', () => {
  expect(readSkillRules('any')).toMatchObject({ rules: [{ fromSeconds: 0, needs: [] }] })
  expect(readSkillRules('language >= 1')).toMatchObject({ rules: SPEAKS_THE_LANGUAGE })
})

test('rules are written one step a line, and times only where they are not as before', () => {
  expect(writeSkillRules(RELAXING)).toBe('wait < 60 s: ru >= 80, appeals >= 40\nthen ru >= 40\nthen any')
  const [first, second, third] = RELAXING.map(({ needs }) => ({ needs }))
  const uneven = [
    { ...first, fromSeconds: 0 },
    { ...second, fromSeconds: 45 },
    { ...third, fromSeconds: 300 },
  ] as SkillRules
  expect(writeSkillRules(uneven)).toBe(
    'wait < 45 s: ru >= 80, appeals >= 40\nthen wait < 5 min: ru >= 40\nthen any',
  )
})

// One text with one mistake per line.
const mistakes: [says: string, text: string][] = [
  ['Line 1, column 1: nothing is written; „any" asks everybody.', ' \n ; '],
  ['Line 1, column 1: „then" has no step before it.', 'then any'],
  ['Line 1, column 1: say how long the first step holds, e.g. „wait < 60 s: …".', 'ru >= 80; then any'],
  [
    'Line 2, column 13: the last step holds for good and has no time; say what is needed after it, e.g. „then any".',
    'wait < 60 s: ru >= 80\nthen wait < 90 s: ru >= 40',
  ],
  [
    'Line 2, column 13: this step ends before it has begun; times are counted from the beginning of the wait.',
    'wait < 60 s: ru >= 80\nthen wait < 60 s: ru >= 40\nthen any',
  ],
  ['Line 1, column 1: more than 2000 characters.', 'any'.padEnd(RULE_TEXT_MAX_CHARACTERS + 1)],
  ['Line 1, column 1: expected a skill, „language" or „any", but „80" was found.', '80 <= ru'],
  [
    'Line 1, column 14: expected a skill, „language" or „any", but the step ended.',
    'wait < 60 s: ; then any',
  ],
  ['Line 1, column 10: expected a skill or „language", but „any" was found.', 'ru >= 1, any'],
  ['Line 1, column 10: expected a skill or „language", but „then" was found.', 'ru >= 1, then any'],
  ['Line 1, column 4: expected „>=", but „>" was found.', 'ru > 80'],
  ['Line 1, column 3: expected „>=", but the step ended.', 'ru'],
  ['Line 1, column 7: expected a level, a whole number, but „high" was found.', 'ru >= high'],
  ['Line 1, column 7: expected a level, a whole number, but „-" was found.', 'ru >= -5'],
  ['Line 1, column 7: expected a level, a whole number, but „8000000" was found.', 'ru >= 8000000'],
  ['Line 1, column 6: expected „<", but „60" was found.', 'wait 60 s: ru >= 80; then any'],
  ['Line 1, column 8: expected a time, e.g. „60 s", but „long" was found.', 'wait < long: any; then any'],
  ['Line 1, column 11: expected „s" or „min", but „h" was found.', 'wait < 60 h: any; then any'],
  ['Line 1, column 10: expected „s" or „min", but „:" was found.', 'wait < 60: any; then any'],
  ['Line 1, column 13: expected „:", but „ru" was found.', 'wait < 60 s ru >= 80; then any'],
  ['Line 1, column 9: expected „," or the end of the step, but „uz" was found.', 'ru >= 80uz >= 80'],
  ['Line 1, column 9: expected „," or the end of the step, but „." was found.', 'ru >= 80.5'],
  ['Line 1, column 5: expected „," or the end of the step, but „ru" was found.', 'any ru >= 80'],
  ['Line 1, column 9: expected „>=", but „😀" was found.', 'русский 😀'],
]

test.each(mistakes)('%s', (says, text) => {
  const read = readSkillRules(text)
  expect('errors' in read && read.errors.map(({ message }) => message)).toEqual([says])
})

test('every kind of mistake has a text that shows it', () => {
  const errors = mistakes.flatMap(([, text]) => {
    const read = readSkillRules(text)
    return 'errors' in read ? read.errors : []
  })
  expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual([...RULE_TEXT_CODES].sort())
  const expected = errors.flatMap((error) => error.expected ?? [])
  expect([...new Set(expected)].sort()).toEqual([...RULE_EXPECTATIONS].sort())
})

test('the mistakes of all steps are told at once', () => {
  const read = readSkillRules('wait < 60: ru >= 80\nthen ru => 40\nthen all')
  expect('errors' in read && read.errors.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '1:10',
    '2:9',
    '3:9',
  ])
})

const skills = fc
  .stringMatching(/^[a-z][a-zA-Z0-9]{0,31}$/)
  .filter((word) => !RULE_WORDS.includes(word) || word === CALLERS_LANGUAGE)
const needs = fc.array(
  fc
    .record({ skill: skills, atLeast: fc.nat({ max: 1_000 }) })
    .map(({ skill, atLeast }) => need(skill, atLeast)),
  { maxLength: 4 },
)
const rules = fc
  .tuple(
    needs,
    fc.array(fc.tuple(fc.oneof(fc.constant(60), fc.integer({ min: 1, max: 10_000 })), needs), {
      maxLength: 8,
    }),
  )
  .map(([first, later]) => {
    let fromSeconds = 0
    const steps = later.map(([lasts, needs]) => ({ fromSeconds: (fromSeconds += lasts), needs }))
    return [{ fromSeconds: 0, needs: first }, ...steps] as SkillRules
  })

test('what has been written is read as the same rules', () => {
  fc.assert(
    fc.property(rules, fc.boolean(), (made, onOneLine) => {
      const text = writeSkillRules(made)
      expect(readSkillRules(onOneLine ? text.replaceAll('\n', '; ') : text)).toMatchObject({ rules: made })
    }),
  )
})

test('any text is read or refused with a place that is in it', () => {
  const parts = fc.constantFrom(
    'wait',
    '<',
    '60',
    's',
    'min',
    ':',
    'ru',
    '>=',
    ',',
    ';',
    '\n',
    'then',
    'any',
    '≥',
    '§',
  )
  const texts = fc.oneof(
    fc.array(parts).map((words) => words.join(' ')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const read = readSkillRules(text)
      const lines = text.split(/\r\n|\r|\n/)
      for (const { line, column } of 'errors' in read ? read.errors : []) {
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
      }
    }),
  )
})
