import { expect, test } from 'vitest'
import type { CallId, TrunkId } from '#core/lib/ids.ts'
import { EngineAway } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import type { AriRequest } from './ari-socket.ts'
import { CitizenChannels } from './citizen-channels.ts'

const CALL = 'c1' as CallId

/** A citizen, and what Asterisk is asked for him, in order. */
function aCitizen() {
  const asked: string[] = []
  const link = {
    isAway: false,
    async request({ method, path }: AriRequest) {
      if (link.isAway) throw new EngineAway(path.join('/'))
      asked.push(`${method} ${path.join('/')}`)
    },
  }
  const citizens = new CitizenChannels(link as unknown as AriLink, 90)
  const citizen = citizens.add({ call: CALL, trunk: 'demo' as TrunkId }, '1.1')
  return { asked, citizens, citizen, link, playing: () => asked.filter((line) => line.includes('/play/')) }
}

test('a prompt whose length is still being looked up is not played to a citizen who talks meanwhile', async () => {
  const { citizens, citizen, playing } = aCitizen()
  const played = citizens.play(CALL, 1, ['/nowhere/prompt'])
  await citizens.hush(citizen)
  await played
  expect(playing()).toEqual([])
})

test('music that goes on while a prompt is looked up is what is ended before a talk', async () => {
  const { asked, citizens, citizen } = aCitizen()
  await citizens.startMusic(CALL)
  const played = citizens.play(CALL, 1, ['/nowhere/prompt'])
  await citizens.hush(citizen)
  await played
  expect(asked).toContain('DELETE channels/1.1/moh')
})

test('of two prompts asked for at once the later is played', async () => {
  const { citizens, playing } = aCitizen()
  await Promise.all([citizens.play(CALL, 1, ['/nowhere/one']), citizens.play(CALL, 2, ['/nowhere/two'])])
  expect(playing()).toEqual(['POST channels/1.1/play/c1~1'])
  expect(citizens.playbackEnded('c1~0')).toBeUndefined()
  expect(citizens.playbackEnded('c1~1')).toEqual({ call: CALL, playback: 2 })
})

test('a citizen whom Asterisk could not be told to ask for a message is not kept from the dialplan, which asks him too', async () => {
  const { asked, citizens, citizen, link } = aCitizen()
  await citizens.startMusic(CALL)
  link.isAway = true
  await expect(citizens.takeMessage(CALL, 'uz')).rejects.toThrow(EngineAway)
  expect(citizen.isTakingMessage).toBe(true)
  link.isAway = false
  await citizens.takeMessage(CALL, 'uz')
  expect(asked.slice(-2)).toEqual(['DELETE channels/1.1/moh', 'POST channels/1.1/continue'])
})
