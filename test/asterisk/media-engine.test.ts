/** What callers, agents' lines and ordinary phones meet on a real engine while the server is there. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentId, OfferId } from '#core/lib/ids.ts'
import { freeUdpPort } from './engine.ts'
import {
  AGENTS_MARK,
  CITIZENS_MARK,
  expectFullLength,
  heard,
  hears,
  hearsNot,
  markedStage,
  speak,
} from './marked-stage.ts'
import {
  answeringPhone,
  refusedCall,
  refusingPhone,
  registration,
  ringingPhone,
  runSipp,
  silentCall,
} from './sipp.ts'

const STRANGER = '127.0.0.2'

const stage = markedStage()

test('a call walks through: hears, presses, talks, is held, and is recorded at full length', async () => {
  const agent = await stage.agentOnLine()
  const { call, citizen, arrived } = await stage.arrive({ userAgent: 'Phone 1.0' })
  expect(arrived).toMatchObject({ trunk: 'demo', did: '1195', caller: { userAgent: 'Phone 1.0' } })

  await stage.media.play(call, 1, [stage.prompt('short'), stage.prompt('long')])
  await heard(citizen, 20)
  expect(citizen.earlyMediaMs).toBeLessThan(250)
  await stage.media.play(call, 2, [stage.prompt('short')])
  expect(await stage.events.next('promptsPlayed')).toMatchObject({ call, playback: 2 })

  await stage.media.answer(call)
  expect(await stage.events.next('callAnswered')).toMatchObject({ call })
  await citizen.audio.press('1')
  await citizen.audio.press('*')
  expect(await stage.events.next('digitPressed')).toMatchObject({ call, digit: '1' })
  expect(await stage.events.next('digitPressed')).toMatchObject({ call, digit: '*' })

  await stage.media.startMusic(call)
  await heard(citizen, 20)
  speak(citizen, CITIZENS_MARK)
  speak(agent.line, AGENTS_MARK)
  await Promise.all([
    stage.media.connect(call, agent.id),
    hears(citizen, AGENTS_MARK),
    hears(agent.line, CITIZENS_MARK),
  ])
  expect((await stage.media.standing()).calls).toEqual([{ call, trunk: 'demo', connectedTo: agent.id }])

  await stage.media.mute(agent.id, true)
  await hearsNot(citizen, AGENTS_MARK)
  await stage.media.mute(agent.id, false)
  await hears(citizen, AGENTS_MARK)

  await stage.media.hold(call)
  await hearsNot(agent.line, CITIZENS_MARK)
  await hearsNot(citizen, AGENTS_MARK)
  await Promise.all([heard(citizen, 25), heard(agent.line, 25)])
  await Promise.all([
    stage.media.resume(call, agent.id),
    hears(citizen, AGENTS_MARK),
    hears(agent.line, CITIZENS_MARK),
  ])

  await citizen.hangUp()
  const over = await stage.events.next('callerHungUp')
  expect(over).toMatchObject({ call, cause: 16 })
  expectFullLength(arrived.legs, over.at - arrived.at)

  // The line stays, alone, and goes on being sent something.
  await stage.media.release(agent.id)
  await heard(agent.line, 25)
  expect((await stage.media.standing()).lines).toContain(agent.id)
  expect(stage.events.count('lineDown')).toBe(0)
  await expect(stage.media.answer(call)).rejects.toThrow('Gone from the engine')
})

test('a caller who sends no audio at all is recorded at full length', async () => {
  const agent = await stage.agentOnLine()
  speak(agent.line, AGENTS_MARK)
  const phone = runSipp({ scenario: silentCall(3_000), sip: stage.engine.ports.sip })
  const arrived = await stage.events.next('callArrived')
  const { call } = arrived
  await stage.media.play(call, 1, [stage.prompt('short')])
  await stage.events.next('promptsPlayed')
  await heard(agent.line, 20)
  await stage.media.answer(call)
  await heard(agent.line, 25)
  await stage.media.startMusic(call)
  await heard(agent.line, 25)
  await stage.media.connect(call, agent.id)
  await heard(agent.line, 0)
  const over = await stage.events.next('callerHungUp')
  expect(await phone.done).toBe(0)
  expectFullLength(arrived.legs, over.at - arrived.at)
})

test('what a caller claims to be arrives as he wrote it, whatever it would do elsewhere', async () => {
  const name = `Ali \${SHELL(id)} ):1:2( | '); DROP TABLE calls; -- <b>\u202e../..`
  const { arrived } = await stage.arrive({
    displayName: `"${name}"`,
    userAgent: `x, "y" <script>`,
    headers: [
      ['P-Asserted-Identity', '"A, B" <sip:+998901234567@op.uz>'],
      ['Remote-Party-ID', '<sip:998901234567@op.uz>;party=calling;privacy=full'],
    ],
  })
  expect(arrived.caller).toMatchObject({
    assertedIdentity: '"A, B" <sip:+998901234567@op.uz>',
    remotePartyId: '<sip:998901234567@op.uz>;party=calling;privacy=full',
    name,
    userAgent: `x, "y" <script>`,
  })
  expect(arrived.caller.from).toContain('<sip:998901234567@127.0.0.1>')
})

test('a caller who claims 30 000 characters gets through, and no more than a page of it is kept', async () => {
  const { arrived } = await stage.arrive({
    userAgent: 'u'.repeat(30_000),
    displayName: `"${'n'.repeat(2_000)}"`,
  })
  expect(arrived.caller.from.length).toBeLessThanOrEqual(1024)
  expect(arrived.caller.userAgent?.length ?? 0).toBeLessThanOrEqual(256)
})

test('an unknown number, a stranger and a full trunk are refused with their codes, each told once', async () => {
  const unknown = runSipp({ scenario: refusedCall(404), sip: stage.engine.ports.sip, service: '777' })
  expect(await stage.events.next('callRefused')).toMatchObject({
    did: '777',
    reason: 'unknownNumber',
    trunk: 'demo',
  })
  expect(await unknown.done).toBe(0)

  const stranger = runSipp({ scenario: refusedCall(403), sip: stage.engine.ports.sip, from: STRANGER })
  expect(await stage.events.next('callRefused')).toMatchObject({ did: '1195', reason: 'notATrunk' })
  expect(await stranger.done).toBe(0)

  // The trunk's own name in From is no proof.
  const liar = runSipp({
    scenario: refusedCall(403, '<sip:trunk-demo@127.0.0.1>'),
    sip: stage.engine.ports.sip,
    from: STRANGER,
  })
  expect(await stage.events.next('callRefused')).toMatchObject({ reason: 'notATrunk' })
  expect(await liar.done).toBe(0)

  await stage.arrive()
  await stage.arrive()
  const third = runSipp({ scenario: refusedCall(503), sip: stage.engine.ports.sip })
  expect(await stage.events.next('callRefused')).toMatchObject({ reason: 'linesFull', trunk: 'demo' })
  expect(await third.done).toBe(0)
})

test('a phone without the right password gets no line', async () => {
  const agent = randomUUID() as AgentId
  await stage.media.allowPhone(agent, 'right')
  const wrong = await stage.dialLine(agent, 'wrong')
  await wrong.settled
  expect(wrong.code).toBe(401)
  await stage.media.forbidPhone(agent)
  const forbidden = await stage.dialLine(agent, 'right')
  await forbidden.settled
  expect(forbidden.code).not.toBe(200)
})

test('a second line of an agent replaces the first, which is hung up and not missed', async () => {
  const agent = await stage.agentOnLine()
  stage.events.forget()
  const second = await stage.dialLine(agent.id, agent.password)
  expect(await stage.events.next('lineUp')).toMatchObject({ agent: agent.id })
  expect((await agent.line.over).by).toBe('them')
  expect(stage.events.count('lineDown')).toBe(0)
  expect((await stage.media.standing()).lines.filter((line) => line === agent.id)).toHaveLength(1)
  await second.hangUp()
  expect(await stage.events.next('lineDown')).toMatchObject({ agent: agent.id })
})

test('when a line is lost in a talk, the citizen hears music and is given back to the next line', async () => {
  const agent = await stage.agentOnLine()
  const { call, citizen } = await stage.arrive()
  await stage.media.answer(call)
  speak(citizen, CITIZENS_MARK)
  await Promise.all([stage.media.connect(call, agent.id), hears(agent.line, CITIZENS_MARK)])
  await agent.line.hangUp()
  await stage.events.next('lineDown')
  await heard(citizen, 25)
  const again = await stage.dialLine(agent.id, agent.password)
  await stage.events.next('lineUp')
  await Promise.all([stage.media.resume(call, agent.id), hears(again, CITIZENS_MARK)])
})

test('a phone that is rung for an offer answers, talks, and is hung up after the call', async () => {
  const agent = await phoneOf('answers', answeringPhone(300))
  const { call, citizen } = await stage.arrive()
  await stage.media.answer(call)
  const offer = randomUUID() as OfferId
  await stage.media.ring(agent.id, offer, '+998901234567')
  expect(await stage.events.next('phoneAnswered')).toMatchObject({ agent: agent.id, offer })
  await stage.media.connect(call, agent.id)
  await citizen.hangUp()
  await stage.events.next('callerHungUp')
  await stage.media.release(agent.id)
  expect(await agent.phone.done).toBe(0)
  expect(stage.events.count('phoneHungUp')).toBe(0)
})

test('a phone is still there when the link to a living engine was lost and is back', async () => {
  const agent = await phoneOf('answers', answeringPhone(300))
  stage.events.forget()
  stage.engine.pause()
  await stage.events.next('engineLost')
  stage.engine.go()
  await stage.events.next('engineBack')
  expect(await stage.media.canRing(agent.id)).toBe(true)
  const { call } = await stage.arrive()
  await stage.media.answer(call)
  const offer = randomUUID() as OfferId
  await stage.media.ring(agent.id, offer, '+998901234567')
  expect(await stage.events.next('phoneAnswered')).toMatchObject({ agent: agent.id, offer })
})

test.each([
  ['486 Busy Here', 'busy'],
  ['603 Decline', 'declined'],
  ['480 Temporarily Unavailable', 'noAnswer'],
])('a phone that says %s is told as %s', async (code, cause) => {
  const agent = await phoneOf('refuses', refusingPhone(code))
  await stage.media.ring(agent.id, randomUUID() as OfferId, '998901234567')
  expect((await stage.events.next('phoneFailed')).cause).toBe(cause)
})

test('ringing stops when the offer is withdrawn; a phone that is not there is unreachable', async () => {
  const agent = await phoneOf('rings', ringingPhone())
  const offer = randomUUID() as OfferId
  stage.events.forget()
  await stage.media.ring(agent.id, offer, '998901234567')
  await stage.media.stopRinging(agent.id, offer)
  await agent.phone.done
  expect(stage.events.count('phoneFailed')).toBe(0)

  const absent = randomUUID() as AgentId
  await stage.media.allowPhone(absent, 'secret')
  await stage.media.ring(absent, randomUUID() as OfferId, '998901234567')
  expect((await stage.events.next('phoneFailed')).cause).toBe('unreachable')
})

test('a message asked for by the flow is told when it has been left', async () => {
  const { call, citizen, arrived } = await stage.arrive()
  await stage.media.answer(call)
  await stage.media.takeMessage(call, 'ru')
  await heard(citizen, 60)
  await citizen.hangUp()
  await stage.events.next('callerHungUp')
  const { message } = await stage.events.next('messageLeft')
  expect(message).toMatchObject({ call, trunk: 'demo', did: '1195', legs: arrived.legs })
  expect(message.messageFromSeconds).toBeGreaterThan(0.2)
  expect(stage.events.count('callerHungUp')).toBe(1)
  expect(existsSync(join(stage.engine.paths.spool, `${call}.message.alaw`))).toBe(false)
  expectFullLength(arrived.legs, message.endedAt - message.arrivedAt)
})

test('the hash key ends a message', async () => {
  const { call, citizen } = await stage.arrive()
  await stage.media.answer(call)
  await stage.media.takeMessage(call, 'uz')
  await heard(citizen, 60)
  await citizen.audio.press('#')
  expect((await citizen.over).by).toBe('them')
  expect((await stage.events.next('messageLeft')).message.call).toBe(call)
})

/** An ordinary phone that has registered and waits. */
async function phoneOf(_what: string, scenario: string) {
  const id = randomUUID() as AgentId
  const password = randomUUID()
  await stage.media.allowPhone(id, password)
  const localPort = await freeUdpPort()
  const registered = runSipp({
    scenario: registration(`phone-${id}`, password),
    sip: stage.engine.ports.sip,
    localPort,
  })
  expect(await registered.done).toBe(0)
  return { id, phone: runSipp({ scenario, sip: stage.engine.ports.sip, localPort }) }
}
