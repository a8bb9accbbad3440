import { describe, expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { QueueEngine } from './queue-engine.ts'
import {
  DEFAULT_ROUTING_SETTINGS,
  type RoutingCommand,
  type RoutingEvent,
  type RoutingSettings,
} from './routing-events.ts'

const call = (name: string) => name as CallId
const agent = (name: string) => name as AgentId

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
    const engine = new QueueEngine()
    engine.handle({ type: 'callArrived', call: call('c2'), queue: 'q' as QueueId, language: 'uz' }, 9_000)
    const readopted = engine.handle(
      { type: 'callArrived', call: call('c1'), queue: 'q' as QueueId, language: 'uz', since: 3_000 },
      10_000,
    )
    expect(readopted).toEqual([{ do: 'holdInQueue', call: 'c1', queue: 'q', position: 1 }])
    expect(engine.positionOf(call('c2'))).toBe(2)
  })
})

describe('an offer', () => {
  test('answered in time connects, and its timer rings in vain', () => {
    expect(
      play(`
      0  dilnoza is available for admission in uz
      1  c1 arrives at admission in uz
      5  dilnoza answers c1
      21 the timer of c1 rings
    `),
    ).toEqual([' 1 holdInQueue c1 1', ' 1 offer c1 dilnoza', ' 5 connect c1 dilnoza'])
  })

  test('asks for a timer of the ring time', () => {
    const engine = new QueueEngine({ ...DEFAULT_ROUTING_SETTINGS, ringSeconds: 15 })
    engine.handle(available('dilnoza', 'q', 'uz'), 0)
    const commands = engine.handle(
      { type: 'callArrived', call: call('c1'), queue: 'q' as QueueId, language: 'uz' },
      1_000,
    )
    expect(commands.at(-1)).toEqual({
      do: 'startTimer',
      timer: engine.offerTo(agent('dilnoza'))?.offer,
      atMs: 16_000,
    })
  })

  test('that rings too long goes to the next agent, before newer calls, and the agent is unavailable', () => {
    expect(
      play(`
      0  c1 arrives at admission in uz
      2  c2 arrives at admission in uz
      5  dilnoza is available for admission in uz
      25 the timer of c1 rings
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
    const twoMisses = { ...DEFAULT_ROUTING_SETTINGS, missesBeforeUnavailable: 2 }
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
      ' 9 offer c1 dilnoza',
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
        { ...DEFAULT_ROUTING_SETTINGS, missesBeforeUnavailable: 2 },
      ).slice(2),
    ).toEqual([
      ' 9 offer c1 rustam',
      '10 holdInQueue c2 1',
      '10 offer c2 dilnoza',
      '12 connect c2 dilnoza',
      '14 holdInQueue c3 1',
      '14 offer c3 dilnoza',
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
      '21 the timer of c1 rings',
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
    const engine = new QueueEngine()
    play(before, DEFAULT_ROUTING_SETTINGS, engine)
    const snapshot = JSON.stringify(engine.snapshot())
    expect(play(second, DEFAULT_ROUTING_SETTINGS, engine).map((line) => line.slice(3))).toEqual([
      `logIgnored ${ignored}`,
    ])
    expect(JSON.stringify(engine.snapshot())).toBe(snapshot)
  })
})

test('a caller being offered is at position 0, and nobody else counts him', () => {
  const engine = new QueueEngine()
  play(
    `
    0  dilnoza is available for admission in uz
    1  c1 arrives at admission in uz
    2  c2 arrives at admission in uz
    3  c3 arrives at admission in ru
    4  c4 arrives at admission in uz
  `,
    DEFAULT_ROUTING_SETTINGS,
    engine,
  )
  expect(['c1', 'c2', 'c3', 'c4', 'c5'].map((name) => engine.positionOf(call(name)))).toEqual([
    0,
    1,
    1,
    2,
    undefined,
  ])
  expect(engine.waitingIn('admission' as QueueId).map((waiting) => waiting.call)).toEqual(['c2', 'c3', 'c4'])
})

/** Plays a script of lines `second what happens` and writes down the commands, one line each; timers are left out. */
function play(
  script: string,
  settings: RoutingSettings = DEFAULT_ROUTING_SETTINGS,
  engine = new QueueEngine(settings),
): string[] {
  return script
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, second = '', what = ''] = /^\s*(\d+)\s+(.+?)\s*$/.exec(line) ?? []
      const commands = engine.handle(eventOf(what, engine), Number(second) * 1000)
      return commands
        .filter(({ do: done }) => done !== 'startTimer')
        .map((command) => `${second.padStart(2)} ${inWords(command)}`)
    })
}

const lastOffers = new WeakMap<QueueEngine, Map<string, OfferId>>()

function eventOf(what: string, engine: QueueEngine): RoutingEvent {
  const offers = lastOffers.get(engine) ?? new Map<string, OfferId>()
  lastOffers.set(engine, offers)
  for (const { offer, waiting } of engine.snapshot().offers) offers.set(waiting.call, offer)
  const offerOf = (name: string) => offers.get(name) ?? (`none for ${name}` as OfferId)

  const [a = '', b = '', c = '', d = '', e = '', f = '', g = ''] = what.split(/\s+/)
  if (b === 'arrives')
    return { type: 'callArrived', call: call(a), queue: d as QueueId, language: f as CallLanguage }
  if (b === 'hangs') return { type: 'callerHungUp', call: call(a) }
  if (b === 'is') return available(a, e, g)
  if (b === 'leaves') return { type: 'agentLeft', agent: agent(a) }
  if (b === 'answers') return { type: 'agentAnswered', agent: agent(a), offer: offerOf(c) }
  if (b === 'misses') return { type: 'agentMissedOffer', agent: agent(a), offer: offerOf(c) }
  if (b === 'declines') return { type: 'agentDeclinedOffer', agent: agent(a), offer: offerOf(c) }
  if (b === 'timer') return { type: 'timerRang', timer: offerOf(d) }
  if (b === 'line') return { type: 'offerFailed', agent: agent(d), offer: offerOf(g), cause: 'noLine' }
  throw new Error(`Not an event: ${what}`)
}

function available(name: string, queues: string, languages: string): RoutingEvent {
  return {
    type: 'agentBecameAvailable',
    agent: agent(name),
    queues: queues.split(',') as QueueId[],
    languages: languages.split(',') as CallLanguage[],
  }
}

function inWords(command: RoutingCommand): string {
  const { do: done, ...rest } = command
  if (command.do === 'holdInQueue') return `${done} ${command.call} ${command.position}`
  if (command.do === 'logIgnored') return `${done} ${command.event} ${command.because}`
  const { call = '', agent = '', cause = '' } = rest as { call?: string; agent?: string; cause?: string }
  return [done, call, agent, cause].filter(Boolean).join(' ')
}
