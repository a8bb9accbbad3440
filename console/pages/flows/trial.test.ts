import { expect, test } from 'vitest'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { aSmallFlow } from '#core/ivr/small-flow.ts'
import { beginTrial, hear, LINES_MAX, press, type Trial, waitOut } from './trial.ts'

const keys = (trial: Trial, pressed: string) => [...pressed].reduce(press, trial)
const end = ({ lines }: Trial) => lines.flatMap((line) => (line.is === 'ended' ? [line.by] : []))[0]

test('keys 1,1,1 lead to the queue of admission with its topic, as they lead a caller', () => {
  const trial = keys(hear(hear(beginTrial(demoFlow()))), '111')
  expect(end(trial)).toEqual({ do: 'enterQueue', queue: 'admission', language: 'uz', topic: '01.01' })
  expect(trial.run.path).toEqual(['language:uz', 'menu:1', 'menu:1.1'])
})

test('what is said is told with its node, until a key is waited for', () => {
  const menu = keys(hear(hear(beginTrial(aSmallFlow()))), '12')
  const said = menu.lines.flatMap((line) => (line.is === 'said' ? [line.node] : []))
  expect(said.slice(0, 2)).toEqual(['greeting', 'language'])
  expect(menu.run.awaited.for).toBe('prompts')
  expect(hear(menu).run.awaited.for).not.toBe('prompts')
})

test('whoever presses nothing hears it again, and then comes to a person', () => {
  const once = waitOut(hear(beginTrial(aSmallFlow())))
  expect(once.lines.filter(({ is }) => is === 'silence')).toEqual([{ is: 'silence', seconds: 5 }])
  expect(once.run.ended).toBe(false)
  expect(end(waitOut(once))).toMatchObject({ do: 'enterQueue', queue: 'general' })
})

test('after the end nothing happens any more, and a walk in circles is bounded', () => {
  const over = keys(hear(beginTrial(aSmallFlow())), '0')
  expect(end(over)).toMatchObject({ do: 'enterQueue' })
  expect(press(over, '1')).toBe(over)
  let circle = keys(hear(beginTrial(aSmallFlow())), '1')
  for (let press_ = 0; press_ < LINES_MAX + 50; press_++) circle = press(circle, '*')
  expect(circle.lines.length).toBeLessThanOrEqual(LINES_MAX)
})
