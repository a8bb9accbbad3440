import { describe, expect, test } from 'vitest'
import type { QueueId, SkillId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { AGENT_ORDERS, DEFAULT_ROUTING_SETTINGS, defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { type Distribution, NO_TIME } from './distributions.ts'
import { erlangA, erlangC } from './erlang.ts'
import { ordinaryScenario } from './ordinary-scenario.ts'
import type { AgentGroup, CallerGroup, Scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

const ADMISSION = 'admission' as QueueId
const TECH = 'tech' as QueueId
const constant = (seconds: number): Distribution => ({ kind: 'constant', seconds })
const exponential = (meanSeconds: number): Distribution => ({ kind: 'exponential', meanSeconds })

describe('by hand', () => {
  test('nobody waits where there is always somebody free; occupancy is talk and wrap-up of all time', () => {
    const { calls, agents, occupancy, seconds } = simulate(
      aScenario({
        arrivals: { kind: 'steady', perHour: 1 },
        calls: 200,
        callers: [aCaller({ talk: constant(100), wrapUp: constant(20) })],
        agents: [anAgent({ agents: 20 })],
      }),
    )
    expect(calls).toMatchObject({ offered: 200, serviceLevel: 1, answerWaits: { mean: 0, max: 0 } })
    // The last call arrives as the figures end: what comes of it is not in them.
    const handled = agents.reduce(
      (sum, { talkSeconds, wrapUpSeconds }) => sum + talkSeconds + wrapUpSeconds,
      0,
    )
    expect(handled).toBeCloseTo(199 * 120, 6)
    expect(occupancy).toBeCloseTo(handled / (20 * seconds), 9)
  })

  test('behind a talk that never ends, everybody gives up when his patience ends', () => {
    const { calls, callers } = simulate(
      aScenario({
        arrivals: { kind: 'steady', perHour: 60 },
        calls: 50,
        callers: [aCaller({ talk: constant(86_400), patience: constant(30) })],
      }),
    )
    expect(calls.ends).toMatchObject({ answered: 1, abandoned: 49, waiting: 0 })
    expect(calls.allWaits).toMatchObject({ p50: 30, max: 30, mean: 29.4 })
    expect(callers[0]?.ends).toEqual(calls.ends)
  })

  test('an offer rings as long as the agent needs to pick up; the wait ends when he does', () => {
    const scenario = aScenario({
      arrivals: { kind: 'steady', perHour: 1 },
      calls: 20,
      agents: [anAgent({ agents: 5, pickUp: constant(7) })],
    })
    expect(simulate(scenario).calls.answerWaits).toEqual({ mean: 7, p50: 7, p90: 7, p95: 7, max: 7 })
  })

  test('an offer that is picked up too late has been missed, and another agent is asked', () => {
    const quick = anAgent({ name: 'quick', queues: [ADMISSION] })
    const asleep = anAgent({ name: 'asleep', pickUp: constant(60), away: constant(86_400 * 5) })
    const { calls, agents } = simulate(
      aScenario({ arrivals: { kind: 'steady', perHour: 1 }, calls: 10, agents: [asleep, quick] }),
    )
    expect(calls.ends.answered).toBe(10)
    // The first call rang 20 s in vain.
    expect(calls.answerWaits).toMatchObject({ p50: 0, max: 20 })
    expect(agents.map(({ agent, calls: taken }) => [agent, taken])).toEqual([
      ['asleep-001', 0],
      ['quick-001', 9],
    ])
  })

  test('a full queue sends the caller on to another one, and the stay in each is counted', () => {
    const full = { waitingMax: 0, then: { do: 'overflow', to: TECH } } as const
    const { calls, queues } = simulate(
      aScenario({
        arrivals: { kind: 'steady', perHour: 60 },
        calls: 100,
        callers: [aCaller({ talk: constant(86_400), patience: constant(30) })],
        agents: [anAgent({})],
        queues: [{ ...defaultQueueSettings(ADMISSION), full }, defaultQueueSettings(TECH)],
      }),
    )
    expect(calls.ends).toMatchObject({ answered: 1, abandoned: 99, overflowed: 0 })
    expect(
      queues.map(({ queue, offered, ends }) => [
        queue,
        offered,
        ends.answered,
        ends.overflowed,
        ends.abandoned,
      ]),
    ).toEqual([
      [ADMISSION, 100, 1, 99, 0],
      [TECH, 99, 0, 0, 99],
    ])
  })
})

describe('callbacks', () => {
  const wish = { share: 1, afterSeconds: 30, dial: constant(15), reachedShare: 1 }

  test('whoever asks to be called back keeps his place, and his talk begins when he is reached', () => {
    const scenario = aScenario({
      arrivals: { kind: 'steady', perHour: 30 },
      calls: 300,
      callers: [aCaller({ talk: constant(100), callback: wish })],
    })
    const { agents, calls, callbacks, passedOver, problems } = simulate(scenario)
    expect({ passedOver, problems }).toEqual({ passedOver: 0, problems: [] })
    expect(calls.ends.answered + calls.ends.calledBack).toBe(300)
    expect(calls.ends.calledBack).toBeGreaterThan(50)
    expect(callbacks.accepted).toBe(calls.ends.calledBack)
    // Nobody asks sooner, and nobody on the line waits longer.
    expect(callbacks.waits.p50).toBeGreaterThan(30)
    expect(calls.answerWaits.max).toBeLessThanOrEqual(30)
    const talked = agents.reduce((sum, { talkSeconds }) => sum + talkSeconds, 0)
    expect(talked).toBeGreaterThan(300 * 100)
  })

  test('whoever is not reached takes the agent no longer than it rings', () => {
    const callers = [
      aCaller({ talk: constant(1_000), callback: { ...wish, afterSeconds: 0, reachedShare: 0 } }),
    ]
    const { agents, calls } = simulate(
      aScenario({ arrivals: { kind: 'steady', perHour: 6 }, calls: 100, callers }),
    )
    const talked = agents.reduce((sum, { talkSeconds }) => sum + talkSeconds, 0)
    expect(talked / (calls.ends.answered * 1_000 + calls.ends.calledBack * 15)).toBeCloseTo(1, 1)
  })
})

test('a step of priority is a head start, not a right of way', () => {
  const groups = ['ordinary', 'urgent'].map((name, priority) =>
    aCaller({ name, priority, talk: exponential(100) }),
  )
  const { callers, passedOver } = simulate(
    aScenario({ arrivals: { kind: 'steady', perHour: 33 }, calls: 4_000, warmUpCalls: 200, callers: groups }),
  )
  const [ordinary, urgent] = callers.map(({ answerWaits }) => answerWaits.mean)
  expect(passedOver).toBe(0)
  // A step is worth two minutes where everybody waits longer than that, and less where lines are short.
  expect((ordinary ?? 0) - (urgent ?? 0)).toBeGreaterThan(60)
  expect((ordinary ?? 0) - (urgent ?? 0)).toBeLessThanOrEqual(121)
})

describe('chance', () => {
  test('the same seed gives the same result, another seed another', () => {
    const result = simulate(ordinaryScenario({ calls: 2_000, seed: 1 }))
    expect(simulate(ordinaryScenario({ calls: 2_000, seed: 1 }))).toEqual(result)
    expect(simulate(ordinaryScenario({ calls: 2_000, seed: 2 }))).not.toEqual(result)
  })

  test('other talks, other agents and other patience do not change who calls and when', () => {
    const before = ordinaryScenario({ calls: 3_000, seed: 5 })
    const after: Scenario = {
      ...before,
      callers: before.callers.map((group) => ({ ...group, talk: exponential(40), patience: constant(90) })),
      agents: before.agents.map((group) => ({ ...group, agents: group.agents + 3, missShare: 0.2 })),
    }
    const [one, other] = [simulate(before), simulate(after)]
    expect(other.seconds).toBe(one.seconds)
    expect(other.callers.map(({ offered }) => offered)).toEqual(one.callers.map(({ offered }) => offered))
    expect(other.calls.answerWaits).not.toEqual(one.calls.answerWaits)
  })
})

describe('theory', () => {
  // Fixed seeds; the benchmark `wait` looks at ten cases with many more calls.
  const meanWait = (scenario: Scenario) => {
    const waits = [1, 2, 3, 4, 5].map((seed) => simulate({ ...scenario, seed }).calls.allWaits.mean)
    return waits.reduce((sum, wait) => sum + wait, 0) / waits.length
  }

  test('exponential talks and endless patience are Erlang C', () => {
    const load = { agents: 2, callsPerHour: 24, handleSeconds: 180 }
    const scenario = theoretical(load.agents, load.callsPerHour, exponential(180), undefined)
    expect(offBy(meanWait(scenario), erlangC(load).asaSeconds)).toBeLessThan(0.1)
  })

  test('callers who give up are Erlang A', () => {
    const load = { agents: 5, callsPerHour: 110, handleSeconds: 180, patienceSeconds: 120 }
    const scenario = theoretical(load.agents, load.callsPerHour, exponential(180), exponential(120))
    expect(offBy(meanWait(scenario), erlangA(load).meanWaitSeconds)).toBeLessThan(0.1)
  })

  test('one agent and talks of one length are Pollaczek and Khinchine: half the wait of exponential talks', () => {
    const scenario = theoretical(1, 12, constant(180), undefined)
    const busy = (12 * 180) / 3600
    expect(offBy(meanWait(scenario), (busy * 180) / (2 * (1 - busy)))).toBeLessThan(0.1)
  })

  const offBy = (simulated: number, theory: number) => Math.abs(simulated / theory - 1)

  function theoretical(
    agents: number,
    perHour: number,
    talk: Distribution,
    patience: Distribution | undefined,
  ): Scenario {
    return aScenario({
      arrivals: { kind: 'steady', perHour },
      warmUpCalls: 500,
      calls: 8_000,
      callers: [aCaller({ talk, patience })],
      agents: [anAgent({ agents })],
    })
  }
})

test('in any scenario everything adds up and nobody is passed over by one of his class who came later', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const result = simulate(anyScenario(seed))
    expect(result.problems, `seed ${seed}`).toEqual([])
    expect(result.passedOver, `seed ${seed}`).toBe(0)
    const { offered, ends } = result.calls
    expect(
      Object.values(ends).reduce((sum, count) => sum + count, 0),
      `seed ${seed}`,
    ).toBe(offered)
    expect(
      result.callers.reduce((sum, group) => sum + group.offered, 0),
      `seed ${seed}`,
    ).toBe(offered)
    for (const { occupancy } of result.agents)
      expect(occupancy >= 0 && occupancy <= 1, `seed ${seed}`).toBe(true)
  }
})

/** Everything that a scenario can have, by chance, some of it too much for its agents. */
function anyScenario(seed: number): Scenario {
  const random = seededRandom(seed)
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const length = (mean: number) =>
    any<Distribution>([
      constant(mean),
      exponential(mean),
      { kind: 'lognormal', meanSeconds: mean, deviationSeconds: mean },
    ])
  const then = any([{ do: 'overflow', to: TECH }, { do: 'takeMessage' }, { do: 'hangUp' }] as const)
  return aScenario({
    seed,
    warmUpCalls: any([0, 50]),
    calls: 400,
    arrivals: { kind: 'steady', perHour: any([60, 200, 600]) },
    callers: [ADMISSION, TECH].flatMap((queue) =>
      (['uz', 'ru'] as const).map((language) =>
        aCaller({
          name: `${queue} ${language}`,
          queue,
          language,
          share: random(),
          priority: any([0, 0, 1]),
          patience: any([undefined, length(60)]),
          talk: length(120),
          wrapUp: any([NO_TIME, length(20)]),
          callback: any([
            undefined,
            { share: 0.5, afterSeconds: any([0, 30]), dial: length(10), reachedShare: any([0.5, 1]) },
          ]),
        }),
      ),
    ),
    agents: ['first', 'second', 'third'].map((name) =>
      anAgent({
        name,
        agents: 1 + Math.floor(random() * 4),
        queues: any([[ADMISSION], [TECH], [ADMISSION, TECH]]),
        skills: any([
          fluentIn(['uz']),
          fluentIn(['uz', 'ru']),
          { ['ru' as SkillId]: 30, ['uz' as SkillId]: 60 },
        ]),
        pickUp: any([NO_TIME, length(8)]),
        missShare: any([0, 0.1, 0.5]),
        away: length(30),
      }),
    ),
    queues: [
      {
        ...defaultQueueSettings(ADMISSION),
        order: any(AGENT_ORDERS),
        missesBeforeUnavailable: any([1, 2]),
        skills: any([
          defaultQueueSettings(ADMISSION).skills,
          [
            { fromSeconds: 0, needs: [{ skill: 'language', atLeast: 80 }] },
            { fromSeconds: 20, needs: [{ skill: 'language', atLeast: 20 }] },
            { fromSeconds: 60, needs: [] },
          ],
        ]),
        ...(random() < 0.4 && { full: { waitingMax: 3, then } }),
        ...(random() < 0.4 && { tooLong: { waitSecondsMax: 40, then } }),
      },
      { ...defaultQueueSettings(TECH), order: any(AGENT_ORDERS) },
    ],
  })
}

function aScenario(differs: Partial<Scenario>): Scenario {
  return {
    seed: 1,
    startsAt: 0,
    warmUpCalls: 0,
    calls: 100,
    arrivals: { kind: 'steady', perHour: 60 },
    callers: [aCaller({})],
    agents: [anAgent({})],
    queues: [defaultQueueSettings(ADMISSION), defaultQueueSettings(TECH)],
    routing: DEFAULT_ROUTING_SETTINGS,
    serviceLevelSeconds: 20,
    ...differs,
  }
}

function aCaller(differs: Partial<CallerGroup>): CallerGroup {
  return {
    name: 'all',
    share: 1,
    queue: ADMISSION,
    language: 'uz',
    priority: 0,
    patience: undefined,
    talk: constant(60),
    wrapUp: NO_TIME,
    callback: undefined,
    ...differs,
  }
}

function anAgent(differs: Partial<AgentGroup>): AgentGroup {
  return {
    name: 'all',
    agents: 1,
    queues: [ADMISSION],
    skills: fluentIn(['uz', 'ru']),
    pickUp: NO_TIME,
    missShare: 0,
    away: constant(60),
    ...differs,
  }
}
