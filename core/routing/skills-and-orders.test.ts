/** Who is asked: by skills that relax, by the order of the queue, by priority, and by whom a caller knows already. */
import { describe, expect, test } from 'vitest'
import type { SkillId } from '#core/lib/ids.ts'
import { RING_ALL_MAX } from './choose-agents.ts'
import { DEFAULT_ROUTING_SETTINGS } from './queue-settings.ts'
import { call, queueWith, RoutingScript, serves } from './routing-script.ts'
import { CALLERS_LANGUAGE, type SkillRules } from './skill-rules.ts'

/** `wait < 60 s: language ≥ 80; then language ≥ 40; then any` */
const RELAXING: SkillRules = [
  { fromSeconds: 0, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 80 }] },
  { fromSeconds: 60, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 40 }] },
  { fromSeconds: 120, needs: [] },
]

describe('skills', () => {
  test('a rule relaxes while the caller waits, and the idle agent is asked in that very second', () => {
    const told = new RoutingScript(queueWith({ skills: RELAXING }))
    expect(
      told.play(`
      0   rustam is available for admission in uz,ru:50
      1   c1 arrives at admission in ru
      200 time passes
    `),
    ).toEqual([
      ' 1 holdInQueue c1 1',
      '61 offer c1 rustam',
      '81 withdrawOffer c1 rustam missed',
      '81 makeUnavailable rustam missedOffer',
    ])
  })

  test('a timer that rings early is asked for again, and the rule relaxes when its time has come', () => {
    const told = new RoutingScript(queueWith({ skills: RELAXING }))
    told.play(`
      0 rustam is available for admission in uz,ru:50
      1 c1 arrives at admission in ru`)
    const early = told.engine.handle(told.firstTimer('look'), 60_998)
    expect(early).toMatchObject([{ do: 'startTimer', atMs: 61_000 }])
    expect(told.play('61 time passes')).toEqual(['61 offer c1 rustam'])
  })

  test('a clock that was set back makes nobody good enough who was not', () => {
    const told = new RoutingScript(queueWith({ skills: RELAXING }))
    expect(
      told.play(`
      0 rustam is available for admission in uz,ru:50
      1 c1 arrives at admission in ru since 9`),
    ).toEqual([' 1 holdInQueue c1 1'])
  })

  test('whoever is good enough now is asked before a better one who is free longer would have been', () => {
    const told = new RoutingScript(queueWith({ skills: RELAXING }))
    expect(
      told.play(`
      0  weak is available for admission in ru:50
      1  good is available for admission in ru:80
      2  c1 arrives at admission in ru
    `),
    ).toEqual([' 2 holdInQueue c1 1', ' 2 offer c1 good'])
  })

  test('any means anybody who serves the queue, and nobody else', () => {
    const told = new RoutingScript(queueWith({ skills: RELAXING }))
    expect(
      told
        .play(`
      0   stranger is available for tech in ru
      0   silent is available for admission in uz
      1   c1 arrives at admission in ru
      140 time passes
    `)
        .slice(0, 2),
    ).toEqual([' 1 holdInQueue c1 1', '121 offer c1 silent'])
  })

  test('a skill that is no language counts the same', () => {
    const appeals = { skill: 'appeals' as SkillId, atLeast: 60 }
    const told = new RoutingScript(queueWith({ skills: [{ fromSeconds: 0, needs: [appeals] }] }))
    expect(
      told.play(`
      0  rustam is available for admission in uz,appeals:59
      1  c1 arrives at admission in uz
      2  madina is available for admission in uz,appeals:60
    `),
    ).toEqual([' 1 holdInQueue c1 1', ' 2 offer c1 madina'])
  })
})

