import { expect, test } from 'vitest'
import { CALLBACK_MOVES, CALLBACK_STATUSES, type CallbackStatus, isOpenCallback } from './callback-status.ts'

test('nobody is called before an agent has taken the callback', () => {
  expect(leadTo('dialling')).toEqual(['offered'])
  expect(leadTo('connected')).toEqual(['dialling'])
})

test('a callback that is over stays as it is, and every open one can come to an end', () => {
  const open = CALLBACK_STATUSES.filter(isOpenCallback)
  expect(open).toEqual(['waiting', 'offered', 'dialling', 'connected'])
  for (const status of open) expect(endsFrom(status).length, status).toBeGreaterThan(0)
})

test('an attempt in vain or an agent who is lost brings it back to where it waits', () => {
  expect(CALLBACK_MOVES.dialling).toMatchObject({ tryAgain: 'waiting', release: 'waiting' })
  expect(CALLBACK_MOVES.offered.release).toBe('waiting')
})

function leadTo(target: CallbackStatus): CallbackStatus[] {
  return CALLBACK_STATUSES.filter((status) => Object.values(CALLBACK_MOVES[status]).includes(target))
}

function endsFrom(from: CallbackStatus): CallbackStatus[] {
  const reached = new Set<CallbackStatus>([from])
  for (const status of reached) for (const next of Object.values(CALLBACK_MOVES[status])) reached.add(next)
  return [...reached].filter((status) => !isOpenCallback(status))
}
