import { describe, expect, test } from 'vitest'
import { erlangA, erlangB, erlangC, erlangs } from './erlang.ts'

describe('Erlang B', () => {
  test('small offices, by hand: one line, two lines, none', () => {
    expect(erlangB(1, 1)).toBeCloseTo(1 / 2, 12)
    expect(erlangB(2, 1)).toBeCloseTo(1 / 5, 12)
    expect(erlangB(2, 2)).toBeCloseTo(2 / 5, 12)
    expect(erlangB(0, 3)).toBe(1)
    expect(erlangB(3, 0)).toBe(0)
  })

  test('the sum of the definition gives the same', () => {
    for (const [agents, offered] of [
      [5, 3],
      [12, 20],
      [60, 45],
    ] as const) {
      let [term, sum] = [1, 1]
      for (let n = 1; n <= agents; n++) {
        term *= offered / n
        sum += term
      }
      expect(erlangB(agents, offered)).toBeCloseTo(term / sum, 12)
    }
  })

  test('one call in a hundred is blocked where the tables of trunks say so', () => {
    // Capacity tables at 1 % blocking: 10 lines carry 4.46 erlangs, 50 carry 37.9, 100 carry 84.06.
    expect(erlangB(10, 4.46)).toBeCloseTo(0.01, 4)
    expect(erlangB(50, 37.9)).toBeCloseTo(0.01, 4)
    expect(erlangB(100, 84.06)).toBeCloseTo(0.01, 4)
  })
})

describe('Erlang C', () => {
  const table = [
    { agents: 10, callsPerHour: 150, handleSeconds: 180, waits: 0.3066, asa: 22.08, within20: 0.768 },
    { agents: 30, callsPerHour: 540, handleSeconds: 180, waits: 0.4714, asa: 28.29, within20: 0.662 },
    { agents: 40, callsPerHour: 750, handleSeconds: 180, waits: 0.593, asa: 42.7, within20: 0.551 },
    { agents: 20, callsPerHour: 2.6667 * 3600, handleSeconds: 6, waits: 0.2561, asa: 0.384, within20: 1 },
  ]

  test.each(table)('$agents agents, $callsPerHour calls an hour of $handleSeconds s', (line) => {
    const { waitShare, asaSeconds, serviceLevel } = erlangC(line)
    expect(waitShare).toBeCloseTo(line.waits, 3)
    expect(asaSeconds / line.asa).toBeCloseTo(1, 3)
    expect(serviceLevel(20)).toBeCloseTo(line.within20, 3)
  })

  test('one agent, by hand: as many wait as he is busy', () => {
    const { waitShare, asaSeconds } = erlangC({ agents: 1, callsPerHour: 10, handleSeconds: 180 })
    expect(waitShare).toBeCloseTo(0.5, 12)
    expect(asaSeconds).toBeCloseTo(180, 9)
  })

  test('where more work arrives than can be done, everybody waits for ever', () => {
    expect(erlangC({ agents: 2, callsPerHour: 40, handleSeconds: 180 })).toMatchObject({
      waitShare: 1,
      asaSeconds: Number.POSITIVE_INFINITY,
    })
  })
})

describe('Erlang A', () => {
  test('one agent, patience as long as a call, by hand: the number of calls is Poisson', () => {
    // Each call leaves at the same rate whether it is served or waits: likelihoods 1, a, a²/2, a³/6 … with a = 1.
    const { waitShare, meanWaitSeconds, abandonShare } = erlangA({
      agents: 1,
      callsPerHour: 20,
      handleSeconds: 180,
      patienceSeconds: 180,
    })
    expect(waitShare).toBeCloseTo(1 - Math.exp(-1), 12)
    // On average 1 call in the house, of which 1 − 1/e are served.
    expect(meanWaitSeconds).toBeCloseTo(Math.exp(-1) * 180, 9)
    expect(abandonShare).toBeCloseTo(Math.exp(-1), 12)
  })

  test('endless patience is Erlang C', () => {
    const load = { agents: 30, callsPerHour: 540, handleSeconds: 180 }
    const patient = erlangA({ ...load, patienceSeconds: 1e9 })
    expect(patient.meanWaitSeconds).toBeCloseTo(erlangC(load).asaSeconds, 3)
    expect(patient.waitShare).toBeCloseTo(erlangC(load).waitShare, 5)
  })

  test('no patience at all is Erlang B', () => {
    const load = { agents: 30, callsPerHour: 540, handleSeconds: 180 }
    expect(erlangA({ ...load, patienceSeconds: 1e-6 }).abandonShare).toBeCloseTo(erlangB(30, 27), 6)
  })
})

test('for 1 to 500 agents and any load, all three are numbers that can be true', () => {
  for (let agents = 1; agents <= 500; agents += agents < 20 ? 1 : 16) {
    for (const busy of [0.001, 0.5, 0.9, 0.999, 1, 1.2, 3]) {
      const load = { agents, callsPerHour: busy * agents * 20, handleSeconds: 180 }
      expect(erlangs(load)).toBeCloseTo(busy * agents, 6)
      const blocked = erlangB(agents, erlangs(load))
      const c = erlangC(load)
      expect(blocked >= 0 && blocked <= c.waitShare && c.waitShare <= 1).toBe(true)
      expect(c.asaSeconds).toBeGreaterThanOrEqual(0)
      for (const patienceSeconds of [1, 120, 36_000]) {
        const a = erlangA({ ...load, patienceSeconds })
        // Those who give up make room: fewer wait, and not for longer.
        expect(a.waitShare <= c.waitShare + 1e-9, `${agents} agents, ${busy}, ${patienceSeconds} s`).toBe(
          true,
        )
        expect(a.meanWaitSeconds <= c.asaSeconds + 1e-9).toBe(true)
        expect(a.abandonShare >= 0 && a.abandonShare <= 1).toBe(true)
        // At least what is more than the agents can do gives up.
        expect(a.abandonShare).toBeGreaterThanOrEqual(1 - 1 / busy - 1e-9)
      }
    }
  }
})
