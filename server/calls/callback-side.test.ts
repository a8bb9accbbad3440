import { expect, test } from 'vitest'
import type { AgentId, CallbackId, CallId, OfferId, QueueId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import { defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { adoptStanding } from './adoption.ts'
import { MediaGone } from './ports.ts'
import { callbackName, type TestStage, testStage } from './test-stage.ts'

const ALI = '+998901234567'
const b1 = callbackName(1)
const wrapUp = { outcome: 'resolved' as const, topics: ['01.01.01' as TopicCode], note: '' }
const HOUR_MS = 3_600_000

/** A caller who asks to be called back and is let go. */
async function asks(t: TestStage, name: string, from?: string): Promise<CallId> {
  const call = await t.waiting(name, from)
  await t.press(call, '11')
  await t.heard(call)
  await t.hangUp(call)
  return call
}

/** What is a while later: callbacks are due a quarter of a minute after their promise. */
async function later(t: TestStage, ms = 15_000) {
  t.clock.advance(ms)
  await t.settle()
}

async function answers(t: TestStage, callback: CallbackId, name: string): Promise<CallId> {
  const call = name as CallId
  const legs = { citizen: `${name}.citizen.alaw`, agent: `${name}.agent.alaw` }
  const at = t.clock.now()
  const arrived = { call, trunk: 'demo' as TrunkId, did: '1195', caller: { from: '' }, legs, at }
  t.media.push({ type: 'callArrived', ...arrived, callback })
  t.media.push({ type: 'callAnswered', call, at })
  await t.settle()
  return call
}

const fails = async (t: TestStage, cause: 'busy' | 'noAnswer', callback = b1) => {
  t.media.push({ type: 'callbackFailed', callback, cause, at: t.clock.now() })
  await t.settle()
}

test('who asks to be called back leaves the queue for that reason and keeps his place before those who stay', async () => {
  const t = testStage()
  const call = await asks(t, 'c1')
  expect(t.of('callLeftQueue')).toMatchObject([{ call, reason: 'calledBack' }])
  expect(t.of('callEnded')).toMatchObject([{ call, lost: 'calledBack', endedBy: 'system' }])
  await later(t)
  await t.waiting('c2', '+998931112233')
  const dilnoza = await t.agent('dilnoza')
  expect(t.desk(dilnoza).offer).toMatchObject({ callback: b1, call })
})

test('an agent accepts first; then the citizen is called, and they hear each other', async () => {
  const t = testStage()
  const first = await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  expect(t.media.lines.some((line) => line.startsWith('callBack'))).toBe(false)
  t.accept(dilnoza)
  await t.settle()
  expect(t.media.lines).toContain(`callBack ${b1} demo ${ALI} 1195`)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'talking', callingBack: { callback: b1 }, call: undefined })

  const second = await answers(t, b1, 'c2')
  expect(t.media.lines).toContain('connect c2 dilnoza')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'talking', callingBack: undefined, call: { id: second } })
  expect(t.of('callArrived').at(-1)).toMatchObject({
    call: second,
    callback: b1,
    previous: first,
    queue: 'admission',
    topic: '01.01',
    language: 'uz',
    caller: { e164: ALI },
  })
  t.clock.advance(30_000)
  await t.agents.end(dilnoza)
  await t.hangUp(second)
  t.agents.wrapUp(dilnoza, wrapUp, 'available')
  expect(t.of('callEnded').at(-1)).toMatchObject({ call: second, talkSeconds: 30 })
  expect(t.of('callbackMoved').map(({ to }) => to)).toEqual(['offered', 'dialling', 'connected', 'done'])
  expect(t.callbacks.count()).toBe(0)
})

test('citizens who are called at once are never more than agents who have accepted', async () => {
  const t = testStage()
  for (let n = 0; n < 10; n++) await asks(t, `c${n}`, `+99890123450${n}`)
  await later(t)
  const agents = [await t.agent('a1'), await t.agent('a2'), await t.agent('a3')]
  expect(agents.map((agent) => t.desk(agent).status)).toEqual(['ringing', 'ringing', 'ringing'])
  for (const agent of agents) t.accept(agent)
  await t.settle()
  expect(t.media.lines.filter((line) => line.startsWith('callBack'))).toHaveLength(3)
})

