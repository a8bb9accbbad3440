/** Those whom we call through a trunk: somebody outside who is called into a call, and citizens who are called back. */
import { randomUUID } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CallbackId, CallId, PartyId } from '#core/lib/ids.ts'
import { decodeAlaw } from '../../tools/callers/alaw.ts'
import { toneShare } from '../../tools/callers/tone.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { engineStage, heard, hearEachOther, hearsMusic, hearsNot, hearsSilence } from './engine-stage.ts'

const NUMBER = '+998712345678'
const SAMPLES_A_SECOND = 8000

const stage = engineStage()

const aParty = () => randomUUID() as string as PartyId
const aCallback = () => randomUUID() as string as CallbackId
const dial = { trunk: stage.trunk, number: NUMBER, callerId: '1195' }

test('somebody outside is called, consulted, joined to a talk, and left with the citizen', async () => {
  const [agent, citizen, phone] = [await stage.agent(), await stage.citizen(), await stage.outside('answers')]
  const { call } = citizen
  const { media, events } = stage
  await media.connect(call, agent.agent)
  const party = aParty()
  await media.dialOut({ ...dial, party })
  const ring = await phone.ring
  expect(ring).toMatchObject({ uri: `sip:998712345678@127.0.0.1:${phone.port}`, from: '1195' })
  expect(await events.next('partyAnswered')).toMatchObject({ party })
  const outside = stage.speaking(ring)

  await media.gather(agent, [{ party }])
  await Promise.all([hearEachOther(agent, outside), hearsMusic(citizen)])
  await hearsNot(citizen, agent, outside)
  await media.gather(agent, [{ call }, { party }])
  await hearEachOther(agent, outside, citizen)
  await media.gather({ party }, [{ call }])
  await Promise.all([hearEachOther(outside, citizen), hearsSilence(agent)])
  expect(await media.standing()).toMatchObject({
    calls: [{ call }],
    rooms: [{ host: { party }, members: [{ call }] }],
    parties: [party],
  })

  ring.hangUp()
  expect(await events.next('partyGone')).toMatchObject({ party })
  await hearsMusic(citizen)
  await citizen.hangUp()
  const over = await events.next('callerHungUp')
  for (const leg of [citizen.legs.citizen, citizen.legs.agent]) {
    const seconds = statSync(leg).size / SAMPLES_A_SECOND
    expect(Math.abs(seconds - (over.at - citizen.arrivedAt) / 1000)).toBeLessThan(LOST_MAX_SECONDS)
  }
  expect((await media.standing()).parties).toEqual([])
  await expect(media.gather(agent, [{ party }])).rejects.toThrow('Gone from the engine')
})

test.each([
  [486, 'busy'],
  [603, 'declined'],
  [480, 'noAnswer'],
  [404, 'unreachable'],
  [503, 'unreachable'],
])('somebody outside who refuses with %i is told as %s', async (code, cause) => {
  await stage.outside(code)
  const party = aParty()
  await stage.media.dialOut({ ...dial, party })
  expect(await stage.events.next('partyFailed')).toMatchObject({ party, cause })
  expect((await stage.media.standing()).parties).toEqual([])
})

test('a trunk without a way out reaches nobody', async () => {
  await stage.trunkTo(undefined)
  const [party, callback] = [aParty(), aCallback()]
  await stage.media.dialOut({ ...dial, party })
  expect(await stage.events.next('partyFailed')).toMatchObject({ party, cause: 'unreachable' })
  await stage.media.callBack({ ...dial, callback })
  expect(await stage.events.next('callbackFailed')).toMatchObject({ callback, cause: 'unreachable' })
})

test('somebody outside is not called any more, or hung up, and nothing follows', async () => {
  const { media, events } = stage
  const ringing = await stage.outside('rings')
  const party = aParty()
  await media.dialOut({ ...dial, party })
  const ring = await ringing.ring
  await media.hangUpParty(party)
  expect((await ring.over).by).toBe('them')

  const answering = await stage.outside('answers')
  const other = aParty()
  await media.dialOut({ ...dial, party: other })
  await events.next('partyAnswered')
  events.forget()
  await media.hangUpParty(other)
  expect((await (await answering.ring).over).by).toBe('them')
  const callback = aCallback()
  const third = await stage.outside('rings')
  await media.callBack({ ...dial, callback })
  const rung = await third.ring
  expect((await media.standing()).callbacks).toEqual([callback])
  await media.stopCallingBack(callback)
  expect((await rung.over).by).toBe('them')
  expect(events.all).toEqual([])
})

test('a citizen who is called back is a caller like any other, recorded from his first second', async () => {
  const { media, events } = stage
  const [agent, phone] = [await stage.agent(), await stage.outside('answers')]
  const callback = aCallback()
  await media.callBack({ ...dial, callback })
  const arrived = await events.next('callArrived')
  expect(arrived).toMatchObject({ callback, trunk: 'demo', did: '1195', caller: { from: NUMBER } })
  expect(await events.next('callAnswered')).toMatchObject({ call: arrived.call })
  expect((await media.standing()).callbacks).toEqual([])
  const citizen = stage.speaking(await phone.ring)
  await media.connect(arrived.call, agent.agent)
  await hearEachOther(citizen, agent)
  await citizen.hangUp()
  const over = await events.next('callerHungUp')
  expect(over).toMatchObject({ call: arrived.call })
  for (const [leg, hz] of [
    [arrived.legs.citizen, citizen.hz],
    [arrived.legs.agent, agent.hz],
  ] as const) {
    const sound = readFileSync(leg)
    expect(Math.abs(sound.length / SAMPLES_A_SECOND - (over.at - arrived.at) / 1000)).toBeLessThan(
      LOST_MAX_SECONDS,
    )
    expect(toneShare(decodeAlaw(sound).subarray(-SAMPLES_A_SECOND / 2), hz)).toBeGreaterThan(0.5)
  }
  expect(events.count('callbackFailed')).toBe(0)
})

test('a citizen who cannot be called back is told with the cause', async () => {
  await stage.outside(486)
  const callback = aCallback()
  await stage.media.callBack({ ...dial, callback })
  expect(await stage.events.next('callbackFailed')).toMatchObject({ callback, cause: 'busy' })
})

test('whoever answers while the server is away leaves a message, and whoever rings on is found', async () => {
  const phone = await stage.outside('rings')
  const callback = aCallback()
  await stage.media.callBack({ ...dial, callback })
  const ring = await phone.ring
  await stage.media.stop()
  await stage.openServer()
  expect((await stage.media.standing()).callbacks).toEqual([callback])
  await stage.media.stop()
  ring.answer()
  const citizen = stage.speaking(ring)
  await heard(citizen, 60)
  await citizen.hangUp()
  await stage.openServer()
  const { message } = await stage.events.next('messageLeft')
  expect(message).toMatchObject({ trunk: 'demo', did: '1195', caller: { from: NUMBER } })
  expect(message.call satisfies CallId).toMatch(/^[0-9a-f-]{36}$/)
})
