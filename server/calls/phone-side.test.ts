/** An agent with an ordinary phone: every offer rings it. */
import { expect, test } from 'vitest'
import { fluentIn } from '#core/routing/skill-rules.ts'
import type { AgentId, OfferId } from '#core/lib/ids.ts'
import { EngineAway } from './ports.ts'
import { type TestStage, testStage } from './test-stage.ts'

const dilnoza = 'dilnoza' as AgentId
const QUEUES = ['admission', 'general'] as never[]

/** Signed on with a phone that has registered, available. */
async function phoneAgent(t: TestStage, id: AgentId = dilnoza): Promise<AgentId> {
  t.agents.signOn({ id, name: id, queues: QUEUES, skills: fluentIn(['uz', 'ru']) })
  const access = await t.agents.openPhone(id, 'perCall')
  expect(access.username).toBe(`phone-${id}`)
  await expect(t.agents.proveLine(id, 0)).rejects.toThrow('has not registered')
  t.media.setStanding({ phones: [id] })
  await t.agents.proveLine(id, 0)
  t.agents.becomeAvailable(id)
  await t.settle()
  return id
}

async function rung(t: TestStage): Promise<{ call: string; offer: OfferId }> {
  await phoneAgent(t)
  const call = await t.waiting('c1')
  const offer = t.desk(dilnoza).offer?.id as OfferId
  expect(t.media.requests).toContainEqual(['ring', dilnoza, offer, '+998901234567'])
  return { call, offer }
}

test('a phone that is no more registered when it is looked for is offered nothing, and is taken back when it soon comes back', async () => {
  const t = testStage()
  await phoneAgent(t)
  t.media.setStanding({ phones: [] })
  await expect(t.agents.proveLine(dilnoza, 0)).rejects.toThrow('has not registered')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost', line: 'down' })
  await t.waiting('c1')
  expect(t.desk(dilnoza).offer).toBeUndefined()
  t.media.setStanding({ phones: [dilnoza] })
  await t.agents.proveLine(dilnoza, 0)
  await t.settle()
  expect(t.desk(dilnoza).offer).toBeDefined()
})

test('an engine that is out of reach as the phone should ring is asked again: no doing of the agent’s', async () => {
  const t = testStage()
  await phoneAgent(t)
  t.media.failNext('ring', new EngineAway('ring'))
  await t.waiting('c1')
  const rings = () => t.media.requests.filter(([what]) => what === 'ring')
  expect(rings()).toHaveLength(1)
  const offer = t.desk(dilnoza).offer
  expect(t.desk(dilnoza)).toMatchObject({ status: 'ringing', line: 'proven' })
  t.clock.advance(500)
  await t.settle()
  expect(rings().at(1)).toEqual(['ring', dilnoza, offer?.id, '+998901234567'])
  expect(t.desk(dilnoza).offer).toEqual(offer)
})

test('an engine that stays out of reach is not asked for ever', async () => {
  const t = testStage()
  await phoneAgent(t)
  t.media.failNext('ring', new EngineAway('ring'))
  const call = await t.waiting('c1')
  for (let tries = 1; tries < 20; tries++) {
    expect(t.desk(dilnoza).status, `after ${tries}`).toBe('ringing')
    t.media.failNext('ring', new EngineAway('ring'))
    t.clock.advance(500)
    await t.settle()
  }
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'lineLost' })
  expect(t.of('offerEnded')).toMatchObject([{ call, as: 'failed' }])
})

test('picking up the phone takes the call, hanging it up ends the call, and the agent wraps up', async () => {
  const t = testStage()
  const { call, offer } = await rung(t)
  t.media.push({ type: 'phoneAnswered', agent: dilnoza, offer, at: t.clock.now() })
  await t.settle()
  expect(t.media.requests).toContainEqual(['connect', call, dilnoza])
  expect(t.desk(dilnoza).status).toBe('talking')
  t.clock.advance(30_000)
  t.media.push({ type: 'phoneHungUp', agent: dilnoza, at: t.clock.now() })
  await t.settle()
  expect(t.media.requests).toContainEqual(['hangUp', call, 'done'])
  await t.hangUp(call as never)
  expect(t.of('callEnded')).toMatchObject([{ endedBy: 'agent', talkSeconds: 30 }])
  expect(t.desk(dilnoza).status).toBe('wrapUp')
})