test.each(['busy', 'noAnswer'] as const)(
  'whoever is not reached (%s) is called again later, and his agent has missed nothing',
  async (cause) => {
    const t = testStage()
    await asks(t, 'c1')
    const dilnoza = await t.agent('dilnoza')
    await later(t)
    t.accept(dilnoza)
    await t.settle()
    await fails(t, cause)
    expect(t.desk(dilnoza)).toMatchObject({ status: 'available', callingBack: undefined, caller: undefined })
    expect(t.of('offerEnded').map(({ as }) => as)).toEqual(['answered'])
    expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 1 })
    await later(t, 14 * 60_000)
    expect(t.desk(dilnoza).status).toBe('available')
    await later(t, 60_000)
    expect(t.desk(dilnoza).offer?.callback).toBe(b1)
  },
)

test('after the third attempt in vain the callback has failed', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  for (const wait of [15_000, 15 * 60_000, 15 * 60_000]) {
    await later(t, wait)
    t.accept(dilnoza)
    await t.settle()
    await fails(t, 'noAnswer')
  }
  expect(t.of('callbackMoved').at(-1)).toMatchObject({ to: 'failed', attempts: 3, cause: 'noAnswer' })
  await later(t, HOUR_MS)
  expect(t.desk(dilnoza).status).toBe('available')
})

test('a missed or declined offer brings the callback to the next agent, at its place', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  await t.waiting('c2', '+998931112233')
  const rustam = await t.agent('rustam')
  t.accept(rustam)
  await later(t, 20_000)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'missedOffer' })
  expect(t.desk(rustam).call?.id).toBe('c2')
  expect(t.callbacks.get(b1)?.status).toBe('waiting')
  const third = await t.agent('third')
  expect(t.desk(third).offer?.callback).toBe(b1)
  t.agents.decline(third, t.desk(third).offer?.id as OfferId)
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 0 })
})

test('where everybody is asked at once, one accepts and the citizen is called once', async () => {
  const t = testStage()
  const ringAll = { ...defaultQueueSettings('admission' as QueueId), order: 'ringAll' as const }
  t.stage.routing.route({ type: 'queuesChanged', queues: [ringAll] })
  await asks(t, 'c1')
  const agents = [await t.agent('a1'), await t.agent('a2')]
  await later(t)
  expect(agents.map((agent) => t.desk(agent).offer?.callback)).toEqual([b1, b1])
  t.accept(agents[1] as AgentId)
  await t.settle()
  expect(agents.map((agent) => t.desk(agent).status)).toEqual(['available', 'talking'])
  expect(t.of('callbackMoved').map(({ to }) => to)).toEqual(['offered', 'dialling'])
  expect(t.of('callbackOffered')).toHaveLength(2)
})

test('an agent whose line goes while the citizen’s phone rings: the phone stops, and another agent calls', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  t.accept(dilnoza)
  await t.settle()
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  await t.settle()
  expect(t.media.lines).toContain(`stopCallingBack ${b1}`)
  expect(t.desk(dilnoza)).toMatchObject({
    status: 'onBreak',
    breakReason: 'lineLost',
    callingBack: undefined,
  })
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 0 })
  const rustam = await t.agent('rustam')
  expect(t.desk(rustam).offer?.callback).toBe(b1)
})

test('a citizen who answers in the moment his agent is lost waits for another at the head of the queue', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  t.accept(dilnoza)
  await t.settle()
  await t.waiting('c2', '+998931112233')
  t.media.push({ type: 'lineDown', agent: dilnoza, cause: 0, at: t.clock.now() })
  const call = await answers(t, b1, 'c3')
  expect(t.callbacks.count()).toBe(0)
  const rustam = await t.agent('rustam')
  expect(t.desk(rustam).offer?.call).toBe(call)
  expect(t.desk(rustam).offer?.callback).toBeUndefined()
})

test('an agent can stop calling: the attempt counts, and he is free', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  t.accept(dilnoza)
  await t.settle()
  await t.agents.end(dilnoza)
  expect(t.media.lines).toContain(`stopCallingBack ${b1}`)
  expect(t.desk(dilnoza).status).toBe('available')
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 1 })
})

