import { expect, test } from 'vitest'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { flowTree, type TreeLine } from './flow-tree.ts'

function outline(lines: TreeLine[], depth = 0): string[] {
  return lines.flatMap(({ key, node, isToldAbove, children }) => [
    `${'  '.repeat(depth)}${key ? `${key} ` : ''}${node}${isToldAbove ? ' ↑' : ''}`,
    ...outline(children, depth + 1),
  ])
}

test('the demo’s flow reads from the greeting down to the queues, each node told once', () => {
  const lines = outline(flowTree(demoFlow(), 'uz'))
  expect(lines.slice(0, 9)).toEqual([
    'greeting',
    'usefulInformation',
    'answer',
    'language',
    'menu',
    '  1 menu 1',
    '    1 queue admission',
    '    2 queue admission ↑',
    '    3 queue results',
  ])
})

test('every prompt stands where it is said', () => {
  const [greeting] = flowTree(demoFlow(), 'ru')
  expect(greeting?.says[0]).toMatch(/^Здравствуйте/)
})
