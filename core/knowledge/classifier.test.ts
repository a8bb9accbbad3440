import { expect, test } from 'vitest'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import {
  checkClassifier,
  classifierChanges,
  inOrder,
  levelOf,
  lineOf,
  parentOf,
  tracksOf,
  type TopicNode,
} from './classifier.ts'

const GENERAL = 'general' as QueueId
const node = (code: string, change: Partial<TopicNode> = {}): TopicNode => ({
  code: code as TopicCode,
  names: { uz: `Mavzu ${code}`, ru: `Тема ${code}` },
  kind: 'consultation',
  queue: null,
  track: null,
  ...change,
})
const TREE = [node('01', { kind: null }), node('01.01', { kind: null }), node('01.01.01'), node('02')]
const found = (nodes: readonly TopicNode[]) =>
  checkClassifier(nodes, { queues: [GENERAL] }).map(({ row, field, code }) => `${row} ${field} ${code}`)

test('three levels, each below the one whose code it begins with', () => {
  expect(found(TREE)).toEqual([])
  expect(['01', '01.02', '01.02.03'].map(levelOf)).toEqual([1, 2, 3])
  expect(['01', '01.02', '01.02.03'].map(parentOf)).toEqual([null, '01', '01.02'])
  expect(inOrder([node('02'), node('01.01'), node('01')]).map(({ code }) => code)).toEqual([
    '01',
    '01.01',
    '02',
  ])
})

test.each<[string, TopicNode[], string[]]>([
  ['a code of one digit', [node('1')], ['1 code badTopicCode']],
  ['a fourth level', [node('01.01.01.01')], ['01.01.01.01 code badTopicCode']],
  ['no code', [node('')], ['1 code badTopicCode']],
  ['a code twice', [node('01'), node('01')], ['01 code taken', '01 code taken']],
  ['a topic below nothing', [node('03.01')], ['03.01 code noParent']],
  ['no name in Russian', [node('01', { names: { uz: 'Qabul', ru: ' ' } })], ['01 ru required']],
  [
    'a name that nobody reads to its end',
    [node('01', { names: { uz: 'a'.repeat(201), ru: 'x', en: 'e'.repeat(201) } })],
    ['01 uz tooLong', '01 en tooLong'],
  ],
  [
    'two beside each other of one name',
    [node('01', { names: { uz: 'Qabul', ru: 'а' } }), node('02', { names: { uz: ' qabul', ru: 'б' } })],
    ['02 uz sameName'],
  ],
  ['a last topic without its kind', [node('01', { kind: null })], ['01 kind required']],
  ['a queue there is not', [node('01', { queue: 'gone' as QueueId })], ['01 queue unknown']],
  ['no topic at all', [], ['* code required']],
])('%s is told at its row', (_what, nodes, problems) => {
  expect(found(nodes)).toEqual(problems)
})

test('one name may stand in two places of the tree, and tags in it are text', () => {
  const names = { uz: '<b>Boshqa</b>', ru: 'Другое' }
  const tree = [
    node('01', { kind: null }),
    node('01.01', { names }),
    node('02', { kind: null }),
    node('02.01', { names }),
  ]
  expect(found(tree)).toEqual([])
})

test('a topic goes by the procedure of the one above it, unless it has its own', () => {
  const tree = [
    node('12.01.02', { track: 'general' }),
    node('12.01.01'),
    node('12.01'),
    node('12', { track: 'trust' }),
    node('13'),
    node('13.01', { track: 'testScore' }),
    // What it hangs below is not there: a draft may be so.
    node('14.01.01'),
  ]
  expect(Object.fromEntries(tracksOf(tree))).toEqual({
    '12': 'trust',
    '12.01': 'trust',
    '12.01.01': 'trust',
    '12.01.02': 'general',
    '13': 'general',
    '13.01': 'testScore',
    '14.01.01': 'general',
  })
  expect(lineOf('12.01.02' as TopicCode)).toEqual(['12', '12.01', '12.01.02'])
})

test('what a version changes is told by code', () => {
  const after = [...TREE.slice(0, 3), node('03'), node('01.01.02', { queue: GENERAL })]
  const renamed = after.map((one) =>
    one.code === ('01' as TopicCode) ? { ...one, names: { uz: 'A', ru: 'Б' } } : one,
  )
  expect(classifierChanges(TREE, renamed)).toEqual({
    added: ['03', '01.01.02'],
    changed: ['01'],
    removed: ['02'],
  })
})