test('a trunk that refuses the call is an attempt in vain', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  t.media.failNext('callBack', new MediaGone('trunk demo'))
  t.accept(dilnoza)
  await t.settle()
  expect(t.desk(dilnoza).status).toBe('available')
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 1 })
})

test('nobody is offered a callback in the night; in the morning it has its place', async () => {
  const t = testStage()
  await later(t, 7 * HOUR_MS - 60_000)
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  t.agents.takeBreak(dilnoza, 'rest')
  await later(t, 2 * 60_000)
  t.agents.becomeAvailable(dilnoza)
  expect(t.desk(dilnoza).status).toBe('available')
  // It is in no line, and its queue is needed all the same.
  expect(t.callbacks.isOwedFrom('admission' as QueueId)).toBe(true)
  const other = await t.waiting('c2', '+998931112233')
  expect(t.desk(dilnoza).offer?.call).toBe(other)
  t.accept(dilnoza)
  await t.settle()
  await t.hangUp(other)
  t.agents.wrapUp(dilnoza, wrapUp, 'available')
  await later(t, 12 * HOUR_MS - 60_000)
  expect(t.desk(dilnoza).offer?.callback).toBe(b1)
})

test('nobody is called in the night, even if the agent was asked before it', async () => {
  const t = testStage()
  await later(t, 7 * HOUR_MS - 60_000)
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  t.agents.takeBreak(dilnoza, 'rest')
  await later(t, 55_000)
  t.agents.becomeAvailable(dilnoza)
  expect(t.desk(dilnoza).offer?.callback).toBe(b1)
  t.clock.advance(10_000)
  t.accept(dilnoza)
  await t.settle()
  expect(t.media.lines.filter((line) => line.startsWith('callBack'))).toEqual([])
  expect(t.desk(dilnoza)).toMatchObject({ status: 'available', offer: undefined, callingBack: undefined })
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 0 })
  await later(t, 12 * HOUR_MS)
  expect(t.desk(dilnoza).offer?.callback).toBe(b1)
})

test('who calls again and is answered is not called back any more', async () => {
  const t = testStage()
  await asks(t, 'c1')
  await later(t)
  t.stage.routing.route({ type: 'queuesChanged', queues: [defaultQueueSettings('results' as QueueId)] })
  const again = await t.arrive('c2')
  await t.heard(again)
  await t.heard(again)
  await t.press(again, '113')
  const agent = await t.agent('results', ['uz'], ['results' as QueueId])
  t.accept(agent)
  await t.settle()
  expect(t.of('callbackMoved').at(-1)).toMatchObject({ to: 'cancelled', cause: 'spokeMeanwhile' })
  expect(t.stage.engine.snapshot().waiting).toEqual([])
})

test('a supervisor cancels a callback that waits or is being offered, and the agent is free again', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  expect(t.desk(dilnoza).status).toBe('ringing')
  expect(t.callbacks.cancel(b1, { by: 'saodat' as AgentId })).toBe(true)
  expect(t.desk(dilnoza)).toMatchObject({ status: 'available', offer: undefined })
  expect(t.of('callbackMoved').at(-1)).toMatchObject({ to: 'cancelled', by: 'saodat' })
  expect(t.stage.engine.snapshot()).toMatchObject({ waiting: [], offers: [] })
})

test('a promise that nobody could keep in a day expires, and somebody is told', async () => {
  const t = testStage()
  await asks(t, 'c1')
  await later(t, 24 * HOUR_MS)
  expect(t.of('callbackMoved').at(-1)).toMatchObject({ to: 'expired' })
  expect(t.broken).toMatchObject([{ id: b1, call: 'c1' }])
  expect(t.stage.engine.snapshot().waiting).toEqual([])
})

