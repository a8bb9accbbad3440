import { expect, test } from 'vitest'
import { choiceNames } from './choice-names.ts'
import { demoFlow } from './demo-flow.ts'
import { aSmallFlow } from './small-flow.ts'

test('each choice has the name it was offered by', () => {
  const names = choiceNames(demoFlow(), ['language:uz', 'menu:1', 'menu:1.1', 'operator'])
  expect(Object.entries(names).map(([step, { ru }]) => `${step} ${ru}`)).toEqual([
    'menu:1 Приём в бакалавриат',
    'menu:1.1 Регистрация',
  ])
})

test('a choice that this version does not know has no name, and nothing breaks', () => {
  const path = ['menu:9', 'menu:1.9.9', 'menu:', 'menu:constructor', 'wrongKey:7', 'digits:permit:••••']
  expect(choiceNames(demoFlow(), path)).toEqual({})
})

test('a menu that is come to in silence names its choices too', () => {
  const flow = aSmallFlow()
  const { menu, more } = flow.nodes
  if (menu?.kind !== 'menu' || more?.kind !== 'menu') throw new Error('the small flow has two menus')
  const silent = aSmallFlow({ menu: { ...menu, choices: [], onNoInput: 'more' } })
  expect(choiceNames(silent, ['menu:1'])).toEqual({ 'menu:1': more.choices[0]?.label })
})

test('menus that lead to each other in a circle end', () => {
  const flow = aSmallFlow()
  const { menu } = flow.nodes
  if (menu?.kind !== 'menu') throw new Error('the small flow has a menu')
  const circle = aSmallFlow({
    menu: { ...menu, choices: menu.choices.map((one) => ({ ...one, next: 'menu' })) },
  })
  expect(choiceNames(circle, ['menu:1.1.1.1'])['menu:1.1.1.1']?.uz).toBe('permit (uz)')
})