test.each([
  ['noAnswer', 'missed', 'missedOffer'],
  ['declined', 'declined', 'declinedOffer'],
  ['busy', 'declined', 'declinedOffer'],
  ['unreachable', 'failed', 'lineLost'],
] as const)('a phone that is %s: the offer was %s, and the caller waits on', async (cause, as, reason) => {
  const t = testStage()
  const { call, offer } = await rung(t)
  t.media.push({ type: 'phoneFailed', agent: dilnoza, offer, cause, at: t.clock.now() })
  await t.settle()
  expect(t.of('offerEnded')).toMatchObject([{ as }])
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: reason })
  expect(t.stage.calls.get(call as never)?.stage).toBe('waiting')
})

test('a phone that cannot be rung at all is no fault of its agent', async () => {
  const t = testStage()
  await phoneAgent(t)
  t.media.failNext('ring', new Error('no such endpoint'))
  await t.waiting('c1')
  await t.settle()
  expect(t.of('offerEnded')).toMatchObject([{ as: 'failed', because: 'phoneUnreachable' }])
})

test('the phone stops ringing when the caller leaves, and one picked up in that moment is let go', async () => {
  const t = testStage()
  const { call, offer } = await rung(t)
  await t.hangUp(call as never)
  expect(t.media.requests).toContainEqual(['stopRinging', dilnoza, offer])
  expect(t.desk(dilnoza).status).toBe('available')
  t.media.push({ type: 'phoneAnswered', agent: dilnoza, offer, at: t.clock.now() })
  await t.settle()
  expect(t.media.requests.at(-1)).toEqual(['release', dilnoza])
})

test('the screen cannot pick up a phone, but it can decline', async () => {
  const t = testStage()
  const { offer } = await rung(t)
  expect(() => t.accept(dilnoza)).toThrow('picking it up')
  t.agents.decline(dilnoza, offer)
  await t.settle()
  expect(t.media.requests).toContainEqual(['stopRinging', dilnoza, offer])
  expect(t.desk(dilnoza)).toMatchObject({ status: 'onBreak', breakReason: 'declinedOffer' })
})

test('the phone is not changed in a call; in between it is, and has to be proven again', async () => {
  const t = testStage()
  await rung(t)
  t.media.forget()
  await expect(t.agents.openPhone(dilnoza, 'alwaysOn')).rejects.toThrow('cannot be changed')
  // The phone that rings keeps its password.
  expect(t.media.lines).not.toContain('allowPhone dilnoza')
  const other = await t.agent('rustam')
  await t.agents.openPhone(other, 'perCall')
  expect(t.desk(other)).toMatchObject({ line: 'down', status: 'onBreak', breakReason: 'lineLost' })
})

test('a phone hung up while the engine was out of reach ends the call when it is back', async () => {
  const t = testStage()
  const { call, offer } = await rung(t)
  t.media.push({ type: 'phoneAnswered', agent: dilnoza, offer, at: t.clock.now() })
  await t.settle()
  t.media.failNext('hangUp', new EngineAway('hang up'))
  t.media.push({ type: 'phoneHungUp', agent: dilnoza, at: t.clock.now() })
  await t.settle()
  t.media.forget()
  t.media.push({ type: 'engineBack', at: t.clock.now() })
  await t.settle()
  expect(t.media.requests).toEqual([['hangUp', call, 'done']])
  await t.hangUp(call as never)
  expect(t.of('callEnded')).toMatchObject([{ endedBy: 'agent' }])
})

test('a phone that could not be hung up after its call is hung up when the engine is back, a ringing one is not', async () => {
  const t = testStage()
  const { call, offer } = await rung(t)
  t.media.push({ type: 'engineBack', at: t.clock.now() })
  await t.settle()
  expect(t.media.lines.filter((line) => line.startsWith('release'))).toEqual([])
  t.media.push({ type: 'phoneAnswered', agent: dilnoza, offer, at: t.clock.now() })
  await t.settle()
  t.media.failNext('release', new EngineAway('release'))
  await t.hangUp(call as never)
  t.media.forget()
  t.media.push({ type: 'engineBack', at: t.clock.now() })
  await t.settle()
  expect(t.media.requests).toEqual([['release', dilnoza]])
})
