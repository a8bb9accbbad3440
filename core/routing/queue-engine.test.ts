import { describe, expect, test } from 'vitest'
import type { OfferId } from '#core/lib/ids.ts'
import type { QueueSettings } from './queue-settings.ts'
import { agent, call, queue, queueWith, RoutingScript, serves } from './routing-script.ts'

const play = (script: string, ...queues: QueueSettings[]) => new RoutingScript(...queues).play(script)

describe('choosing an agent', () => {
  test('the longest idle agent is offered the call', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      5  rustam is available for admission in uz
      9  c1 arrives at admission in uz
    `),
    ).toEqual([' 9 holdInQueue c1 1', ' 9 offer c1 dilnoza'])
  })

  test('two agents idle since the same moment are asked in the order of their ids', () => {
    expect(
      play(`
      0  rustam is available for admission in uz
      0  dilnoza is available for admission in uz
      9  c1 arrives at admission in uz
    `),
    ).toEqual([' 9 holdInQueue c1 1', ' 9 offer c1 dilnoza'])
  })

  test('an agent is asked only for queues he serves and languages he speaks', () => {
    expect(
      play(`
      0  dilnoza is available for tech in uz,ru
      1  rustam is available for admission in uz
      2  c1 arrives at admission in ru
      3  madina is available for tech,admission in ru
    `),
    ).toEqual([' 2 holdInQueue c1 1', ' 3 offer c1 madina'])
  })

  test('an agent who serves other queues now keeps his place', () => {
    expect(
      play(`
      0  dilnoza is available for tech in uz
      1  rustam is available for admission in uz
      2  dilnoza is available for tech,admission in uz
      3  c1 arrives at admission in uz
    `),
    ).toEqual([' 3 holdInQueue c1 1', ' 3 offer c1 dilnoza'])
  })

  test('an agent who was idle before a restart keeps his place among the idle', () => {
    const told = new RoutingScript()
    told.play('10 rustam is available for admission in uz')
    const dilnoza = serves('dilnoza', 'admission', 'uz')
    told.tell({ type: 'agentBecameAvailable', since: 4_000, ...dilnoza }, 11_000)
    expect(told.play('12 c1 arrives at admission in uz').at(-1)).toBe('12 offer c1 dilnoza')
  })

  test('an agent who has left is offered nothing', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  dilnoza leaves
      2  c1 arrives at admission in uz
    `),
    ).toEqual([' 2 holdInQueue c1 1'])
  })
})

describe('choosing a call', () => {
  test('a free agent takes the call that has waited longest in any of his queues and languages', () => {
    expect(
      play(`
      0  c1 arrives at tech in ru
      1  c2 arrives at admission in uz
      2  c3 arrives at admission in ru
      3  rustam is available for admission in uz,ru
      4  dilnoza is available for tech,admission in ru
    `),
    ).toEqual([
      ' 0 holdInQueue c1 1',
      ' 1 holdInQueue c2 1',
      ' 2 holdInQueue c3 1',
      ' 3 offer c2 rustam',
      ' 4 offer c1 dilnoza',
    ])
  })

  test('positions count the callers of the same queue and language', () => {
    expect(
      play(`
      0  c1 arrives at admission in uz
      1  c2 arrives at admission in ru
      2  c3 arrives at admission in uz
    `),
    ).toEqual([' 0 holdInQueue c1 1', ' 1 holdInQueue c2 1', ' 2 holdInQueue c3 2'])
  })

  test('a call that was waiting before a restart keeps its place', () => {
    const script = new RoutingScript()
    expect(
      script.play(`
      9  c2 arrives at admission in uz
      10 c1 arrives at admission in uz since 3
    `),
    ).toEqual([' 9 holdInQueue c2 1', '10 holdInQueue c1 1'])
    expect(script.engine.positionOf(call('c2'))).toBe(2)
  })
})

