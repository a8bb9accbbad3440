/** What becomes of calls, lines and messages while the server is away or the engine fails, and once they are back. */
import { expect, test } from 'vitest'
import { CITIZENS_MARK, expectFullLength, heard, hears, markedStage, speak } from './marked-stage.ts'
import { refusedCall, runSipp } from './sipp.ts'

const stage = markedStage()

test('without the server callers leave messages, and others are refused; all is told once, later', async () => {
  await stage.media.stop()
  const refused = runSipp({ scenario: refusedCall(404), sip: stage.engine.ports.sip, service: '777' })
  expect(await refused.done).toBe(0)
  const citizen = await stage.dial({ userAgent: 'Alone, "1"' })
  await citizen.settled
  expect(citizen.code).toBe(200)
  await heard(citizen, 60)
  const leftAt = Date.now()
  await citizen.hangUp()

  await stage.openServer()
  const { message } = await stage.events.next('messageLeft')
  expect(message).toMatchObject({ trunk: 'demo', did: '1195', caller: { userAgent: 'Alone, "1"' } })
  expect(Math.abs(message.endedAt - leftAt)).toBeLessThan(500)
  expectFullLength(message.legs, message.endedAt - message.arrivedAt)

  await stage.media.stop()
  stage.events.forget()
  await stage.openServer()
  await stage.arrive()
  expect(stage.events.count('messageLeft')).toBe(0)
})

test('a server that dies leaves talks alone and gives waiting callers to the message; a new one finds both', async () => {
  const agent = await stage.agentOnLine()
  const talking = await stage.arrive()
  await stage.media.answer(talking.call)
  speak(talking.citizen, CITIZENS_MARK)
  await Promise.all([stage.media.connect(talking.call, agent.id), hears(agent.line, CITIZENS_MARK)])
  const waiting = await stage.arrive()
  await stage.media.startMusic(waiting.call)
  await stage.media.stop()

  // Longer than a stay: the waiting caller is asked for a message, the others talk on.
  await waiting.citizen.settled
  expect(waiting.citizen.code).toBe(200)
  await hears(agent.line, CITIZENS_MARK)

  await stage.openServer()
  const standing = await stage.media.standing()
  expect(standing).toMatchObject({
    calls: [{ call: talking.call, trunk: 'demo', connectedTo: agent.id }],
    lines: [agent.id],
    alone: [waiting.call],
  })
  await talking.citizen.hangUp()
  expect(await stage.events.next('callerHungUp')).toMatchObject({ call: talking.call })
  await waiting.citizen.hangUp()
  expect((await stage.events.next('messageLeft')).message.call).toBe(waiting.call)
})

test('a long prompt holds up nobody else, and a server that comes back in the middle of it can stop it', async () => {
  const { call, citizen } = await stage.arrive()
  await stage.media.play(call, 1, [stage.prompt('short'), stage.prompt('long')])
  await heard(citizen, 25)
  const since = Date.now()
  const agent = await stage.agentOnLine()
  expect(Date.now() - since).toBeLessThan(1_000)
  await stage.media.stop()
  await stage.openServer()
  expect(await stage.media.standing()).toMatchObject({
    calls: [{ call, trunk: 'demo' }],
    lines: [agent.id],
    alone: [],
    rooms: [],
  })
  await stage.media.answer(call)
  speak(citizen, CITIZENS_MARK)
  await Promise.all([stage.media.connect(call, agent.id), hears(agent.line, CITIZENS_MARK)])
  expect(Date.now() - since).toBeLessThan(3_000)
})

test('when a caller left while the server was away, the agent is not left sitting in the bridge', async () => {
  const agent = await stage.agentOnLine()
  const { call, citizen } = await stage.arrive()
  await stage.media.answer(call)
  await stage.media.connect(call, agent.id)
  await stage.media.stop()
  await citizen.hangUp()
  await stage.openServer()
  expect(await stage.media.standing()).toMatchObject({ calls: [], lines: [agent.id], alone: [], rooms: [] })
  const next = await stage.arrive()
  await stage.media.answer(next.call)
  speak(next.citizen, CITIZENS_MARK)
  await Promise.all([stage.media.connect(next.call, agent.id), hears(agent.line, CITIZENS_MARK)])
})

test('when the engine crashes, each call ends once, lines are lost, and phones can come back', async () => {
  const agent = await stage.agentOnLine()
  const { arrived, call } = await stage.arrive()
  stage.events.forget()
  await stage.engine.crash()
  await stage.events.next('engineLost')
  await stage.engine.start()
  await stage.events.next('engineBack')
  expect(stage.events.all.map((event) => event.type)).toEqual([
    'engineLost',
    'callerHungUp',
    'lineDown',
    'engineBack',
  ])
  expect(stage.events.all[1]).toMatchObject({ call, because: 'engineLost' })
  expect((await stage.media.standing()).engineSince).toBeGreaterThan(arrived.at)
  const line = await stage.dialLine(agent.id, agent.password)
  await stage.events.next('lineUp')
  await line.hangUp()
  await stage.arrive()
})

test('an engine that stands still is noticed within three seconds', async () => {
  stage.events.forget()
  stage.engine.pause()
  const since = Date.now()
  await stage.events.next('engineLost')
  expect(Date.now() - since).toBeLessThan(3_000)
  stage.engine.go()
  await stage.events.next('engineBack')
  await stage.arrive()
})

test('an engine on which nobody has called yet has something to time, after a crash too', async () => {
  const standing = () => stage.engine.console('bridge show all')
  expect(await standing()).toMatch(/^clock .* 0 .*softmix/m)
  await stage.engine.crash()
  await stage.events.next('engineLost')
  await stage.engine.start()
  await stage.events.next('engineBack')
  expect(await standing()).toMatch(/^clock .* 0 .*softmix/m)
})
