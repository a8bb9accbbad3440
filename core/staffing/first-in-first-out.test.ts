import { expect, test } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import { FirstInFirstOut } from './first-in-first-out.ts'

const [a, b, c] = ['a', 'b', 'c'] as CallId[] as [CallId, CallId, CallId]
const at = (since: number, line = 'admission uz') => ({ line, since, ordinal: since })

test('whoever is offered before one of his class who came earlier is noticed', () => {
  const turns = new FirstInFirstOut()
  turns.waits(a, at(1))
  turns.waits(b, at(2))
  turns.isOffered(b)
  expect(turns.violations).toBe(1)
  turns.isOffered(a)
  expect(turns.violations).toBe(1)
})

test('nobody is passed over by those of another class, by one who left, or by being offered again', () => {
  const turns = new FirstInFirstOut()
  turns.waits(a, at(1))
  turns.waits(b, at(2))
  turns.waits(c, at(3, 'admission ru'))
  turns.isOffered(c)
  turns.isOffered(a)
  // Missed: he is back at his place, before the other.
  turns.waits(a, at(1))
  turns.isOffered(a)
  turns.waits(a, at(1))
  turns.leaves(a)
  turns.isOffered(b)
  // Where everybody is asked, the other offers are for a call that is on no line any more.
  turns.isOffered(b)
  expect(turns.violations).toBe(0)
})

test('one who was missed and is not offered first again is noticed', () => {
  const turns = new FirstInFirstOut()
  turns.waits(a, at(1))
  turns.isOffered(a)
  turns.waits(b, at(2))
  turns.waits(a, at(1))
  turns.isOffered(b)
  expect(turns.violations).toBe(1)
})
