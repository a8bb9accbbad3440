import { expect, test } from 'vitest'
import { RECORDING_STATUSES } from './call.ts'
import { RECORDING_MOVES } from './recording-status.ts'

test('a recording that is stored moves no more', () => {
  expect(RECORDING_MOVES.stored).toEqual({})
})

test('whatever is not stored can fail, and what failed can be tried again', () => {
  for (const status of RECORDING_STATUSES) {
    if (status !== 'stored') expect(RECORDING_MOVES[status].fail, status).toBe('failed')
  }
  expect(RECORDING_MOVES.failed.retry).toBe('recording')
})

test('only what was closed, verified and sealed is ever stored', () => {
  const leadsTo = (target: string) =>
    RECORDING_STATUSES.filter((status) =>
      Object.values(RECORDING_MOVES[status]).some((next) => next === target),
    )
  expect(leadsTo('stored')).toEqual(['sealed'])
  expect(leadsTo('sealed')).toEqual(['verified'])
  expect(leadsTo('verified')).toEqual(['closed'])
})
