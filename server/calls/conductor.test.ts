import { defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { expect, test } from 'vitest'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import { aSmallFlow } from '#core/ivr/small-flow.ts'
import type { AgentId, OfferId, QueueId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import { LINE_GRACE_MS } from './line-side.ts'
import { MediaGone } from './ports.ts'
import { testStage } from './test-stage.ts'

const wrapUp = { outcome: 'resolved' as const, topics: ['01.01.01' as TopicCode], note: '' }

test('keys 1,1,1 lead to the admission queue in Uzbek, and the agent and the citizen hear each other', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')

  expect(t.of('callQueued')).toMatchObject([
    { call, queue: 'admission', language: 'uz', topic: '01.01', position: 1 },
  ])
  expect(t.desk(dilnoza)).toMatchObject({ status: 'ringing', offer: { call } })
  t.accept(dilnoza)
  expect(t.media.lines).toContain('connect c1 dilnoza')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'talking', call: { id: call } })

  t.clock.advance(30_000)
  await t.agents.end(dilnoza)
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ call, endedBy: 'agent', talkSeconds: 30, holdSeconds: 0 }])
  expect(t.desk(dilnoza).status).toBe('wrapUp')

  t.agents.wrapUp(dilnoza, wrapUp, 'available')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'available', call: undefined })
  expect(t.story(call)).toEqual(
    [
      'callArrived',
      'callAnswered',
      'menuStepped',
      'menuStepped',
      'menuStepped',
      'callQueued',
      'callOffered',
      'callLeftQueue',
      'offerEnded',
      'callConnected',
      'callEnded',
      'callWrappedUp',
    ].filter((type) => type !== 'callAnswered' || t.of('callAnswered').length > 0),
  )
})

test('a caller who is in the menu when another is published ends in the one he began in', async () => {
  const t = testStage()
  const call = await t.arrive('c1')
  await t.heard(call)
  await t.heard(call)
  await t.press(call, '1')
  t.publish(aSmallFlow())
  const next = await t.arrive('c2')
  await t.press(call, '11')
  expect(t.of('callQueued')).toMatchObject([{ call, queue: 'admission', topic: '01.01' }])
  await t.heard(next)
  await t.press(next, '0')
  expect(t.of('callQueued')[1]).toMatchObject({ call: next, queue: 'general' })
  expect(t.stage.calls.get(call)?.flow).toEqual(demoFlow())
})

test('a key 2 chooses Russian, and only an agent who speaks it is offered the call', async () => {
  const t = testStage()
  const uzbekOnly = await t.agent('uzbekOnly', ['uz'])
  const call = await t.arrive('c1')
  await t.heard(call)
  await t.heard(call)
  await t.press(call, '211')
  expect(t.of('callQueued')).toMatchObject([{ language: 'ru' }])
  expect(t.desk(uzbekOnly).status).toBe('available')
  const both = await t.agent('both')
  expect(t.desk(both).status).toBe('ringing')
})

test.each(['greeting', 'menu', 'waiting', 'offered', 'talking', 'onHold', 'adrift'])(
  'a caller who hangs up while %s leaves one ended call and a free agent',
  async (where) => {
    const t = testStage()
    const call = where === 'greeting' || where === 'menu' ? await t.arrive('c1') : await t.waiting('c1')
    if (where === 'menu') t.media.push({ type: 'callAnswered', call, at: t.clock.now() })
    const agent =
      where === 'offered' || where === 'talking' || where === 'onHold' || where === 'adrift'
        ? await t.agent('dilnoza')
        : undefined
    if (agent && where !== 'offered') t.accept(agent)
    if (agent && where === 'onHold') await t.agents.hold(agent)
    if (agent && where === 'adrift') t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
    await t.hangUp(call)
    await t.hangUp(call)

    expect(t.of('callEnded')).toHaveLength(1)
    expect(t.stage.calls.size).toBe(0)
    expect(t.stage.engine.snapshot()).toMatchObject({ waiting: [], offers: [] })
    if (where === 'greeting') expect(t.of('callEnded')[0]?.lost).toBe('leftInGreeting')
    if (where === 'menu') expect(t.of('callEnded')[0]?.lost).toBe('leftInMenu')
    if (where === 'waiting' || where === 'offered') expect(t.of('callEnded')[0]?.lost).toBe('abandoned')
    if (agent && where === 'offered')
      expect(t.desk(agent)).toMatchObject({ status: 'available', offer: undefined })
    if (agent && where !== 'offered') expect(t.desk(agent).status).toBe('wrapUp')
  },
)

