import { expect, test } from 'vitest'
import type { AgentId, OfferId } from '#core/lib/ids.ts'
import { AgentLines } from './agent-lines.ts'
import type { AriLink } from './ari-link.ts'
import type { AriRequest } from './ari-socket.ts'
import { roomOf } from './room-bridges.ts'

const AGENT = 'dilnoza' as AgentId

function theAgents(answer: (path: AriRequest['path']) => Promise<void> = async () => undefined) {
  const asked: string[] = []
  const link = {
    async request({ method, path }: AriRequest) {
      asked.push(`${method} ${path.slice(0, 2).join('/')}`)
      await answer(path)
    },
  } as unknown as AriLink
  const agents = new AgentLines(link)
  return { asked, agents, rooms: () => asked.filter((line) => line.startsWith('POST bridges')) }
}

test('a room is made for the first call of a phone only, unless the engine has lost it', async () => {
  const { agents, rooms } = theAgents()
  await agents.ring(AGENT, 'o1' as OfferId, '+998901234567')
  await agents.ring(AGENT, 'o2' as OfferId, '+998901234567')
  expect(rooms()).toEqual([`POST bridges/${roomOf({ agent: AGENT })}`])
  agents.knowRooms([])
  await agents.ring(AGENT, 'o3' as OfferId, '+998901234567')
  expect(rooms()).toHaveLength(2)
})

test('a ring that the engine refuses late takes nothing from the offer that rings by then', async () => {
  const first = Promise.withResolvers<void>()
  let rings = 0
  const { agents } = theAgents(async ([what]) => {
    if (what === 'channels' && ++rings === 1) await first.promise
  })
  const refused = agents.ring(AGENT, 'o1' as OfferId, '+998901234567')
  await agents.ring(AGENT, 'o2' as OfferId, '+998901234567')
  first.reject(new Error('too late'))
  await expect(refused).rejects.toThrow('too late')
  expect(agents.phones()).toMatchObject([{ offer: 'o2' }])
})

test('a line has its silence ended before a talk, a phone that was just picked up has none to end', async () => {
  const { agents, asked } = theAgents()
  await agents.up(AGENT, '1.1')
  asked.length = 0
  await agents.quiet(agents.seat(AGENT))
  expect(asked).toEqual(['DELETE channels/1.1'])
  agents.adoptPhone('rustam' as AgentId, 'o1' as OfferId)
  asked.length = 0
  const phone = agents.seat('rustam' as AgentId)
  await agents.quiet(phone)
  expect(asked).toEqual([])
  await agents.silence(phone)
  await agents.quiet(phone)
  expect(asked).toHaveLength(2)
})
