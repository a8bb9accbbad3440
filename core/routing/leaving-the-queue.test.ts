/** Every call leaves its queue for exactly one reason, and the sums say which. */
import { describe, expect, test } from 'vitest'
import { call, queue, queueWith, RoutingScript, serves } from './routing-script.ts'
import { QUEUE_EXITS } from './routing-events.ts'
import { CALLERS_LANGUAGE } from './skill-rules.ts'

/** The epoch's first day was a Thursday; 05:00 in Tashkent at second 0. */
const hoursUntil = (second: number, atClosing: 'serve' | 'sendAway') => {
  const week = [{ days: [4], fromMinute: 0, toMinute: 300 + second / 60 }]
  return queueWith({ hours: { open: { week, closedOn: [] }, then: toMessage, atClosing } })
}

const toMessage = { do: 'takeMessage' } as const
const toGeneral = { do: 'overflow', to: queue('general') } as const

describe('a full queue', () => {
  const full = (then: typeof toMessage | typeof toGeneral) => queueWith({ full: { waitingMax: 1, then } })

  test('asks one more caller for a message', () => {
    const told = new RoutingScript(full(toMessage))
    expect(
      told.play(`
      0  c1 arrives at admission in uz
      1  c2 arrives at admission in uz`),
    ).toEqual([' 0 holdInQueue c1 1', ' 1 leaveQueue c2 admission saturated takeMessage'])
  })

  test('counts who is on the line, whomever he waits for, and no callbacks', () => {
    const told = new RoutingScript(queueWith({ full: { waitingMax: 2, then: toMessage } }))
    expect(
      told.play(`
      0  rustam signs on for tech in uz
      0  b1 arrives at admission in uz callback
      0  b2 arrives at admission in uz callback
      1  c1 arrives at admission in uz
      2  c2 arrives at admission in uz only rustam
      3  c3 arrives at admission in uz
      4  c1 hangs up
      5  c4 arrives at admission in uz`),
    ).toEqual([
      ' 0 holdInQueue b1 1',
      ' 0 holdInQueue b2 2',
      ' 1 holdInQueue c1 3',
      ' 2 holdInQueue c2 1 only rustam',
      ' 3 leaveQueue c3 admission saturated takeMessage',
      ' 4 leaveQueue c1 admission shortAbandoned',
      ' 5 holdInQueue c4 3',
    ])
  })

  test('takes one more if somebody is free for him', () => {
    const told = new RoutingScript(full(toMessage))
    expect(
      told
        .play(`
      0  c1 arrives at admission in uz
      1  rustam is available for admission in ru
      2  c2 arrives at admission in ru`)
        .at(-1),
    ).toBe(' 2 offer c2 rustam')
  })

  test('sends him to another queue, where he keeps the moment from which he has waited', () => {
    const told = new RoutingScript(full(toGeneral))
    expect(
      told.play(`
      0  c1 arrives at admission in uz
      5  g1 arrives at general in uz
      9  c2 arrives at admission in uz since 3`),
    ).toEqual([
      ' 0 holdInQueue c1 1',
      ' 5 holdInQueue g1 1',
      ' 9 leaveQueue c2 admission overflowed',
      ' 9 holdInQueue c2 1',
    ])
  })
})

describe('waiting too long', () => {
  test('ends in the other queue at that very second', () => {
    const told = new RoutingScript(queueWith({ tooLong: { waitSecondsMax: 60, then: toGeneral } }))
    expect(
      told.play(`
      0  rustam is available for general in uz
      1  c1 arrives at admission in uz
      70 time passes`),
    ).toEqual([
      ' 1 holdInQueue c1 1',
      '61 leaveQueue c1 admission overflowed',
      '61 holdInQueue c1 1',
      '61 offer c1 rustam',
    ])
  })

  test('does not take away a call that rings; if nobody answers, it ends then', () => {
    const told = new RoutingScript(queueWith({ tooLong: { waitSecondsMax: 60, then: toMessage } }))
    expect(
      told
        .play(`
      0  c1 arrives at admission in uz
      50 rustam is available for admission in uz
      80 time passes`)
        .slice(1),
    ).toEqual([
      '50 offer c1 rustam',
      '70 withdrawOffer c1 rustam missed',
      '70 makeUnavailable rustam missedOffer',
      '70 leaveQueue c1 admission timedOut takeMessage',
    ])
  })

  test('counts for the stay in this queue, not for one that is over', () => {
    const told = new RoutingScript(queueWith({ tooLong: { waitSecondsMax: 60, then: toMessage } }))
    expect(
      told
        .play(`
      0   c1 arrives at admission in uz
      30  rustam is available for admission in uz
      31  rustam answers c1
      50  c1 arrives at admission in uz
      100 time passes`)
        .at(-1),
    ).toBe('50 holdInQueue c1 1')
  })
})

