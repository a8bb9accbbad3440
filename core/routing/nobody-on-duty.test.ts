/** Callers who are back in a queue that nobody serves: after an offer at once, else after a while, they do not wait for nobody. */
import { expect, test } from 'vitest'
import { queueWith, RoutingScript } from './routing-script.ts'

const told = () => new RoutingScript(queueWith({ nobodyOnDuty: { then: { do: 'takeMessage' } } }))
const BACK = '30 c1 arrives at admission in uz since 3 back'
const SENT_AWAY = 'leaveQueue c1 admission closed takeMessage'

test.each([
  ['declines', '9 rustam declines c1'],
  ['misses', '9 rustam misses c1'],
  ['cannot be reached', '9 the line of rustam fails for c1'],
  ['lets it ring', '30 time passes'],
])('offered to the last one, who serves something else by now and %s, he is sent away', (_how, then) => {
  const said = told().play(`
    0  rustam is available for admission in uz
    1  c1 arrives at admission in uz
    7  rustam signs on for tech in uz
    ${then}`)
  expect(said.at(-1)?.slice(3)).toBe(SENT_AWAY)
})

test('who is back is sent away when nobody has come on duty after a while', () => {
  const script = told()
  script.play(BACK)
  expect(script.play('90 time passes')).toEqual([`60 ${SENT_AWAY}`])
})

test('who is back waits for whoever has come on duty meanwhile', () => {
  const script = told()
  script.play(BACK)
  expect(script.play('59 rustam signs on for admission in uz\n90 time passes')).toEqual([])
})

test('who is back waits on where no rule says what to do when nobody is on duty', () => {
  const script = new RoutingScript()
  script.play(BACK)
  expect(script.play('90 time passes')).toEqual([])
})
