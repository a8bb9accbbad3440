import { describe, expect, test } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import { ordinaryScenario } from './ordinary-scenario.ts'
import type { Scenario } from './scenario.ts'
import { simulate } from './simulate.ts'
import { ToldWaitsCount } from './told-waits.ts'
import { withAgents } from './with-agents.ts'

test('what was told is compared with what came, by the minutes told; who gave up is left out', () => {
  const told = new ToldWaitsCount()
  const [a, b, c, d] = ['a', 'b', 'c', 'd'] as CallId[] as [CallId, CallId, CallId, CallId]
  told.isTold(a, 70_000)
  told.isTold(b, 110_000)
  told.isTold(c, 700_000)
  told.isAnswered(a, 60_000)
  told.isAnswered(b, 130_000)
  told.isAnswered(d, 5_000)
  expect(told.figures()).toEqual([
    { toldFromMinutes: 1, calls: 2, meanToldSeconds: 90, meanWaitedSeconds: 95 },
  ])
})

describe('the wait that callers are told is the one they have', () => {
  /** Seen often enough for its mean to be meant. */
  const CALLS_MIN = 100
  const crowded = withAgents(ordinaryScenario({ calls: 15_000, seed: 1 }), 36)
  const told = (scenario: Scenario) => {
    const often = simulate(scenario).toldWaits.filter(({ calls }) => calls >= CALLS_MIN)
    expect(often.length).toBeGreaterThan(0)
    return often.map((each) => ({ ...each, came: each.meanWaitedSeconds / each.meanToldSeconds }))
  }

  test('three queues, two languages, rules that relax, and nobody gives up: within 20 %, however long it is', () => {
    const patient = crowded.callers.map((group) => ({ ...group, patience: undefined }))
    for (const { came, toldFromMinutes } of told({ ...crowded, callers: patient }))
      expect(Math.abs(came - 1), `from ${toldFromMinutes} min`).toBeLessThan(0.2)
  })

  test('where callers give up, nobody waits longer on average than he was told', () => {
    for (const { came, toldFromMinutes } of told(crowded))
      expect(came, `from ${toldFromMinutes} min`).toBeLessThan(1.1)
  })
})
