/** Who hears whom while a call is consulted about, handed over, or talked by three; and that all of it is recorded. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeAlaw, SAMPLES_PER_SECOND } from '../../tools/callers/alaw.ts'
import { toneShare } from '../../tools/callers/tone.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { engineStage, heard, hearEachOther, hearsMusic, hearsNot, hearsSilence } from './engine-stage.ts'

const stage = engineStage()

test('a consultation is between the agents, the citizen hears music, and then talks with the second', async () => {
  const { media } = stage
  const [first, second, citizen] = [await stage.agent(), await stage.agent(), await stage.citizen()]
  const { call } = citizen
  await media.connect(call, first.agent)
  await hearEachOther(citizen, first)

  await media.gather(first, [{ agent: second.agent }])
  await Promise.all([hearEachOther(first, second), hearsMusic(citizen)])
  const consultedFrom = Date.now()
  await Promise.all([hearsNot(first, citizen), hearsNot(second, citizen), hearsNot(citizen, first, second)])
  expect((await media.standing()).rooms).toEqual([
    { host: { agent: first.agent }, members: [{ agent: second.agent }] },
  ])
  await heard(citizen, 50)
  const consultedUntil = Date.now()

  await media.gather(second, [{ call }])
  await Promise.all([hearEachOther(citizen, second), hearsSilence(first), heard(citizen, 25)])
  expect((await media.standing()).calls).toEqual([{ call, trunk: 'demo', connectedTo: second.agent }])

  await citizen.hangUp()
  const over = await stage.events.next('callerHungUp')
  await hearsSilence(second)
  for (const side of [citizen.legs.citizen, citizen.legs.agent])
    expect(Math.abs(secondsOf(leg(side)) - (over.at - citizen.arrivedAt) / 1000)).toBeLessThan(
      LOST_MAX_SECONDS,
    )
  // What the agents said to each other is not in the citizen's file; what he was told before and after is.
  const told = leg(citizen.legs.agent)
  // Less what the file may lack until then: what came afterwards is that much earlier in it.
  const until = consultedUntil - citizen.arrivedAt - LOST_MAX_SECONDS * 1_000
  const from = consultedFrom - citizen.arrivedAt
  expect(shareOf(told, first.hz, from, until)).toBeLessThan(0.05)
  expect(shareOf(told, second.hz, from, until)).toBeLessThan(0.05)
  expect(shareOf(told, second.hz, over.at - citizen.arrivedAt - 200, over.at)).toBeGreaterThan(0.5)
})

test('three talk together, one after another leaves, and whoever is last is not left in the room', async () => {
  const { media } = stage
  const [first, second, citizen] = [await stage.agent(), await stage.agent(), await stage.citizen()]
  const { call } = citizen
  await media.connect(call, first.agent)
  await media.gather(first, [{ agent: second.agent }])
  await media.gather(first, [{ call }, { agent: second.agent }])
  await hearEachOther(citizen, first, second)
  expect((await media.standing()).rooms).toEqual([
    { host: { agent: first.agent }, members: [{ call }, { agent: second.agent }] },
  ])

  await media.gather(first, [{ call }])
  await Promise.all([hearEachOther(citizen, first), hearsSilence(second)])
  await media.gather(first, [{ call }, { agent: second.agent }])
  await hearEachOther(citizen, first, second)
  await media.gather(second, [{ call }])
  await Promise.all([hearEachOther(citizen, second), hearsSilence(first)])

  await citizen.hangUp()
  const over = await stage.events.next('callerHungUp')
  await Promise.all([hearsSilence(first), hearsSilence(second)])
  expect((await media.standing()).rooms).toEqual([])
  for (const side of [citizen.legs.citizen, citizen.legs.agent])
    expect(Math.abs(secondsOf(leg(side)) - (over.at - citizen.arrivedAt) / 1000)).toBeLessThan(
      LOST_MAX_SECONDS,
    )
})

test('whoever is lost while three talk, the other two go on; he comes back to them', async () => {
  const { media } = stage
  const [first, second, citizen] = [await stage.agent(), await stage.agent(), await stage.citizen()]
  const { call } = citizen
  const three = [{ call }, { agent: second.agent }]
  await media.gather(first, three)
  await hearEachOther(citizen, first, second)

  await first.hangUp()
  expect(await stage.events.next('lineDown')).toMatchObject({ agent: first.agent })
  await Promise.all([hearEachOther(citizen, second), hearsNot(citizen, first)])
  const firstAgain = await first.again()
  await media.gather(first, three)
  await hearEachOther(citizen, firstAgain, second)

  await second.hangUp()
  expect(await stage.events.next('lineDown')).toMatchObject({ agent: second.agent })
  await hearEachOther(citizen, firstAgain)
  const secondAgain = await second.again()
  await media.gather(first, three)
  await citizen.hangUp()
  await stage.events.next('callerHungUp')
  await hearEachOther(firstAgain, secondAgain)
  await media.gather(first, [])
  await Promise.all([hearsSilence(firstAgain), hearsSilence(secondAgain)])
})

test('an agent whose colleague is lost in a consultation is by himself, and the citizen still hears music', async () => {
  const { media } = stage
  const [first, second, citizen] = [await stage.agent(), await stage.agent(), await stage.citizen()]
  await media.connect(citizen.call, first.agent)
  await media.gather(first, [{ agent: second.agent }])
  await hearEachOther(first, second)
  await first.hangUp()
  await stage.events.next('lineDown')
  await Promise.all([hearsSilence(second), hearsMusic(citizen)])
  await media.connect(citizen.call, second.agent)
  await hearEachOther(citizen, second)
})

test('gathering somebody who has gone leaves the citizen with music and the agent by himself', async () => {
  const { media } = stage
  const [first, second, citizen] = [await stage.agent(), await stage.agent(), await stage.citizen()]
  const { call } = citizen
  await media.connect(call, first.agent)
  await second.hangUp()
  await stage.events.next('lineDown')
  await expect(media.gather(first, [{ call }, { agent: second.agent }])).rejects.toThrow(
    'Gone from the engine',
  )
  await hearEachOther(citizen, first)
})

test('a server that comes back finds a consultation and three in a talk as they were', async () => {
  const [first, second, citizen] = [await stage.agent(), await stage.agent(), await stage.citizen()]
  const { call } = citizen
  await stage.media.connect(call, first.agent)
  await stage.media.gather(first, [{ agent: second.agent }])
  await stage.media.stop()
  await stage.openServer()
  await Promise.all([hearEachOther(first, second), hearsMusic(citizen)])
  const host = { agent: first.agent }
  expect(await stage.media.standing()).toMatchObject({
    calls: [{ call, trunk: 'demo' }],
    rooms: [{ host, members: [{ agent: second.agent }] }],
  })

  await stage.media.gather(first, [{ call }, { agent: second.agent }])
  await stage.media.stop()
  await hearEachOther(first, second, citizen)
  await first.hangUp()
  await stage.openServer()
  expect((await stage.media.standing()).rooms).toEqual([
    { host, members: [{ call }, { agent: second.agent }] },
  ])
  await hearEachOther(second, citizen)
  await stage.media.gather(second, [{ call }])
  await hearEachOther(second, citizen)
})

const leg = (file: string) => decodeAlaw(readFileSync(file))
const secondsOf = (sound: Int16Array) => sound.length / SAMPLES_PER_SECOND

/** How much of a piece of the sound is a tone. */
function shareOf(sound: Int16Array, hz: number, fromMs: number, untilMs: number): number {
  const at = (ms: number) => Math.max(0, Math.round((ms * SAMPLES_PER_SECOND) / 1000))
  return toneShare(sound.subarray(at(fromMs), at(untilMs)), hz)
}
