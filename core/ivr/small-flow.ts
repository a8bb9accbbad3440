/** A small flow with every kind of node, for tests of whatever walks flows. */
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import type { Flow, FlowNode, NodeId } from './flow.ts'

const both = (text: string): Texts => ({ uz: `${text} (uz)`, ru: `${text} (ru)` })
const waits = { waitSeconds: 5, repeats: 1, onNoInput: 'operator', onWrongKey: 'farewell' } as const

export const SMALL_FLOW_QUEUES = ['general', 'results'] as QueueId[]

/** The small flow, with some of its nodes replaced or added. */
export function aSmallFlow(
  nodes: Record<NodeId, FlowNode> = {},
  rest: Partial<Omit<Flow, 'nodes'>> = {},
): Flow {
  return {
    start: 'greeting',
    languages: ['uz', 'ru'],
    operator: 'operator',
    wrongKey: both('wrong'),
    ...rest,
    nodes: {
      greeting: { kind: 'announce', texts: both('greeting'), next: 'answer', mustBeHeard: true },
      answer: { kind: 'answer', next: 'language' },
      language: {
        ...waits,
        kind: 'chooseLanguage',
        choices: [
          { key: '1', language: 'uz', text: 'uz 1' },
          { key: '2', language: 'ru', text: 'ru 2' },
        ],
        defaultLanguage: 'uz',
        next: 'news',
      },
      news: { kind: 'announce', texts: both('news'), next: 'menu' },
      menu: {
        ...waits,
        kind: 'menu',
        texts: both('menu'),
        choices: [
          { key: '1', label: both('permit'), next: 'permit', topic: '01.04' as TopicCode },
          { key: '2', label: both('message'), next: 'message' },
          { key: '3', label: both('more'), next: 'more' },
        ],
      },
      more: {
        ...waits,
        kind: 'menu',
        choices: [{ key: '1', label: both('nothing'), next: 'farewell' }],
        closing: both('closing'),
      },
      permit: {
        ...waits,
        kind: 'askDigits',
        name: 'permit',
        texts: both('permit'),
        minDigits: 3,
        maxDigits: 5,
        personal: true,
        next: 'results',
      },
      message: { kind: 'takeMessage', texts: both('message') },
      results: { kind: 'queue', queue: 'results' as QueueId },
      operator: { kind: 'queue', queue: 'general' as QueueId },
      farewell: { kind: 'hangUp', texts: both('farewell') },
      ...nodes,
    },
  }
}
