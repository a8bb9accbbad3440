import { describe, expect, test } from 'vitest'
import type { QueueId } from '#core/lib/ids.ts'
import { scenarioProblems } from './check-scenario.ts'
import { ordinaryScenario } from './ordinary-scenario.ts'
import type { Scenario } from './scenario.ts'
import { withAgents } from './with-agents.ts'

const ordinary = ordinaryScenario({ calls: 100, seed: 1 })

test('the ordinary scenario is possible', () => {
  expect(scenarioProblems(ordinary)).toEqual([])
})

describe('what is refused', () => {
  const [first, ...others] = ordinary.callers
  const cases: [string, Partial<Scenario>, string[]][] = [
    ['too many calls', { calls: 2_000_000 }, ['more than 2000000 calls, those of the warm-up included']],
    ['nobody calls', { arrivals: { kind: 'steady', perHour: 0 } }, ['fewer than 1 calls arrive in a day']],
    [
      'nobody has a share',
      { callers: ordinary.callers.map((group) => ({ ...group, share: 0 })) },
      ['no group of callers has a share of the calls'],
    ],
    [
      'the same name twice',
      { callers: [...ordinary.callers, ...(first ? [first] : [])] },
      ['two groups of callers are called "admission uz"'],
    ],
    [
      'a queue without settings',
      { callers: [...others, ...(first ? [{ ...first, queue: 'admision' as QueueId }] : [])] },
      [
        'the queue "admision" is not among the queues',
        'no agent may ever be asked for the callers "admission uz" (admision, uz)',
      ],
    ],
    [
      'a language that nobody speaks',
      { agents: ordinary.agents.filter(({ name }) => name === 'uzbek') },
      [
        'appeals, nobodyOnDuty: No agent serves this queue, and it is not said what to do when nobody is on duty.',
        'appeals, skills 1: There is no skill „appeals".',
        'no agent may ever be asked for the callers "admission ru" (admission, ru)',
        'no agent may ever be asked for the callers "tech ru" (tech, ru)',
        'no agent may ever be asked for the callers "appeals uz" (appeals, uz)',
        'no agent may ever be asked for the callers "appeals ru" (appeals, ru)',
      ],
    ],
    [
      'settings that would not be saved either',
      { queues: ordinary.queues.map((queue) => ({ ...queue, ringSeconds: 1 })) },
      ['admission', 'tech', 'appeals'].map(
        (queue) => `${queue}, ringSeconds: It must be a whole number from 5 to 120, not 1.`,
      ),
    ],
  ]

  test.each(cases)('%s', (_, differs, problems) => {
    expect(scenarioProblems({ ...ordinary, ...differs })).toEqual(problems)
  })
})

test('with other numbers of agents the groups stay as large beside one another, and none is emptied', () => {
  const groupsOf = (agents: number) => withAgents(ordinary, agents).agents.map((group) => group.agents)
  expect(groupsOf(40)).toEqual(ordinary.agents.map((group) => group.agents))
  expect(groupsOf(80)).toEqual(ordinary.agents.map((group) => 2 * group.agents))
  expect(groupsOf(3)).toEqual([1, 1, 1])
  for (let agents = 3; agents <= 500; agents++) {
    expect(groupsOf(agents).reduce((sum, count) => sum + count, 0)).toBe(agents)
  }
})