describe('an offer', () => {
  test('answered in time connects, and its timer rings in vain', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      5  dilnoza answers c1
      30 time passes
    `),
    ).toEqual([
      ' 1 holdInQueue c1 1',
      ' 1 offer c1 dilnoza',
      ' 5 leaveQueue c1 admission answered',
      ' 5 connect c1 dilnoza',
    ])
  })

  test('asks for a timer of the ring time', () => {
    const { engine } = new RoutingScript(queueWith({ ringSeconds: 15 }))
    engine.handle({ type: 'agentBecameAvailable', ...serves('dilnoza', 'admission', 'uz') }, 0)
    const arrived = {
      type: 'callArrived',
      call: call('c1'),
      queue: queue('admission'),
      language: 'uz',
    } as const
    expect(engine.handle(arrived, 1_000).at(-1)).toEqual({
      do: 'startTimer',
      timer: `ring ${engine.snapshot().offers[0]?.offer}`,
      atMs: 16_000,
    })
  })

  test('that rings too long goes to the next agent, before newer calls, and the agent is unavailable', () => {
    expect(
      play(`
      0  c1 arrives at admission in uz
      2  c2 arrives at admission in uz
      5  dilnoza is available for admission in uz
            30 rustam is available for admission in uz
    `),
    ).toEqual([
      ' 0 holdInQueue c1 1',
      ' 2 holdInQueue c2 2',
      ' 5 offer c1 dilnoza',
      '25 withdrawOffer c1 dilnoza missed',
      '25 makeUnavailable dilnoza missedOffer',
      '30 offer c1 rustam',
    ])
  })

  test('missed goes at once to another idle agent', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  rustam is available for admission in uz
      9  dilnoza misses c1
    `).slice(-2),
    ).toEqual([' 9 makeUnavailable dilnoza missedOffer', ' 9 offer c1 rustam'])
  })

  test('declined makes the agent unavailable and the caller keeps his place', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  c2 arrives at admission in uz
      3  dilnoza declines c1
      4  rustam is available for admission in uz
    `).slice(-2),
    ).toEqual([' 3 makeUnavailable dilnoza declinedOffer', ' 4 offer c1 rustam'])
  })

  test('that a broken line ends is no miss of the agent', () => {
    const twoMisses = queueWith({ missesBeforeUnavailable: 2 })
    expect(
      play(
        `
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  the line of dilnoza fails for c1
      3  dilnoza is available for admission in uz
      9  dilnoza misses c1
      12 dilnoza misses c1
    `,
        twoMisses,
      ).slice(2),
    ).toEqual([
      ' 2 makeUnavailable dilnoza lineFailed',
      ' 3 offer c1 dilnoza',
      ' 9 withdrawOffer c1 dilnoza missed',
      ' 9 offer c1 dilnoza',
      '12 withdrawOffer c1 dilnoza missed',
      '12 makeUnavailable dilnoza missedOffer',
    ])
  })

  test('an agent who may miss two is asked again, but after the others', () => {
    expect(
      play(
        `
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  rustam is available for admission in uz
      9  dilnoza misses c1
      10 c2 arrives at admission in uz
      12 dilnoza answers c2
      13 dilnoza is available for admission in uz
      14 c3 arrives at admission in uz
      20 dilnoza misses c3
    `,
        queueWith({ missesBeforeUnavailable: 2 }),
      ).slice(2),
    ).toEqual([
      ' 9 withdrawOffer c1 dilnoza missed',
      ' 9 offer c1 rustam',
      '10 holdInQueue c2 1',
      '10 offer c2 dilnoza',
      '12 leaveQueue c2 admission answered',
      '12 connect c2 dilnoza',
      '14 holdInQueue c3 1',
      '14 offer c3 dilnoza',
      '20 withdrawOffer c3 dilnoza missed',
      '20 offer c3 dilnoza',
    ])
  })

  test('is withdrawn when the caller hangs up, and the agent is asked for the next call at once', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  c2 arrives at admission in uz
      4  c1 hangs up
    `),
    ).toEqual([
      ' 1 holdInQueue c1 1',
      ' 1 offer c1 dilnoza',
      ' 2 holdInQueue c2 1',
      ' 4 withdrawOffer c1 dilnoza callerHungUp',
      ' 4 leaveQueue c1 admission shortAbandoned',
      ' 4 offer c2 dilnoza',
    ])
  })

  test('withdrawn costs the agent nothing: he keeps his place among the idle', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  rustam is available for admission in uz
      4  c1 hangs up
      5  c2 arrives at admission in uz
    `).at(-1),
    ).toBe(' 5 offer c2 dilnoza')
  })

  test('is withdrawn when the agent leaves, and the caller goes to the head', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  c2 arrives at admission in uz
      3  dilnoza leaves
      4  rustam is available for admission in uz
    `).slice(-2),
    ).toEqual([' 3 withdrawOffer c1 dilnoza agentLeft', ' 4 offer c1 rustam'])
  })
})

