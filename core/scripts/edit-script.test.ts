import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { checkScript } from './check-script.ts'
import { DEMO_SCRIPT } from './demo-script.ts'
import {
  addAside,
  addStepAfter,
  changeStep,
  freeId,
  goStraight,
  raiseStep,
  removeStep,
  turnHere,
} from './edit-script.ts'
import type { Script } from './script.ts'
import { wayThrough } from './script-way.ts'

const way = (script: Script) => wayThrough(script, []).map(({ step }) => step.id)
const faultsOf = (script: Script) =>
  checkScript(script).map(({ row, field, code }) => `${row} ${field} ${code}`)
/** But for the words, which are still to be written. */
const faultsInTheWay = (script: Script) => faultsOf(script).filter((fault) => !fault.endsWith('required'))

test('a step is added in the middle of the way, and what led on leads through it', () => {
  const script = addStepAfter(DEMO_SCRIPT, 'greeting')
  expect(way(script)).toEqual(['greeting', 'step1', 'name', 'clarification'])
  expect(faultsInTheWay(script)).toEqual([])
  expect(way(addStepAfter(script, 'step1'))).toEqual(['greeting', 'step1', 'step2', 'name', 'clarification'])
})

test('a step that is removed leaves no hole, also where branches had led to it', () => {
  expect(way(removeStep(DEMO_SCRIPT, 'name'))).toEqual(['greeting', 'clarification'])
  expect(way(removeStep(DEMO_SCRIPT, 'greeting'))).toEqual(['name', 'clarification'])
  expect(faultsOf(removeStep(DEMO_SCRIPT, 'identification'))).toEqual([])
  expect(faultsOf(removeStep(DEMO_SCRIPT, 'conflict'))).toEqual([])
})

test('after a turn a new step stands beside the way until a branch leads there, and that is told', () => {
  expect(faultsInTheWay(addStepAfter(DEMO_SCRIPT, 'clarification'))).toEqual(['step1 id unreachable'])
})

test('a turn begins with the step that came next, and going straight is the way back', () => {
  const [greeting] = DEMO_SCRIPT.steps
  if (!greeting) throw new Error('There is a first step')
  const turned = turnHere(greeting, 'closing')
  expect(turned).toMatchObject({ next: null, branches: [{ id: 'way1', to: 'name' }] })
  expect(goStraight(turned)).toEqual(greeting)
  expect(faultsInTheWay(changeStep(DEMO_SCRIPT, turned))).toEqual([])
})

test('listed in another order, the way is the same', () => {
  const raised = raiseStep(raiseStep(DEMO_SCRIPT, 'closing'), 'closing')
  expect(way(raised)).toEqual(way(DEMO_SCRIPT))
  expect(raised.steps.at(-3)?.id).toBe('closing')
  expect(faultsOf(raised)).toEqual([])
})

test('an id is never given twice', () => {
  expect(freeId(['step1', 'step3'], 'step')).toBe('step2')
  expect(addAside(addAside(DEMO_SCRIPT)).asides.map(({ id }) => id)).toEqual([
    'conflict',
    'emergency',
    'aside1',
    'aside2',
  ])
})

test('by chance: however steps are added and removed, no step leads to one that is not there', () => {
  const random = seededRandom(22)
  let script = DEMO_SCRIPT
  for (let round = 0; round < 400; round += 1) {
    const ids = script.steps.map(({ id }) => id)
    const id = ids[Math.floor(random() * ids.length)] ?? ''
    if (random() < 0.5 && ids.length < 30) script = addStepAfter(script, id)
    else if (ids.length > 1) script = removeStep(script, id)
    expect(faultsInTheWay(script).filter((fault) => /unknown|taken|goesInCircle/.test(fault))).toEqual([])
  }
})
