import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { AGENT_STATUSES, type AgentStatus } from './call.ts'
import { changeOfIntervals } from './agent-intervals.ts'

test.each([
  ['the first begins a day', undefined, 'onBreak', 5, { do: 'goOn', startAt: 5 }],
  [
    'one ends where the next begins',
    { startedAt: 5, endedAt: undefined },
    'available',
    9,
    { do: 'goOn', endLastAt: 9, startAt: 9 },
  ],
  [
    'signing out begins nothing',
    { startedAt: 5, endedAt: undefined },
    'signedOut',
    9,
    { do: 'goOn', endLastAt: 9 },
  ],
  [
    'of two in one millisecond the later lasts',
    { startedAt: 5, endedAt: undefined },
    'ringing',
    5,
    { do: 'overwriteLast' },
  ],
  [
    'what lasted nothing before signing out is not kept',
    { startedAt: 5, endedAt: undefined },
    'signedOut',
    5,
    { do: 'removeLast' },
  ],
  [
    'a clock that was set back begins nothing before the last',
    { startedAt: 5, endedAt: undefined },
    'available',
    2,
    { do: 'overwriteLast' },
  ],
  [
    'a clock that was set back begins nothing inside the last',
    { startedAt: 5, endedAt: 9 },
    'onBreak',
    7,
    { do: 'goOn', startAt: 9 },
  ],
  ['signing out twice changes nothing', { startedAt: 5, endedAt: 9 }, 'signedOut', 12, { do: 'goOn' }],
] as const)('%s', (_what, last, to, at, change) => {
  expect(changeOfIntervals(last, to, at)).toEqual(change)
})

test('whatever comes in whatever order, intervals are in order, whole, and one is open at most', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed)
    const rows: { startedAt: number; endedAt: number | undefined }[] = []
    for (let step = 0, now = 1_000; step < 200; step++) {
      now += Math.floor(random() * 20) - 4
      happened(rows, AGENT_STATUSES[Math.floor(random() * AGENT_STATUSES.length)] as AgentStatus, now)
    }
    rows.forEach(({ startedAt, endedAt }, index) => {
      const next = rows[index + 1]
      if (endedAt !== undefined) expect(endedAt, `seed ${seed}`).toBeGreaterThan(startedAt)
      if (next) expect(next.startedAt, `seed ${seed}`).toBeGreaterThanOrEqual(endedAt ?? Number.NaN)
    })
  }
})

function happened(
  rows: { startedAt: number; endedAt: number | undefined }[],
  to: AgentStatus,
  at: number,
): void {
  const last = rows.at(-1)
  const change = changeOfIntervals(last, to, at)
  if (change.do === 'removeLast') rows.pop()
  if (change.do !== 'goOn') return
  if (last && change.endLastAt !== undefined) last.endedAt = change.endLastAt
  if (change.startAt !== undefined) rows.push({ startedAt: change.startAt, endedAt: undefined })
}