describe('orders', () => {
  const agents = `
      0  anna is available for admission in uz:50
      1  boris is available for admission in uz:90
      2  vali is available for admission in uz:90`

  test('best skill first, and of two equals the one who is idle longer', () => {
    const told = new RoutingScript(queueWith({ order: 'bestSkill' }))
    expect(told.play(`${agents}\n 3 c1 arrives at admission in uz`).at(-1)).toBe(' 3 offer c1 boris')
  })

  test('fewest calls first, counted since signing on', () => {
    const told = new RoutingScript(queueWith({ order: 'fewestCalls' }))
    expect(
      told
        .play(`${agents}
      3  c1 arrives at admission in uz
      4  anna answers c1
      5  anna is available for admission in uz:50
      6  c2 arrives at admission in uz
      7  boris answers c2
      8  c3 arrives at admission in uz
      9  vali answers c3
      10 c4 arrives at admission in uz`)
        .filter((line) => line.includes('offer')),
    ).toEqual([' 3 offer c1 anna', ' 6 offer c2 boris', ' 8 offer c3 vali', '10 offer c4 anna'])
  })

  test('fewest calls first: what each has answered before a restart counts', () => {
    const told = new RoutingScript(queueWith({ order: 'fewestCalls' }))
    for (const [name, answered] of [
      ['anna', 3],
      ['boris', 1],
      ['vali', 2],
    ] as const)
      told.tell({ type: 'agentSignedOn', ...serves(name, 'admission', 'uz'), answered }, 0)
    const said = told.play(`${agents}
      3  c1 arrives at admission in uz
      4  boris answers c1
      5  c2 arrives at admission in uz
      6  vali answers c2
      7  vali is available for admission in uz
      8  boris is available for admission in uz
      9  c3 arrives at admission in uz`)
    const offered = said.filter((line) => line.includes('offer'))
    expect(offered).toEqual([' 3 offer c1 boris', ' 5 offer c2 vali', ' 9 offer c3 boris'])
  })

  test('ring all asks everybody; the first to accept has it and the others are free at their places', () => {
    const told = new RoutingScript(queueWith({ order: 'ringAll' }))
    expect(
      told.play(`${agents}
      3  c1 arrives at admission in uz
      5  boris answers c1
      6  c2 arrives at admission in uz`),
    ).toEqual([
      ' 3 holdInQueue c1 1',
      ' 3 offer c1 anna',
      ' 3 offer c1 boris',
      ' 3 offer c1 vali',
      ' 5 withdrawOffer c1 anna takenByAnother',
      ' 5 withdrawOffer c1 vali takenByAnother',
      ' 5 leaveQueue c1 admission answered',
      ' 5 connect c1 boris',
      ' 6 holdInQueue c2 1',
      ' 6 offer c2 anna',
      ' 6 offer c2 vali',
    ])
  })

  test('of several who are free again at once, the order of the next queue says who is asked', () => {
    const told = new RoutingScript(
      queueWith({ order: 'bestSkill' }),
      queueWith({ order: 'ringAll' }, 'trust'),
    )
    const said = told.play(`
      0  anna is available for trust,admission in uz:50
      1  boris is available for trust,admission in uz:90
      2  c1 arrives at trust in uz
      3  c2 arrives at admission in uz
      4  c1 hangs up`)
    expect(said.at(-1)).toBe(' 4 offer c2 boris')
  })

  test('ring all: no more phones ring than can be rung at once, whenever their agents become free', () => {
    const told = new RoutingScript(queueWith({ order: 'ringAll' }))
    const free = (from: number, to: number) => {
      for (let n = from; n < to; n++) told.play(`1 a${n} is available for admission in uz`)
    }
    free(0, RING_ALL_MAX - 1)
    told.play('2 c1 arrives at admission in uz')
    free(RING_ALL_MAX - 1, RING_ALL_MAX + 5)
    const { offers, idle } = told.engine.snapshot()
    expect([offers.length, idle.length]).toEqual([RING_ALL_MAX, 5])
  })

  test('ring all: whoever becomes free while it rings is asked too', () => {
    const told = new RoutingScript(queueWith({ order: 'ringAll' }))
    expect(
      told.play(`
      0  anna is available for admission in uz
      1  c1 arrives at admission in uz
      4  boris is available for admission in uz
      5  boris answers c1`),
    ).toEqual([
      ' 1 holdInQueue c1 1',
      ' 1 offer c1 anna',
      ' 4 offer c1 boris',
      ' 5 withdrawOffer c1 anna takenByAnother',
      ' 5 leaveQueue c1 admission answered',
      ' 5 connect c1 boris',
    ])
  })

  test('ring all: the caller waits on only when the last who was asked has not answered', () => {
    const told = new RoutingScript(queueWith({ order: 'ringAll' }))
    told.play(`${agents}
      3  c1 arrives at admission in uz
      4  anna declines c1
      5  boris misses c1`)
    expect(told.engine.positionOf(call('c1'))).toBe(0)
    told.play('6 the line of vali fails for c1')
    expect(told.engine.positionOf(call('c1'))).toBe(1)
  })
})