describe('what crosses on the wire is logged and changes nothing', () => {
  test.each([
    [
      'an answer after the caller hung up',
      '4 c1 hangs up',
      '4 dilnoza answers c1',
      'agentAnswered offerIsOver',
    ],
    ['a second answer', '4 dilnoza answers c1', '4 dilnoza answers c1', 'agentAnswered offerIsOver'],
    [
      'a refusal after the ring time',
      '21 time passes',
      '21 dilnoza declines c1',
      'agentDeclinedOffer offerIsOver',
    ],
    ['an answer by another agent', '3 c2 hangs up', '4 rustam answers c1', 'agentAnswered offerIsOver'],
    ['a second hang-up', '4 c1 hangs up', '4 c1 hangs up', 'callerHungUp callIsUnknown'],
    [
      'the same call arriving again',
      '3 c2 hangs up',
      '4 c1 arrives at admission in uz',
      'callArrived callIsKnown',
    ],
    [
      'an agent available while an offer rings',
      '3 c2 hangs up',
      '4 dilnoza is available for admission in uz',
      'agentBecameAvailable agentHasOffer',
    ],
    ['an agent leaving twice', '4 dilnoza leaves', '5 dilnoza leaves', 'agentLeft agentIsUnknown'],
  ])('%s', (_, first, second, ignored) => {
    const before = `
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      2  c2 arrives at admission in uz
      ${first}`
    const told = new RoutingScript()
    told.play(before)
    const snapshot = JSON.stringify(told.engine.snapshot())
    expect(told.play(second).map((line) => line.slice(3))).toEqual([`logIgnored ${ignored}`])
    expect(JSON.stringify(told.engine.snapshot())).toBe(snapshot)
  })
})

test('what is ignored is logged with how the call and the agent stand', () => {
  const told = new RoutingScript()
  told.play(`
    0 dilnoza is available for admission in uz
    1 c1 arrives at admission in uz
    2 dilnoza answers c1`)
  const late = { agent: agent('dilnoza'), offer: 'over' as OfferId }
  expect(told.engine.handle({ type: 'agentAnswered', ...late }, 3_000)).toEqual([
    { do: 'logIgnored', event: 'agentAnswered', because: 'offerIsOver', ...late, agentIs: 'busy' },
  ])
  const gone = { call: call('c1'), callIs: 'notHere' }
  expect(told.engine.handle({ type: 'callerHungUp', call: call('c1') }, 4_000)).toEqual([
    { do: 'logIgnored', event: 'callerHungUp', because: 'callIsUnknown', ...gone },
  ])
})

test('a caller being offered is at position 0, and nobody else counts him', () => {
  const told = new RoutingScript()
  told.play(`
    0  dilnoza is available for admission in uz
    1  c1 arrives at admission in uz
    2  c2 arrives at admission in uz
    3  c3 arrives at admission in ru
    4  c4 arrives at admission in uz
  `)
  const { engine } = told
  const positions = ['c1', 'c2', 'c3', 'c4', 'c5'].map((name) => engine.positionOf(call(name)))
  expect(positions).toEqual([0, 1, 1, 2, undefined])
  expect(engine.waitingIn(queue('admission')).map((waiting) => waiting.call)).toEqual(['c2', 'c3', 'c4'])
})
