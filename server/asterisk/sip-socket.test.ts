import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { joinSipSocket } from './sip-socket.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A web port whose engine is not asked: nobody gets that far. */
async function webPort(isAllowed = async () => false): Promise<number> {
  const server = createServer()
  joinSipSocket(server, { path: '/sip', port: 9, isAllowed, log: pino({ level: 'silent' }) })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(server)
  return (server.address() as AddressInfo).port
}

/** The first line of the answer to an upgrade of this address. */
async function upgrade(port: number, address: string, origin = `http://127.0.0.1:${port}`): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  open.push({ close: () => socket.destroy() })
  const lines = [
    `GET ${address} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Origin: ${origin}`,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return answer.toString('utf8').split('\r\n')[0] ?? ''
}

test.each(['//', 'http://[', '/other', '/sip/../x'])(
  'an upgrade of %s is answered as an address that is not there',
  async (address) => {
    expect(await upgrade(await webPort(), address)).toBe('HTTP/1.1 404 Not Found')
  },
)

test('a page of another origin may not use the cookie of this one', async () => {
  expect(await upgrade(await webPort(), '/sip', 'https://elsewhere.example')).toBe('HTTP/1.1 403 Forbidden')
})

test('whoever is not a signed-in agent is told so', async () => {
  expect(await upgrade(await webPort(), '/sip')).toBe('HTTP/1.1 401 Unauthorized')
})