test('a call that rings when the queue closes is sent away if nobody answers it', () => {
  const told = new RoutingScript(hoursUntil(60, 'sendAway'))
  expect(
    told.play(`
    10 c1 arrives at admission in uz
    50 rustam is available for admission in uz
    80 time passes`),
  ).toEqual([
    '10 holdInQueue c1 1',
    '50 offer c1 rustam',
    '70 withdrawOffer c1 rustam missed',
    '70 makeUnavailable rustam missedOffer',
    '70 leaveQueue c1 admission closed takeMessage',
  ])
})

describe('nobody on duty', () => {
  const told = () => new RoutingScript(queueWith({ nobodyOnDuty: { then: toMessage } }))

  test('a caller is not kept waiting for nobody', () => {
    expect(told().play('0 c1 arrives at admission in uz')).toEqual([
      ' 0 leaveQueue c1 admission closed takeMessage',
    ])
  })

  test('on a break is on duty', () => {
    expect(
      told().play(`
      0  rustam signs on for admission in uz
      1  c1 arrives at admission in uz`),
    ).toEqual([' 1 holdInQueue c1 1'])
  })

  test('when the last one serves something else from now on, those who wait are sent away', () => {
    expect(
      told()
        .play(`
      0  rustam signs on for admission in uz
      1  c1 arrives at admission in uz
      9  rustam signs on for tech in uz`)
        .at(-1),
    ).toBe(' 9 leaveQueue c1 admission closed takeMessage')
  })

  test('whoever is passed on to where the last one serves now comes before those who came there later', () => {
    const toTech = { nobodyOnDuty: { then: { do: 'overflow', to: queue('tech') } } } as const
    for (const status of ['signs on', 'is available']) {
      const told = new RoutingScript(queueWith(toTech))
      told.play(`
        0  rustam ${status} for admission in ru
        1  early arrives at admission in uz
        5  late arrives at tech in uz`)
      expect(told.play('9 rustam is available for tech in uz'), status).toEqual([
        ' 9 leaveQueue early admission overflowed',
        ' 9 holdInQueue early 1',
        ' 9 offer early rustam',
      ])
    }
  })

  test('when the last one signs off, those who wait are sent away', () => {
    expect(
      told()
        .play(`
      0  rustam signs on for admission in uz
      1  c1 arrives at admission in uz
      9  rustam signs off`)
        .at(-1),
    ).toBe(' 9 leaveQueue c1 admission closed takeMessage')
  })
})

describe('opening hours', () => {
  const hours = (atClosing: 'serve' | 'sendAway') => hoursUntil(60, atClosing)

  test('outside them nobody is let in', () => {
    expect(new RoutingScript(hours('serve')).play('90 c1 arrives at admission in uz')).toEqual([
      '90 leaveQueue c1 admission closed takeMessage',
    ])
  })

  test('outside them nobody is let in because the agent he spoke with is free', () => {
    const told = new RoutingScript(hours('serve'))
    expect(
      told.play(`
      80 rustam is available for admission in uz
      90 c1 arrives at admission in uz last rustam`),
    ).toEqual(['90 leaveQueue c1 admission closed takeMessage'])
  })

  test.each([
    ['sendAway', ['10 holdInQueue c1 1', '60 leaveQueue c1 admission closed takeMessage']],
    ['serve', ['10 holdInQueue c1 1', '95 offer c1 rustam']],
  ] as const)('at closing time those who wait: %s', (atClosing, said) => {
    const told = new RoutingScript(hours(atClosing))
    expect(
      told.play(`
      10 c1 arrives at admission in uz
      95 rustam is available for admission in uz`),
    ).toEqual(said)
  })
})

test('queues that pass a caller on in a circle end in a message, not in a circle', () => {
  const sendOn = (name: string, to: string) =>
    queueWith({ full: { waitingMax: 0, then: { do: 'overflow', to: queue(to) } } }, name)
  const said = new RoutingScript(sendOn('a', 'b'), sendOn('b', 'a')).play('0 c1 arrives at a in uz')
  expect(said.filter((line) => line.endsWith('overflowed'))).toHaveLength(8)
  expect(said.at(-1)).toBe(' 0 leaveQueue c1 a saturated takeMessage')
})