test('an acceptance that crosses with the caller leaving is refused and connects nobody', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  const offer = t.desk(dilnoza).offer?.id as OfferId
  await t.hangUp(call)
  expect(() => t.agents.accept(dilnoza, offer)).toThrow(expect.objectContaining({ code: 'offerGone' }))
  expect(t.media.lines.some((line) => line.startsWith('connect'))).toBe(false)
})

test('a missed offer puts the agent on a break that says why, and the caller goes to the next agent', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  const rustam = await t.agent('rustam')
  t.clock.advance(20_000)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'missedOffer', offer: undefined })
  expect(t.of('offerEnded')).toMatchObject([{ agent: dilnoza, as: 'missed' }])
  expect(t.desk(rustam)).toMatchObject({ status: 'ringing', offer: { call } })
})

test('a declined offer goes to the next agent at once', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  const rustam = await t.agent('rustam')
  t.agents.decline(dilnoza, t.desk(dilnoza).offer?.id as OfferId)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'declinedOffer' })
  expect(t.desk(rustam)).toMatchObject({ status: 'ringing', offer: { call } })
})

test('an agent whose line is lost while it rings is not blamed, and the caller goes to the next at his place', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const first = await t.waiting('first')
  await t.waiting('second')
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  expect(t.of('offerEnded')).toMatchObject([{ agent: dilnoza, as: 'failed', because: 'lineLost' }])
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost' })
  const rustam = await t.agent('rustam')
  expect(t.desk(rustam).offer?.call).toBe(first)
})

test('an agent whose line returns within the grace gets the same caller back', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.clock.advance(5_000)
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  expect(t.media.lines).toContain('hold c1')
  t.clock.advance(3_000)
  t.media.push({ type: 'lineUp', agent: dilnoza, at: t.clock.now() })
  expect(t.media.lines.filter((line) => line === 'connect c1 dilnoza')).toHaveLength(2)
  t.clock.advance(LINE_GRACE_MS + 2_000)
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([
    { talkSeconds: 5 + (LINE_GRACE_MS + 2_000) / 1000, holdSeconds: 3 },
  ])
})

test('an agent who opens the desk in another tab keeps the caller', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.media.forget()
  t.media.push({ type: 'lineUp', agent: dilnoza, at: t.clock.now() })
  expect(t.media.lines).toEqual(['connect c1 dilnoza'])
  expect(t.desk(dilnoza)).toMatchObject({ status: 'talking', call: { id: call } })
})

test('an agent who reloads the page while available goes on taking calls, one who stays away does not', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  t.clock.advance(3_000)
  await t.lineUp(dilnoza)
  expect(t.desk(dilnoza).status).toBe('available')
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  t.clock.advance(31_000)
  await t.lineUp(dilnoza)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost' })
})

test('a caller whose agent does not return is put back at the head', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const first = await t.waiting('first')
  t.accept(dilnoza)
  t.clock.advance(1_000)
  await t.waiting('second')
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  t.clock.advance(LINE_GRACE_MS)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost', call: undefined })
  const rustam = await t.agent('rustam')
  expect(t.desk(rustam).offer?.call).toBe(first)
})

