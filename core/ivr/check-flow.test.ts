import { expect, test } from 'vitest'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import { checkFlow, MAX_NODES, MAX_TEXT_CHARACTERS } from './check-flow.ts'
import { demoFlow } from './demo-flow.ts'
import type {
  AskDigitsNode,
  ChooseLanguageNode,
  Flow,
  FlowNode,
  MenuChoice,
  MenuNode,
  NodeId,
} from './flow.ts'
import { FLOW_PROBLEM_CODES, type FlowProblemCode } from './flow-problems.ts'
import { aSmallFlow, SMALL_FLOW_QUEUES } from './small-flow.ts'

const known = {
  queues: SMALL_FLOW_QUEUES,
  languages: ['uz', 'ru'],
  topics: new Set(['01.04' as TopicCode]),
} as const

test('nothing is wrong with the small flow', () => {
  expect(checkFlow(aSmallFlow(), known)).toEqual([])
})

test('nothing is wrong with the demo', () => {
  const queues = ['admission', 'results', 'cert', 'general', 'tech', 'appeals', 'trust'] as QueueId[]
  expect(checkFlow(demoFlow(), { queues, languages: ['uz', 'ru'] })).toEqual([])
})

const { language, menu, permit } = aSmallFlow().nodes as Record<NodeId, FlowNode> as {
  language: ChooseLanguageNode
  menu: MenuNode
  permit: AskDigitsNode
}
const texts = { uz: 'a', ru: 'b' }
const say = (next: NodeId, said = texts): FlowNode => ({ kind: 'announce', texts: said, next })
const withChoice = (choice: Partial<MenuChoice>): FlowNode => ({
  ...menu,
  choices: [...menu.choices, { key: '9', label: texts, next: 'operator', ...choice }],
})