describe('priority', () => {
  test('is a head start of two minutes a step: it passes those who came shortly before, and nobody starves', () => {
    const told = new RoutingScript()
    expect(
      told
        .play(`
      0   old arrives at admission in uz
      100 new arrives at admission in uz
      130 urgent arrives at admission in uz with priority 1
      131 a1 is available for admission in uz
      132 a2 is available for admission in uz
      133 a3 is available for admission in uz`)
        .filter((line) => line.includes('offer')),
    ).toEqual(['131 offer old a1', '132 offer urgent a2', '133 offer new a3'])
  })

  test.each([1, 2, 9])(
    'of an endless flow of callers %i steps above him nobody passes who came later than his head start is worth',
    (steps) => {
      const told = new RoutingScript()
      const headStartSeconds = steps * DEFAULT_ROUTING_SETTINGS.headStartSeconds
      told.play('0 low arrives at admission in uz')
      // More come than one agent can take: each of them would go first if a priority were a right of way.
      let second = 0
      const flow = () => {
        for (let n = 0; n < 2; n++)
          told.play(`${++second} high${second} arrives at admission in uz with priority ${steps}`)
        const said = told.play(`${second} rustam is available for admission in uz`)
        const offered =
          said
            .find((line) => line.includes('offer'))
            ?.split(' ')
            .at(-2) ?? ''
        told.play(`${second} rustam answers ${offered}`)
        return offered
      }
      const served: string[] = []
      for (let turn = 0; turn < 2 * headStartSeconds && !served.includes('low'); turn++) served.push(flow())
      // All who came within the head start, and nobody else.
      const before = served.slice(0, -1).map((name) => Number(name.replace('high', '')))
      expect(served.at(-1)).toBe('low')
      expect(before).toEqual(Array.from({ length: headStartSeconds - 1 }, (_, n) => n + 1))
    },
  )

  test('positions count everybody whose turn comes before', () => {
    const told = new RoutingScript()
    expect(
      told.play(`
      100 c1 arrives at admission in uz
      110 c2 arrives at admission in uz with priority 2
      111 c3 arrives at admission in uz`),
    ).toEqual(['100 holdInQueue c1 1', '110 holdInQueue c2 1', '111 holdInQueue c3 3'])
    expect(told.engine.positionOf(call('c1'))).toBe(2)
  })
})

describe('a repeat caller', () => {
  const twoFree = `
      0  dilnoza is available for admission in uz
      1  rustam is available for admission in uz`

  test('goes to the agent he spoke with when that one is free', () => {
    const told = new RoutingScript()
    expect(told.play(`${twoFree}\n 2 c1 arrives at admission in uz last rustam`).at(-1)).toBe(
      ' 2 offer c1 rustam',
    )
  })

  test('rings everywhere, where all are asked at once', () => {
    const told = new RoutingScript(queueWith({ order: 'ringAll' }))
    const said = told.play(`
      0  anna is available for admission in uz
      1  boris is available for admission in uz
      2  c1 arrives at admission in uz last boris`)
    expect(said.filter((line) => line.includes('offer'))).toEqual([' 2 offer c1 anna', ' 2 offer c1 boris'])
  })

  test('else goes one step up', () => {
    const told = new RoutingScript()
    told.play(`
      0  first arrives at admission in uz
      60 again arrives at admission in uz last rustam`)
    expect(told.engine.positionOf(call('again'))).toBe(1)
  })

  test.each([
    ['misses the offer', '62 rustam misses again'],
    ['declines it', '62 rustam declines again'],
    ['lets it ring', '90 time passes'],
  ])('goes one step up when the agent he spoke with %s', (_what, then) => {
    const told = new RoutingScript()
    told.play(`
      0  first arrives at admission in uz
      60 rustam is available for admission in ru
      61 again arrives at admission in ru last rustam
      ${then}`)
    expect(told.play('100 dilnoza is available for admission in uz,ru').at(-1)).toBe(
      '100 offer again dilnoza',
    )
  })
})

