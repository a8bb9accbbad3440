import { expect, test } from 'vitest'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { removeNode } from '#core/ivr/edit-flow.ts'
import { aSmallFlow } from '#core/ivr/small-flow.ts'
import { NODE_WIDTH, placesIn } from './flow-layout.ts'

const HEIGHT = 80
const drawn = (flow: ReturnType<typeof demoFlow>) => placesIn(flow, () => HEIGHT)

test('no two nodes of the demo flow are drawn over each other, and each is drawn once', () => {
  const places = [...drawn(demoFlow()).values()]
  expect(places).toHaveLength(Object.keys(demoFlow().nodes).length)
  for (const [at, one] of places.entries()) {
    for (const other of places.slice(at + 1)) {
      const overlaps = Math.abs(one.x - other.x) < NODE_WIDTH && Math.abs(one.y - other.y) < HEIGHT
      expect(overlaps).toBe(false)
    }
  }
})

test('callers walk from left to right, and the menus of one menu stand below each other by their keys', () => {
  const places = drawn(demoFlow())
  const x = (id: string) => places.get(id)?.x ?? Number.NaN
  expect(x('greeting')).toBeLessThan(x('answer'))
  expect(x('answer')).toBeLessThan(x('language'))
  expect(x('menu')).toBeLessThan(x('menu 1'))
  expect(x('menu 1')).toBe(x('menu 2'))
  expect(places.get('menu 1')?.y).toBeLessThan(places.get('menu 2')?.y ?? 0)
})

test('a circle, a link to nowhere and a node that nothing leads to are drawn too', () => {
  const island = aSmallFlow({ island: { kind: 'announce', texts: { uz: 'a', ru: 'b' }, next: 'island' } })
  expect(drawn(island).get('island')?.x).toBeGreaterThan(0)
  expect(drawn(removeNode(island, 'greeting')).size).toBe(Object.keys(island.nodes).length - 1)
  expect(drawn({ ...island, nodes: {} }).size).toBe(0)
})