test.each([
  { has: 'gone', line: 'down' },
  { has: 'not gone', line: 'proven' },
])(
  'a connection that fails, where the line has $has, does not lose the caller, and the desk says $line',
  async ({ line }) => {
    const t = testStage()
    const dilnoza = await t.agent('dilnoza')
    const call = await t.waiting('c1')
    t.media.failNext('connect', new MediaGone('somebody'))
    if (line === 'down') t.media.setStanding({ calls: [{ call, trunk: 'demo' as never }] })
    t.accept(dilnoza)
    await t.settle()
    t.clock.advance(500)
    await t.settle()
    expect(t.stage.calls.get(call)?.stage).toBe('adrift')
    expect(t.desk(dilnoza).line).toBe(line)
    t.clock.advance(LINE_GRACE_MS)
    const rustam = await t.agent('rustam')
    expect(t.desk(rustam).offer?.call).toBe(call)
  },
)

test('an agent whose acceptance crosses with the caller hanging up keeps the line', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.media.failNext('connect', new MediaGone('somebody'))
  t.accept(dilnoza)
  await t.settle()
  t.clock.advance(100)
  await t.hangUp(call)
  t.clock.advance(LINE_GRACE_MS)
  await t.settle()
  expect(t.desk(dilnoza)).toMatchObject({ status: 'wrapUp', line: 'proven' })
  expect(t.of('lineLost')).toEqual([])
})

test('an agent who signs off while talking leaves after the wrap-up', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.agents.signOff(dilnoza)
  expect(t.desk(dilnoza).status).toBe('talking')
  await t.hangUp(call)
  t.agents.wrapUp(dilnoza, wrapUp, 'available')
  expect(t.desk(dilnoza).status).toBe('signedOut')
  expect(t.media.lines).toContain('forbidPhone dilnoza')
})

test('an agent who signs off while talking and takes the line away has left when the caller is given up', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.agents.signOff(dilnoza)
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 16, at: t.clock.now() })
  t.clock.advance(LINE_GRACE_MS)
  expect(t.desk(dilnoza).status).toBe('signedOut')
  expect(t.media.lines).toContain('forbidPhone dilnoza')
  const rustam = await t.agent('rustam')
  expect(t.desk(rustam).offer?.call).toBe(call)
})

test('a line that carries no audio is not proven, and its agent cannot be available', async () => {
  const t = testStage()
  const dilnoza = 'dilnoza' as AgentId
  t.agents.signOn({ id: dilnoza, name: 'Dilnoza', queues: [], skills: fluentIn(['uz']) })
  t.media.push({ type: 'lineUp', agent: dilnoza, at: t.clock.now() })
  t.media.setLineAudio(dilnoza, { packetsFromAgent: 0, packetsToAgent: 500 })
  await expect(t.agents.proveLine(dilnoza, 500)).rejects.toMatchObject({ code: 'lineNotProven' })
  expect(() => t.agents.becomeAvailable(dilnoza)).toThrow(expect.objectContaining({ code: 'lineNotProven' }))
})

test('whoever waits is told his place again and again, with music between', async () => {
  const t = testStage()
  const call = await t.waiting('c1')
  await t.heard(call)
  expect(t.media.lines).toContain('startMusic c1')
  const played = () => t.media.requests.filter(([name]) => name === 'play').length
  const before = played()
  t.clock.advance(45_000)
  await t.settle()
  expect(played()).toBe(before + 1)
})

test('a waiting call that the engine took back for a message is offered to nobody', async () => {
  const t = testStage()
  const call = await t.waiting('c1')
  t.media.push({
    type: 'messageLeft',
    message: {
      call,
      trunk: 'demo' as TrunkId,
      did: '1195',
      caller: { from: '+998901234567' },
      legs: { citizen: 'c1.citizen.alaw', agent: 'c1.agent.alaw' },
      arrivedAt: t.clock.now(),
      endedAt: t.clock.now(),
    },
    at: t.clock.now(),
  })
  expect(t.stage.engine.snapshot().waiting).toEqual([])
  const dilnoza = await t.agent('dilnoza')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'available', offer: undefined })
  const next = await t.waiting('c2')
  expect(t.desk(dilnoza).offer?.call).toBe(next)
})