// One broken flow per line: the problem must be found where it is, and nothing else be called wrong.
const canaries: [code: FlowProblemCode, at: NodeId, because: string, flow: Flow][] = [
  [
    'missingNode',
    'extra',
    'an announcement goes on to nowhere',
    aSmallFlow({ menu: withChoice({ next: 'extra' }), extra: say('gone') }),
  ],
  ['missingNode', 'menu', 'a choice leads nowhere', aSmallFlow({ menu: withChoice({ next: 'gone' }) })],
  ['missingNode', 'menu', 'silence leads nowhere', aSmallFlow({ menu: { ...menu, onNoInput: 'gone' } })],
  [
    'missingNode',
    'menu',
    'a name every object has is no node',
    aSmallFlow({ menu: withChoice({ next: 'constructor' }) }),
  ],
  ['unreachable', 'island', 'nothing leads there', aSmallFlow({ island: say('menu') })],
  [
    'deadEnd',
    'extra',
    'it says itself for ever',
    aSmallFlow({ menu: withChoice({ next: 'extra' }), extra: say('extra') }),
  ],
  [
    'deadEnd',
    'extra',
    'silence asks the same again',
    aSmallFlow({ menu: withChoice({ next: 'extra' }), extra: { ...menu, onNoInput: 'extra' } }),
  ],
  [
    'notAnswered',
    'early',
    'keys before the answer',
    aSmallFlow({ greeting: say('early'), early: { ...menu, onNoInput: 'answer' } }),
  ],
  ['noOperator', 'farewell', '0 hangs up', aSmallFlow({}, { operator: 'farewell' })],
  ['noOperator', 'gone', '0 leads nowhere', aSmallFlow({}, { operator: 'gone' })],
  ['missingText', 'news', 'one language is empty', aSmallFlow({ news: say('menu', { uz: 'a', ru: ' ' }) })],
  [
    'missingText',
    'news',
    'one language is not there',
    aSmallFlow({ news: say('menu', { uz: 'a' } as Texts) }),
  ],
  ['missingText', 'news', 'three dots are silence', aSmallFlow({ news: say('menu', { uz: '…', ru: 'b' }) })],
  [
    'missingText',
    'menu',
    'a label is empty',
    aSmallFlow({ menu: withChoice({ label: { uz: '', ru: 'b' } }) }),
  ],
  ['missingText', 'greeting', 'no words for a wrong key', aSmallFlow({}, { wrongKey: { uz: 'a', ru: '' } })],
  [
    'missingText',
    'language',
    'a language is not offered in words',
    aSmallFlow({ language: { ...language, choices: [{ key: '1', language: 'ru', text: '' }] } }),
  ],
  [
    'textTooLong',
    'news',
    'nobody remembers so much',
    aSmallFlow({ news: say('menu', { uz: 'a'.repeat(MAX_TEXT_CHARACTERS + 1), ru: 'b' }) }),
  ],
  [
    'unknownQueue',
    'results',
    'nobody serves it',
    aSmallFlow({ results: { kind: 'queue', queue: 'pensions' as QueueId } }),
  ],
  [
    'unknownTopic',
    'menu',
    'the classifier has no such code',
    aSmallFlow({ menu: withChoice({ topic: '99' as TopicCode }) }),
  ],
  [
    'invalidNumber',
    'results',
    'a head start has its bounds',
    aSmallFlow({ results: { kind: 'queue', queue: 'results' as QueueId, priority: 10 } }),
  ],
  [
    'unknownLanguage',
    'language',
    'the flow is not in that language',
    aSmallFlow({ language: { ...language, defaultLanguage: 'kaa' as CallLanguage } }),
  ],
  ['noLanguage', 'greeting', 'it cannot speak', aSmallFlow({ language: menu }, { languages: [] })],
  [
    'noChoices',
    'more',
    'a menu of nothing',
    aSmallFlow({ more: { ...menu, choices: [] }, menu: withChoice({ next: 'more' }) }),
  ],
  ['duplicateKey', 'menu', 'key 1 twice', aSmallFlow({ menu: withChoice({ key: '1' }) })],
  ['invalidKey', 'menu', 'no such key', aSmallFlow({ menu: withChoice({ key: '12' }) })],
  ['globalKey', 'menu', '0 is a person', aSmallFlow({ menu: withChoice({ key: '0' }) })],
  ['globalKey', 'menu', '# is the way back', aSmallFlow({ menu: withChoice({ key: '#' }) })],
  ['invalidNumber', 'menu', 'no time to press', aSmallFlow({ menu: { ...menu, waitSeconds: 0 } })],
  ['invalidNumber', 'menu', 'repeated for ever', aSmallFlow({ menu: { ...menu, repeats: Infinity } })],
  [
    'invalidNumber',
    'permit',
    'more digits asked for than taken',
    aSmallFlow({ permit: { ...permit, minDigits: 6 } }),
  ],
  ['tooManyNodes', 'greeting', 'nobody can oversee it', aLongFlow(MAX_NODES)],
]

test.each(canaries)('%s at %s: %s', (code, at, _because, flow) => {
  const found = checkFlow(flow, known).map((problem) => `${problem.code} ${problem.node}`)
  // A break may cut off other nodes; that they are unreachable then is true, but not what the line is about.
  const elsewhere = found.filter((problem) => !problem.startsWith('unreachable') || at === 'island')
  expect([...new Set(elsewhere)]).toEqual([`${code} ${at}`])
})

test('a flow in a language without a voice is found', () => {
  const problems = checkFlow(aSmallFlow(), { ...known, languages: ['uz'] })
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'unknownLanguage: languages: „ru" is no language of this flow, or cannot be spoken.',
  ])
})

test('every code has a flow that shows it', () => {
  // check-sounds.test.ts has the other.
  const ofFlows = FLOW_PROBLEM_CODES.filter((code) => code !== 'soundMissing')
  expect([...new Set(canaries.map(([code]) => code))].sort()).toEqual(ofFlows.sort())
})

test('every problem is told at once', () => {
  const flow = aSmallFlow({ more: say('gone', { uz: '', ru: 'b' }), island: say('menu') })
  expect(checkFlow(flow, known).map(({ code, node }) => `${code} ${node}`)).toEqual([
    'missingText more',
    'missingNode more',
    'unreachable island',
  ])
})

/** A flow of `count` announcements before the small one. */
function aLongFlow(count: number): Flow {
  const announcements = Array.from({ length: count }, (_, n): [NodeId, FlowNode] => [
    `n${n}`,
    say(n + 1 < count ? `n${n + 1}` : 'answer'),
  ])
  return aSmallFlow({ ...Object.fromEntries(announcements), greeting: say('n0') })
}