describe('a transfer to one agent', () => {
  test('is offered to nobody else while that one may still come', () => {
    const told = new RoutingScript()
    expect(
      told.play(`
      0  dilnoza signs on for tech in uz
      1  rustam is available for admission in uz
      2  c1 arrives at admission in uz only dilnoza
      9  dilnoza is available for tech in uz`),
    ).toEqual([' 2 holdInQueue c1 1 only dilnoza', ' 9 offer c1 dilnoza'])
  })

  test('goes to anybody of its queue when he does not come, has missed it, or signs off', () => {
    const scripts = [
      '33 time passes',
      '3 dilnoza is available for tech in uz\n 4 dilnoza declines c1',
      '3 dilnoza signs off',
    ]
    for (const then of scripts) {
      const told = new RoutingScript()
      const said = told.play(`
      0  dilnoza signs on for tech in uz
      1  rustam is available for admission in uz
      2  c1 arrives at admission in uz only dilnoza
      ${then}`)
      expect(said.at(-1), then).toMatch(/offer c1 rustam$/)
    }
  })

  test('comes before whoever waits longer, also when it is of a queue that he does not serve', () => {
    const told = new RoutingScript()
    const said = told.play(`
      0  dilnoza signs on for tech in uz
      1  c1 arrives at tech in uz
      2  c2 arrives at admission in uz only dilnoza
      9  dilnoza is available for tech in uz`)
    expect(said.at(-1)).toBe(' 9 offer c2 dilnoza')
  })

  test('is not kept, when it is anybody’s, in a queue that nobody serves', () => {
    const told = new RoutingScript(queueWith({ nobodyOnDuty: { then: { do: 'takeMessage' } } }))
    const said = told.play(`
      0  dilnoza signs on for tech in uz
      2  c1 arrives at admission in uz only dilnoza
      40 time passes`)
    expect(said.slice(1)).toEqual(['32 openToAll c1', '32 leaveQueue c1 admission closed takeMessage'])
  })

  test.each([
    ['he does not come in time', '33 time passes'],
    ['he has missed it', '3 dilnoza is available for tech in uz\n23 time passes'],
    ['his line is broken', '3 dilnoza is available for tech in uz\n4 the line of dilnoza fails for c1'],
    ['he signs off', '3 dilnoza signs off'],
  ])('is said to be anybody’s, once, when %s', (_why, then) => {
    const told = new RoutingScript()
    const said = told.play(`
      0  dilnoza signs on for tech in uz
      2  c1 arrives at admission in uz only dilnoza
      ${then}
      90 time passes`)
    expect(said.filter((line) => line.includes('openToAll'))).toHaveLength(1)
  })

  test('that was never for one alone is not said to be', () => {
    const told = new RoutingScript()
    const said = told.play(`
      1  rustam is available for admission in uz
      2  c1 arrives at admission in uz
      3  rustam declines c1`)
    expect(said.join()).not.toContain('openToAll')
  })

  test('to one who has signed off already goes to his queue at once', () => {
    const told = new RoutingScript()
    expect(
      told.play(`
      1  rustam is available for admission in uz
      2  c1 arrives at admission in uz only dilnoza`),
    ).toEqual([' 2 holdInQueue c1 1', ' 2 offer c1 rustam'])
  })
})