test('a callback keeps the place of its caller, is no caller itself, and leaves no queue twice', () => {
  const told = new RoutingScript()
  expect(
    told.play(`
    0  c1 arrives at admission in uz
    5  c2 arrives at admission in uz
    9  c1 wants to be called back
    9  b1 arrives at admission in uz since 0 callback
    20 rustam is available for admission in uz
    21 rustam answers b1`),
  ).toEqual([
    ' 0 holdInQueue c1 1',
    ' 5 holdInQueue c2 2',
    ' 9 leaveQueue c1 admission calledBack',
    ' 9 holdInQueue b1 1',
    '20 offer b1 rustam',
    '21 connect b1 rustam',
  ])
  expect(told.engine.counts().get(queue('admission'))).toMatchObject({
    offered: 2,
    calledBack: 1,
    answered: 0,
    waiting: 1,
  })
})

test('a caller who leaves within five seconds is counted apart', () => {
  const told = new RoutingScript()
  told.play(`
    0  c1 arrives at admission in uz
    4  c1 hangs up
    5  c2 arrives at admission in uz
    10 c2 hangs up
    11 c3 arrives at admission in uz
    12 c3 leaves a message`)
  const counts = told.engine.counts().get(queue('admission'))
  expect(counts).toMatchObject({ offered: 3, shortAbandoned: 1, abandoned: 1, messageLeft: 1, waiting: 0 })
  expect(QUEUE_EXITS.reduce((sum, exit) => sum + (counts?.[exit] ?? 0), 0)).toBe(3)
})

describe('the expected wait', () => {
  test('grows with the place and shrinks with those at work; a break is no work', () => {
    const told = new RoutingScript(queueWith({ expectedHandleSeconds: 100 }))
    told.play(`
      0  a1 is available for admission in uz
      0  a2 is available for admission in uz
      1  t1 arrives at admission in uz
      1  t2 arrives at admission in uz
      2  a1 answers t1
      2  a2 answers t2
      3  c1 arrives at admission in uz
      3  c2 arrives at admission in uz`)
    expect(told.engine.expectedWaitMs(call('c1'), 3000)).toBe(50_000)
    expect(told.engine.expectedWaitMs(call('c2'), 4000)).toBe(100_000)
    told.play('4 a2 leaves')
    expect(told.engine.expectedWaitMs(call('c2'), 4000)).toBeGreaterThan(160_000)
  })

  test('is not told where nobody is at work', () => {
    const told = new RoutingScript()
    told.play('0 c1 arrives at admission in uz')
    expect(told.engine.expectedWaitMs(call('c1'), 1000)).toBeUndefined()
  })

  test('counts on whoever has a call of before a restart, until he leaves', () => {
    const told = new RoutingScript(queueWith({ expectedHandleSeconds: 100 }))
    told.tell({ type: 'agentSignedOn', ...serves('a1', 'admission', 'uz'), isBusy: true }, 0)
    told.play('1 c1 arrives at admission in uz')
    expect(told.engine.expectedWaitMs(call('c1'), 1000)).toBe(100_000)
    told.play('2 a1 leaves')
    expect(told.engine.expectedWaitMs(call('c1'), 2000)).toBeUndefined()
    expect(told.play('3 a1 is available for admission in uz')).toEqual([' 3 offer c1 a1'])
  })

  test('follows how long calls really take', () => {
    const told = new RoutingScript(queueWith({ expectedHandleSeconds: 100 }))
    for (let n = 0; n < 60; n++)
      told.play(`
      ${n * 40} a1 is available for admission in uz
      ${n * 40} t${n} arrives at admission in uz
      ${n * 40} a1 answers t${n}`)
    told.play('2390 c1 arrives at admission in uz')
    const ms = told.engine.expectedWaitMs(call('c1'), 2_390_000) ?? 0
    expect(ms / 1000).toBeGreaterThan(40)
    expect(ms / 1000).toBeLessThan(45)
  })
})

test('settings that change serve whoever may be taken now', () => {
  const told = new RoutingScript(
    queueWith({ skills: [{ fromSeconds: 0, needs: [{ skill: 'language', atLeast: 80 }] }] }),
  )
  told.play(`
    0  rustam is available for admission in uz:50
    1  c1 arrives at admission in uz`)
  expect(told.tell({ type: 'queuesChanged', queues: [queueWith({})] }, 5_000)).toEqual([' 5 offer c1 rustam'])
})