test('the same number is promised one call at a time and three a day', async () => {
  const t = testStage()
  await asks(t, 'c1')
  await asks(t, 'c2')
  expect(t.of('callbackPromised')).toHaveLength(1)
  expect(t.of('callEnded').at(-1)).toMatchObject({ call: 'c2', lost: 'calledBack' })
  for (const name of ['c3', 'c4']) {
    t.callbacks.cancel(t.of('callbackPromised').at(-1)?.callback as CallbackId, { cause: 'spokeMeanwhile' })
    await asks(t, name)
  }
  t.callbacks.cancel(callbackName(3), { cause: 'spokeMeanwhile' })
  const fourth = await t.waiting('c5')
  await t.press(fourth, '11')
  expect(t.of('callbackPromised')).toHaveLength(3)
  expect(t.stage.calls.get(fourth)?.stage).toBe('waiting')
})

test('whoever waits where nobody is called back is not offered it', async () => {
  const t = testStage()
  t.settings.queuesWithout = ['admission' as QueueId]
  const call = await t.waiting('c1')
  await t.press(call, '11')
  expect(t.of('callbackPromised')).toEqual([])
  expect(t.of('menuStepped').at(-1)?.path).toEqual(expect.arrayContaining(['wrongKey:1']))
})

test('what he typed is nowhere in clear but in the promise', async () => {
  const t = testStage()
  const call = await t.waiting('c1', 'anonymous')
  await t.press(call, '1712351914#1')
  expect(t.of('callbackPromised')).toMatchObject([{ number: '+998712351914', queue: 'admission' }])
  expect(JSON.stringify(t.of('menuStepped'))).not.toContain('2351')
  expect(t.of('menuStepped').at(-1)).toMatchObject({ keys: '1111•••••••••#1' })
})

test('a call that goes on while the engine was out of reach is settled: whoever is not called any more was not reached', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  t.accept(dilnoza)
  await t.settle()
  t.media.setStanding({ lines: [dilnoza], callbacks: ['stranger' as CallbackId] })
  t.clock.advance(1)
  await adoptStanding(t.stage, sources)
  expect(t.media.lines).toContain('stopCallingBack stranger')
  expect(t.desk(dilnoza).status).toBe('available')
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 1 })
})

test('an agent’s ordinary phone is rung for a callback, and hung up if the citizen is not reached', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  t.desk(dilnoza).phoneMode = 'perCall'
  await later(t)
  const offer = t.desk(dilnoza).offer?.id as OfferId
  expect(t.media.lines).toContain(`ring dilnoza ${offer} ${ALI}`)
  t.media.push({ type: 'phoneAnswered', agent: dilnoza, offer, at: t.clock.now() })
  await t.settle()
  expect(t.media.lines).toContain(`callBack ${b1} demo ${ALI} 1195`)
  await fails(t, 'noAnswer')
  expect(t.media.lines).toContain('release dilnoza')
  expect(t.desk(dilnoza).status).toBe('available')
})

test('an agent who hangs up his phone while the citizen’s rings has stopped calling', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  t.desk(dilnoza).phoneMode = 'perCall'
  await later(t)
  const offer = t.desk(dilnoza).offer?.id as OfferId
  t.media.push({ type: 'phoneAnswered', agent: dilnoza, offer, at: t.clock.now() })
  await t.settle()
  t.media.push({ type: 'phoneHungUp', agent: dilnoza, at: t.clock.now() })
  await t.settle()
  expect(t.media.lines).toContain(`stopCallingBack ${b1}`)
  expect(t.callbacks.get(b1)).toMatchObject({ status: 'waiting', attempts: 1 })
})

/** An adoption that finds no rows. */
const nothing = { execute: async () => [] }
const emptyDb = new Proxy(nothing, {
  get: (target, name) => (name === 'execute' ? target.execute : () => emptyDb),
}) as never
const sources = { db: emptyDb, profiles: async () => [], drained: async () => undefined }

test('a break asked for while a citizen is called back begins when he is not reached, whoever waits', async () => {
  const t = testStage()
  await asks(t, 'c1')
  const dilnoza = await t.agent('dilnoza')
  await later(t)
  t.accept(dilnoza)
  await t.settle()
  t.agents.takeBreak(dilnoza, 'lunch')
  expect(t.desk(dilnoza).status).toBe('talking')
  await t.waiting('c2', '+998931112233')
  await fails(t, 'noAnswer')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'lunch', offer: undefined })
})
