import { expect, test } from 'vitest'
import { type RunRow, tally } from './tally.ts'

const NUMBER = '+998901234567'

/** A call that was queued, talked for five seconds from the tenth, and is recorded to the frame. */
function aCall(differences: Partial<RunRow> = {}): RunRow {
  return {
    id: 'call',
    number: NUMBER,
    isRefused: false,
    isQueued: true,
    isConnected: true,
    isEnded: true,
    talkSeconds: 5,
    appeals: 0,
    recording: 'stored',
    expectedSeconds: 16,
    citizenSeconds: 16,
    agentSeconds: 16,
    talk: [{ from: 10, to: 15 }],
    ...differences,
  }
}

const placed = { refused: 0, numbers: [NUMBER] }

test('a call that was answered and recorded counts as both, with nothing missing', () => {
  expect(tally([aCall()], placed)).toEqual({
    offered: 1,
    answered: 1,
    abandoned: 0,
    recorded: 1,
    talkSeconds: 5,
    recordedSeconds: 5,
    maxGapSeconds: 0,
    appeals: 0,
    failed: 0,
  })
})

test('a recording that ends in the middle of the talk shows as a gap', () => {
  const figures = tally([aCall({ citizenSeconds: 12 })], placed)
  expect(figures).toMatchObject({ talkSeconds: 5, recordedSeconds: 2, maxGapSeconds: 4, failed: 0 })
})

test('a citizen who left the queue was offered and abandoned; one who left the menu was neither', () => {
  const nobody = { isConnected: false, talkSeconds: 0, talk: [] }
  const figures = tally([aCall(nobody), aCall({ ...nobody, isQueued: false })], placed)
  expect(figures).toMatchObject({ offered: 1, answered: 0, abandoned: 1, recorded: 2 })
})

test('a call without a row, a refused one and a recording that was not stored are failures', () => {
  const figures = tally([aCall({ recording: 'failed' })], { refused: 1, numbers: [NUMBER, '+998900000000'] })
  expect(figures).toMatchObject({ recorded: 0, failed: 3 })
})