test('a caller whom a full queue does not take is asked for a message, and his row says both', async () => {
  const t = testStage()
  t.stage.routing.route({
    type: 'queuesChanged',
    queues: [
      {
        ...defaultQueueSettings('admission' as QueueId),
        full: { waitingMax: 1, then: { do: 'takeMessage' } },
      },
    ],
  })
  await t.waiting('c1')
  const turnedAway = await t.waiting('c2')
  expect(t.of('callLeftQueue')).toMatchObject([{ call: turnedAway, queue: 'admission', reason: 'saturated' }])
  expect(t.media.requests).toContainEqual(['takeMessage', turnedAway, 'uz'])
  await t.hangUp(turnedAway)
  expect(t.of('callEnded')).toMatchObject([{ call: turnedAway, lost: 'messageLeft' }])
})

test('a caller who waits too long where no message is taken hears why before his call is ended', async () => {
  const t = testStage()
  t.stage.routing.route({
    type: 'queuesChanged',
    queues: [
      {
        ...defaultQueueSettings('admission' as QueueId),
        tooLong: { waitSecondsMax: 60, then: { do: 'hangUp' } },
      },
    ],
  })
  const call = await t.waiting('c1')
  t.clock.advance(60_000)
  await t.settle()
  expect(t.media.requests.some(([name]) => name === 'hangUp')).toBe(false)
  expect(t.media.requests.findLast(([name]) => name === 'play')?.[3]).toEqual([
    expect.stringMatching(/^uz:Afsuski/),
  ])
  await t.heard(call)
  expect(t.media.requests).toContainEqual(['hangUp', call, 'done'])
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ lost: 'timedOut', endedBy: 'system' }])
})

test('where everybody is asked at once, the first to accept has the caller and the others go on being available', async () => {
  const t = testStage()
  t.stage.routing.route({
    type: 'queuesChanged',
    queues: [{ ...defaultQueueSettings('admission' as QueueId), order: 'ringAll' }],
  })
  const [dilnoza, rustam] = [await t.agent('dilnoza'), await t.agent('rustam')]
  const call = await t.waiting('c1')
  expect([t.desk(dilnoza).status, t.desk(rustam).status]).toEqual(['ringing', 'ringing'])
  t.accept(rustam)
  await t.settle()
  expect([t.desk(dilnoza).status, t.desk(rustam).status]).toEqual(['available', 'talking'])
  expect(t.of('offerEnded').map(({ agent, as }) => [agent, as])).toEqual([
    [dilnoza, 'withdrawn'],
    [rustam, 'answered'],
  ])
  expect(t.stage.calls.get(call)?.stage).toBe('talking')
})

test('an agent who may miss one is asked again', async () => {
  const t = testStage()
  t.stage.routing.route({
    type: 'queuesChanged',
    queues: [{ ...defaultQueueSettings('admission' as QueueId), missesBeforeUnavailable: 2 }],
  })
  const dilnoza = await t.agent('dilnoza')
  await t.waiting('c1')
  t.clock.advance(20_000)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'ringing', offer: { call: 'c1' } })
  t.clock.advance(20_000)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'missedOffer' })
  expect(t.of('offerEnded').map(({ as }) => as)).toEqual(['missed', 'missed'])
})

test('an agent who learns what the first in line needs is asked for him at once', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza', ['ru'])
  const call = await t.waiting('c1')
  expect(t.desk(dilnoza).status).toBe('available')
  t.agents.profileChanged({ ...t.desk(dilnoza).profile, skills: fluentIn(['uz', 'ru']) })
  expect(t.desk(dilnoza)).toMatchObject({ status: 'ringing', offer: { call } })
})

test('an agent whose skills change in mid-call goes on talking, and is asked by them afterwards', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  await t.settle()
  t.agents.profileChanged({ ...t.desk(dilnoza).profile, skills: fluentIn(['ru']) })
  expect(t.desk(dilnoza)).toMatchObject({ status: 'talking', call: { id: call } })
  await t.hangUp(call)
  t.agents.wrapUp(dilnoza, { outcome: 'explained', topics: [], note: '' }, 'available')
  await t.waiting('c2')
  expect(t.desk(dilnoza).status).toBe('available')
})
