import pino from 'pino'
import { expect, test } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import type { MediaEvent } from '../calls/ports.ts'
import { AgentLines } from './agent-lines.ts'
import type { AriLink } from './ari-link.ts'
import { AriRefused, type AriRequest } from './ari-socket.ts'
import { CitizenChannels } from './citizen-channels.ts'
import { EngineEvents } from './engine-events.ts'
import { legPlaces } from './leg-files.ts'
import { OutsideLegs } from './outside-legs.ts'
import { Rooms } from './rooms.ts'

const CALL = 'c1' as CallId
const CHANNEL = { id: '1.1', name: 'PJSIP/demo', state: 'Ring', dialplan: {} }

/** What is told of a citizen's channel, and what Asterisk is asked for, in order. */
function aCitizenOffered() {
  const asked: string[] = []
  const told: MediaEvent['type'][] = []
  const engine = { hasPlayback: true }
  const link = {
    async request({ method, path }: AriRequest) {
      asked.push(`${method} ${path.join('/')}`)
      if (method === 'GET' && !engine.hasPlayback) throw new AriRefused(404, 'GET playbacks', 'Not found')
    },
  } as unknown as AriLink
  const citizens = new CitizenChannels(link, 90)
  const people = { link, citizens, agents: new AgentLines(link), outside: new OutsideLegs(link) }
  const legs = legPlaces('/nowhere')
  const books = { ...people, rooms: new Rooms(people), legs, log: pino({ level: 'silent' }) }
  const events = new EngineEvents(books, ({ type }) => told.push(type))
  const offer = async () => {
    const timestamp = new Date().toISOString()
    const args = ['arrived', CALL, 'demo', '1195', String(Date.now()), '...']
    events.digest({ type: 'StasisStart', timestamp, args, channel: CHANNEL })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { asked, told, engine, citizens, offer }
}

const VARIABLE = 'POST channels/1.1/variable'

test('a citizen who is offered anew is kept, unless a prompt plays: behind it everything would wait', async () => {
  const { asked, citizens, offer } = aCitizenOffered()
  await offer()
  expect(asked).toContain(VARIABLE)
  asked.length = 0
  await offer()
  expect(asked).toContain(VARIABLE)

  await citizens.play(CALL, 1, ['/nowhere/prompt'])
  asked.length = 0
  await offer()
  expect(asked).toEqual(['GET playbacks/c1~0'])
})

test('a prompt that was lost with the former offer has ended, and the citizen is kept', async () => {
  const { asked, told, engine, citizens, offer } = aCitizenOffered()
  await offer()
  await citizens.play(CALL, 1, ['/nowhere/prompt'])
  engine.hasPlayback = false
  asked.length = 0
  await offer()
  expect(told).toEqual(['callArrived', 'promptsPlayed'])
  expect(asked).toContain(VARIABLE)
})
