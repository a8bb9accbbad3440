/** A call that its agent gives away without asking: his part is over, and the citizen is never without a place. */
import { expect, test } from 'vitest'
import type { AgentId, PartyId, QueueId } from '#core/lib/ids.ts'
import { DEFAULT_ROUTING_SETTINGS, defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { EngineAway } from './ports.ts'
import { type TestStage, testStage } from './test-stage.ts'

const FIRST = 'dilnoza' as AgentId
const SECOND = 'rustam' as AgentId
const NUMBER = '+998712345678'
const TECH = 'tech' as QueueId
const DIRECT_MS = DEFAULT_ROUTING_SETTINGS.directWaitSeconds * 1000
const wrapUp = { outcome: 'resolved' as const, topics: ['01'], note: '' }

/** The first agent has talked with a citizen for ten seconds. */
async function talking() {
  const t = testStage()
  await t.agent(FIRST)
  const call = await t.waiting('c1')
  t.accept(FIRST)
  const queuedAt = t.clock.now()
  t.clock.advance(10_000)
  await t.settle()
  t.media.forget()
  return { t, call, queuedAt }
}

async function dialling() {
  const place = await talking()
  place.t.talks.transfer(FIRST, { number: NUMBER })
  await place.t.settle()
  const dialled = place.t.media.requests.find(([name]) => name === 'dialOut')
  return { ...place, party: dialled?.[1] as PartyId }
}

const waits = (t: TestStage) =>
  t.stage.engine.snapshot().waiting.map(({ call, queue, since, only }) => ({ call, queue, since, only }))

test('a call given to another queue waits there from now on, and the agent wraps up his part', async () => {
  const { t, call } = await talking()
  t.talks.transfer(FIRST, { queue: TECH })
  await t.settle()
  expect(waits(t)).toEqual([{ call, queue: TECH, since: t.clock.now(), only: undefined }])
  expect(t.desk(FIRST)).toMatchObject({ status: 'wrapUp', call: { id: call, state: 'over' } })
  expect(t.of('callTransferred')).toMatchObject([{ kind: 'blind', agent: FIRST, to: { queue: TECH } }])
  // The prompts of the wait take him out of the agent's room.
  expect(t.media.lines.some((line) => line.startsWith(`play ${call}`))).toBe(true)
})

test('the next agent has his own part, and the first wraps up his while the second talks', async () => {
  const { t, call } = await talking()
  await t.agent(SECOND)
  t.talks.transfer(FIRST, { queue: TECH })
  await t.settle()
  t.accept(SECOND)
  t.clock.advance(7_000)
  t.agents.wrapUp(FIRST, wrapUp, 'available')
  expect(t.desk(FIRST)).toMatchObject({ status: 'available', call: undefined })
  expect(t.desk(SECOND).call).toMatchObject({ id: call, state: 'talking' })
  t.media.push({ type: 'lineDown', agent: FIRST, cause: 0, at: t.clock.now() })
  expect(t.desk(SECOND).call).toMatchObject({ state: 'talking' })
  await t.hangUp(call)
  expect(t.desk(SECOND).status).toBe('wrapUp')
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 17, holdSeconds: 0 }])
})

test('a line that the first agent loses in his wrap-up is nothing to the call he gave away', async () => {
  const { t, call } = await talking()
  await t.agent(SECOND)
  t.talks.transfer(FIRST, { queue: TECH })
  await t.settle()
  t.accept(SECOND)
  t.media.push({ type: 'lineDown', agent: FIRST, cause: 0, at: t.clock.now() })
  await t.lineUp(FIRST)
  expect(t.desk(SECOND).call).toMatchObject({ id: call, state: 'talking' })
  expect(t.desk(FIRST).status).toBe('wrapUp')
})

test('a call returned to its queue is at its old place', async () => {
  const { t, call, queuedAt } = await talking()
  const later = await t.waiting('c2')
  t.talks.returnToQueue(FIRST)
  await t.settle()
  expect(waits(t)).toMatchObject([{ call, queue: 'admission', since: queuedAt }, { call: later }])
  expect(t.of('returnedToQueue')).toMatchObject([{ call, agent: FIRST, queue: 'admission' }])
  expect(t.desk(FIRST).status).toBe('wrapUp')
})

test('a call given to one colleague rings at his desk alone', async () => {
  const { t, call, queuedAt } = await talking()
  const third = await t.agent('third')
  await t.agent(SECOND)
  t.talks.transfer(FIRST, { agent: SECOND })
  await t.settle()
  expect(t.desk(SECOND).offer).toMatchObject({ call })
  expect(t.desk(SECOND).offer).not.toHaveProperty('askedBy')
  expect(t.desk(third).offer).toBeUndefined()
  // He lets it ring: anybody may have it now, at its old place.
  t.clock.advance(20_000)
  expect(t.desk(third).offer).toMatchObject({ call })
  expect(t.stage.engine.snapshot().offers.find(({ idle }) => idle.agent === third)?.waiting.since).toBe(
    queuedAt,
  )
})

test('a colleague who is busy is waited for, but not for ever; one who leaves is not waited for at all', async () => {
  for (const leaves of [true, false]) {
    const { t, call } = await talking()
    await t.agent(SECOND)
    t.agents.takeBreak(SECOND, 'rest')
    const third = await t.agent('third')
    t.talks.transfer(FIRST, { agent: SECOND })
    await t.settle()
    expect(waits(t)).toMatchObject([{ call, only: SECOND }])
    expect(t.desk(third).offer).toBeUndefined()
    if (leaves) t.agents.signOff(SECOND)
    else t.clock.advance(DIRECT_MS)
    expect(t.desk(third).offer).toMatchObject({ call })
  }
})

