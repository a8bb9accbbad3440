import { expect, test } from 'vitest'
import { changed, historyOf, KEPT_STEPS, redone, undone } from './edit-history.ts'

test('each change is taken back, and done again, in order', () => {
  const three = changed(changed(changed(historyOf('a'), 'b'), 'c'), 'd')
  const back = undone(three)
  expect(back?.present).toBe('c')
  expect(back && undone(back)?.present).toBe('b')
  expect(back && redone(back)?.present).toBe('d')
  expect(undone(historyOf('a'))).toBeUndefined()
  expect(redone(three)).toBeUndefined()
})

test('typing on in one field is one step, another field is another', () => {
  let history = historyOf('')
  for (const text of ['S', 'Sa', 'Sal']) history = changed(history, text, 'greeting texts.uz')
  history = changed(history, 'Sal!', 'greeting texts.ru')
  expect(history.past).toEqual(['', 'Sal'])
})

test('what is changed after a step back cannot be done again any more', () => {
  const back = undone(changed(historyOf('a'), 'b'))
  const other = back && changed(back, 'c')
  expect(other && redone(other)).toBeUndefined()
})

test('no change is no step, and the steps that are kept are bounded', () => {
  const same = historyOf('a')
  expect(changed(same, 'a')).toBe(same)
  let history = historyOf(0)
  for (let step = 1; step <= KEPT_STEPS + 50; step++) history = changed(history, step)
  expect(history.past).toHaveLength(KEPT_STEPS)
})
