import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { expect, test } from 'vitest'
import type { StaffId } from '#core/lib/ids.ts'
import { LiveHub } from './live.ts'

const dilnoza = 'dilnoza' as StaffId

test('a stream ends with the sign-in, and what its owner is told right after it is written to nobody', async () => {
  const hub = new LiveHub(pino({ level: 'silent' }))
  const server = createServer((_, response) => {
    hub.open({ staff: dilnoza, role: 'agent', signIn: 's1', response }, [])
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stream = await fetch(`http://127.0.0.1:${port}/`)

  hub.closeSignIn('s1', 'signedOut')
  // Signing out ends the shift at the desk, which is told to the desk's owner.
  hub.toStaff(dilnoza, { type: 'appealChanged', appeal: 'a1' })
  expect(hub.hasReaders()).toBe(false)
  const text = await stream.text()
  expect(text).toContain('"signedOut"')
  expect(text).not.toContain('appealChanged')
  hub.close()
  server.close()
})

test('of a report of corruption that changed only those hear who handle them', async () => {
  const hub = new LiveHub(pino({ level: 'silent' }))
  const roles = ['agent', 'editor', 'officer'] as const
  const server = createServer((request, response) => {
    const role = roles[Number(request.url?.slice(1))]
    if (role) hub.open({ staff: dilnoza, role, signIn: role, response }, [])
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const streams = await Promise.all(roles.map((_, n) => fetch(`http://127.0.0.1:${port}/${n}`)))
  hub.toThoseWhoSeeAppeal('trust', { type: 'appealChanged', appeal: 'a report' })
  hub.toThoseWhoSeeAppeal('general', { type: 'appealChanged', appeal: 'any other' })
  hub.close()
  const texts = await Promise.all(streams.map((stream) => stream.text()))
  expect(texts.map((text) => text.includes('a report'))).toEqual([false, false, true])
  expect(texts.map((text) => text.includes('any other'))).toEqual([true, true, true])
  server.close()
})

test('of one thing each reader is told what he may know, and nothing where it is not for him', async () => {
  const hub = new LiveHub(pino({ level: 'silent' }))
  const people = [
    { staff: dilnoza, role: 'agent' as const },
    { staff: 'malika' as StaffId, role: 'supervisor' as const },
    { staff: 'aziz' as StaffId, role: 'administrator' as const },
  ]
  const server = createServer((request, response) => {
    const who = people[Number(request.url?.slice(1))]
    if (who) hub.open({ ...who, signIn: who.staff, response }, [])
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const streams = await Promise.all(people.map((_, n) => fetch(`http://127.0.0.1:${port}/${n}`)))
  hub.tell(({ id, role }) =>
    role === 'administrator' ? undefined : { type: 'chatRead', room: `of ${id}`, upTo: 1 },
  )
  hub.close()
  const [agent, supervisor, administrator] = await Promise.all(streams.map((stream) => stream.text()))
  expect(agent).toContain('of dilnoza')
  expect(agent).not.toContain('of malika')
  expect(supervisor).toContain('of malika')
  expect(administrator).not.toContain('chatRead')
  server.close()
})