test('a call cannot be given to who is not there, nor to oneself', async () => {
  const { t } = await talking()
  for (const agent of ['nobody' as AgentId, FIRST])
    expect(() => t.talks.transfer(FIRST, { agent })).toThrow(
      expect.objectContaining({ code: 'agentNotFree' }),
    )
  expect(t.desk(FIRST).call?.state).toBe('talking')
})

test('a citizen sent to a number outside hears music until it answers, then talks with it', async () => {
  const { t, call, party } = await dialling()
  expect(t.media.lines).toEqual([
    `release ${FIRST}`,
    `startMusic ${call}`,
    `dialOut ${party} demo ${NUMBER} 1195`,
  ])
  expect(t.desk(FIRST).status).toBe('wrapUp')
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  expect(t.media.lines.at(-1)).toBe(`gather ${party} ${call}`)
  expect(t.story(call).slice(-2)).toEqual(['callTransferred', 'outsideConnected'])
  t.clock.advance(60_000)
  await t.hangUp(call)
  expect(t.media.lines.at(-1)).toBe(`hangUpParty ${party}`)
  // Nobody of ours talked in that minute.
  expect(t.of('callEnded')).toMatchObject([{ talkSeconds: 10 }])
})

test('a number outside that is busy sends the citizen back to his queue, at his place', async () => {
  const { t, call, queuedAt, party } = await dialling()
  t.media.push({ type: 'partyFailed', party, cause: 'busy', at: t.clock.now() })
  await t.settle()
  expect(waits(t)).toMatchObject([{ call, queue: 'admission', since: queuedAt }])
  expect(t.of('outsideFailed')).toMatchObject([{ number: NUMBER, cause: 'busy' }])
})

test('whoever comes back is not sent away because his queue has closed meanwhile, and another queue may do it', async () => {
  const open = { week: [], closedOn: [] }
  const hours = { open, then: { do: 'hangUp' }, atClosing: 'sendAway' } as const
  const close = (t: TestStage) => {
    const names = ['admission', 'tech'] as QueueId[]
    const queues = names.map((queue) => ({ ...defaultQueueSettings(queue), hours }))
    t.stage.routing.route({ type: 'queuesChanged', queues })
  }
  const sentOutside = await dialling()
  close(sentOutside.t)
  sentOutside.t.media.push({ type: 'partyFailed', party: sentOutside.party, cause: 'busy', at: 0 })
  expect(waits(sentOutside.t)).toMatchObject([{ queue: 'admission', since: sentOutside.queuedAt }])

  const returned = await talking()
  close(returned.t)
  returned.t.talks.returnToQueue(FIRST)
  expect(waits(returned.t)).toMatchObject([{ queue: 'admission', since: returned.queuedAt }])

  const given = await talking()
  close(given.t)
  given.t.talks.transfer(FIRST, { queue: TECH })
  expect(waits(given.t)).toEqual([])
})

test('a number that the engine cannot dial sends the citizen back to his queue', async () => {
  const { t, call } = await talking()
  t.media.failNext('dialOut', new Error('no'))
  t.talks.transfer(FIRST, { number: NUMBER })
  await t.settle()
  expect(waits(t)).toMatchObject([{ call, queue: 'admission' }])
})

test('a citizen and somebody outside who do not hear each other at once do so when the engine is back', async () => {
  const { t, party } = await dialling()
  t.media.failNext('gather', new EngineAway('gather'))
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  await t.settle()
  t.clock.advance(500)
  await t.settle()
  expect(t.media.lines.filter((line) => line === `gather ${party} c1`)).toHaveLength(2)
  expect(t.of('outsideFailed')).toEqual([])
})

test('a citizen who cannot be connected with somebody outside is back at his place, and that one is hung up', async () => {
  const { t, call, party, queuedAt } = await dialling()
  t.media.failNext('gather', new Error('refused'))
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  await t.settle()
  t.clock.advance(500)
  await t.settle()
  expect(waits(t)).toMatchObject([{ call, queue: 'admission', since: queuedAt }])
  expect(t.media.lines).toContain(`hangUpParty ${party}`)
})

test('a citizen who hangs up while a number is dialled for him is the end of it', async () => {
  const { t, call, party } = await dialling()
  await t.hangUp(call)
  expect(t.media.lines.at(-1)).toBe(`hangUpParty ${party}`)
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  expect(t.media.lines.at(-1)).toBe(`hangUpParty ${party}`)
  expect(t.stage.calls.size).toBe(0)
})

test('a number outside that hangs up ends the call', async () => {
  const { t, call, party } = await dialling()
  t.media.push({ type: 'partyAnswered', party, at: t.clock.now() })
  t.media.push({ type: 'partyGone', party, cause: 16, at: t.clock.now() })
  expect(t.media.lines.at(-1)).toBe(`hangUp ${call} done`)
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ endedBy: 'system' }])
})

test('a call that has ended is given to nobody', async () => {
  const { t, call } = await talking()
  await t.hangUp(call)
  for (const ask of [
    () => t.talks.transfer(FIRST, { queue: TECH }),
    () => t.talks.returnToQueue(FIRST),
    () => t.talks.consult(FIRST, { number: NUMBER }),
  ])
    expect(ask).toThrow(expect.objectContaining({ code: 'callGone' }))
})
