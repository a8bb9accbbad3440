import { expect, test } from 'vitest'
import { checkFlow } from './check-flow.ts'
import {
  addNode,
  connect,
  judgeName,
  newMenuChoice,
  NODE_KINDS,
  removeNode,
  renameNode,
} from './edit-flow.ts'
import { linksOf } from './flow-links.ts'
import { aSmallFlow, SMALL_FLOW_QUEUES } from './small-flow.ts'

const known = { queues: SMALL_FLOW_QUEUES, languages: ['uz', 'ru'] } as const
const codes = (flow: ReturnType<typeof aSmallFlow>) =>
  [...new Set(checkFlow(flow, known).map(({ node, code }) => `${node}: ${code}`))].sort()

test.each(NODE_KINDS)('a new %s lacks only a way to it and its words', (kind) => {
  const { flow, added } = addNode(aSmallFlow(), kind, SMALL_FLOW_QUEUES)
  const found = checkFlow(flow, known)
  expect(found.every(({ node }) => node === added)).toBe(true)
  expect(found.every(({ code }) => code === 'unreachable' || code === 'missingText')).toBe(true)
})

test('two nodes of a kind have names of their own', () => {
  const once = addNode(aSmallFlow(), 'menu')
  expect([once.added, addNode(once.flow, 'menu').added]).toEqual(['menu 1', 'menu 2'])
})

test('a node that was taken away is missed by those that led to it', () => {
  expect(codes(removeNode(aSmallFlow(), 'message'))).toEqual(['menu: missingNode'])
})

test('every way leads to a renamed node as before, and it stands where it stood', () => {
  let flow = aSmallFlow()
  for (const id of Object.keys(flow.nodes)) {
    const places = Object.keys(flow.nodes)
    flow = renameNode(flow, id, `${id} anew`)
    expect(Object.keys(flow.nodes)).toEqual(places.map((one) => (one === id ? `${id} anew` : one)))
    expect(codes(flow)).toEqual([])
  }
})

test('each way out of a node can be led elsewhere, and no other way moves', () => {
  const flow = aSmallFlow()
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const { slot } of linksOf(node)) {
      const changed = connect(flow, id, { slot, to: 'elsewhere' })
      const moved = Object.entries(changed.nodes).flatMap(([at, one]) =>
        linksOf(one).flatMap((link) => (link.to === 'elsewhere' ? [`${at} ${link.slot}`] : [])),
      )
      expect(moved).toEqual([`${id} ${slot}`])
    }
  }
  expect(connect(flow, 'menu', { slot: 'choices.99.next', to: 'news' })).toBe(flow)
  expect(connect(flow, 'farewell', { slot: 'next', to: 'news' })).toBe(flow)
})

test.each([
  ['Salomlashuv 2', 'possible'],
  ['Приветствие', 'possible'],
  ['', 'badName'],
  ['__proto__', 'badName'],
  ['<b>', 'badName'],
  ['a'.repeat(65), 'badName'],
  ['menu', 'taken'],
])('the name „%s" is %s', (name, verdict) => {
  expect(judgeName(aSmallFlow(), name)).toBe(verdict)
})

test('a menu has nine choices at most', () => {
  const choices = '12345678'.split('').map((key) => ({ key, label: { uz: '', ru: '' }, next: 'news' }))
  const last = newMenuChoice(choices, 'news')
  expect(last?.key).toBe('9')
  expect(last && newMenuChoice([...choices, last], 'news')).toBeUndefined()
})