describe('settings that change hold for those who wait', () => {
  const patience = (waitSecondsMax: number) => queueWith({ tooLong: { waitSecondsMax, then: toMessage } })
  const waits = (...before: ReturnType<typeof queueWith>[]) => {
    const told = new RoutingScript(...before)
    told.play('0 c1 arrives at admission in uz')
    return told
  }
  const change = (told: RoutingScript, second: number, after: ReturnType<typeof queueWith>) =>
    told.tell({ type: 'queuesChanged', queues: [after] }, second * 1000)

  test('a shorter patience ends at once for whoever has waited longer', () => {
    expect(change(waits(patience(600)), 70, patience(60))).toEqual([
      '70 leaveQueue c1 admission timedOut takeMessage',
    ])
  })

  test('a longer patience is not ended by the timer of the shorter one', () => {
    const told = waits(patience(60))
    expect(change(told, 30, patience(90))).toEqual([])
    expect(told.play('95 time passes')).toEqual(['90 leaveQueue c1 admission timedOut takeMessage'])
  })

  test('a call that rings meanwhile has the new patience when it waits again', () => {
    const told = waits()
    told.play('10 rustam is available for admission in uz')
    expect(change(told, 20, patience(60))).toEqual([])
    expect(told.play('70 time passes').at(-1)).toBe('60 leaveQueue c1 admission timedOut takeMessage')
  })

  test('a later closing time is not forestalled by the timer of the earlier one', () => {
    const told = waits(hoursUntil(60, 'sendAway'))
    expect(change(told, 30, hoursUntil(120, 'sendAway'))).toEqual([])
    expect(told.play('130 time passes')).toEqual(['120 leaveQueue c1 admission closed takeMessage'])
  })

  test('rules that ask for less let nobody pass whose turn comes first', () => {
    const told = waits(
      queueWith({ skills: [{ fromSeconds: 0, needs: [{ skill: CALLERS_LANGUAGE, atLeast: 80 }] }] }),
    )
    told.play(`
      1  rustam is available for admission in uz:50,ru:50
      2  c2 arrives at admission in ru
      3  c3 arrives at admission in uz
      4  c1 hangs up`)
    expect(change(told, 5, queueWith({}))).toEqual([' 5 offer c2 rustam'])
  })

  test('a queue that is closed from now on keeps nobody', () => {
    expect(change(waits(queueWith({})), 30, hoursUntil(0, 'sendAway'))).toEqual([
      '30 leaveQueue c1 admission closed takeMessage',
    ])
    expect(change(waits(queueWith({})), 30, hoursUntil(0, 'serve'))).toEqual([])
  })

  test('whoever waits for nobody from now on is sent away', () => {
    expect(change(waits(queueWith({})), 30, queueWith({ nobodyOnDuty: { then: toMessage } }))).toEqual([
      '30 leaveQueue c1 admission closed takeMessage',
    ])
  })
})

describe('a caller who comes back to a queue that had let him in', () => {
  test.each([
    ['full', queueWith({ full: { waitingMax: 0, then: toMessage } })],
    ['closed', hoursUntil(0, 'sendAway')],
    ['without anybody on duty', queueWith({ nobodyOnDuty: { then: toMessage } })],
  ])('has his place, though it is %s by now', (_now, settings) => {
    const told = new RoutingScript(settings)
    expect(told.play('30 c1 arrives at admission in uz since 3 back')).toEqual(['30 holdInQueue c1 1'])
  })

  test.each([
    [
      'he has been here too long',
      queueWith({ tooLong: { waitSecondsMax: 20, then: toMessage } }),
      'timedOut',
    ],
    ['it has closed', hoursUntil(60, 'sendAway'), 'closed'],
  ])('is sent away when %s while the server was away', (_why, settings, reason) => {
    const told = new RoutingScript(settings)
    const back = { since: 40_000, enteredAt: 40_000, isBack: true }
    const arrival = {
      type: 'callArrived',
      call: call('c1'),
      queue: queue('admission'),
      language: 'uz',
    } as const
    expect(told.tell({ ...arrival, ...back }, 70_000)).toEqual([
      '70 holdInQueue c1 1',
      `70 leaveQueue c1 admission ${reason} takeMessage`,
    ])
  })

  test('is sent away when it closes, as everybody is', () => {
    const told = new RoutingScript(hoursUntil(60, 'sendAway'))
    told.play('30 c1 arrives at admission in uz since 3 back')
    expect(told.play('70 time passes')).toEqual(['60 leaveQueue c1 admission closed takeMessage'])
  })
})
