/**
 * The telephone engine's side of the control connection, in a process of its own: answers what it is asked and
 * sends as many events a second as it is told, each with the moment it was sent. Told by its parent:
 * `{ perSecond, seconds }`; tells it `{ port }` first and `{ sent }` after each stretch.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { scriptedEvents, type SentEvents, type Stretch } from './scripted-events.ts'

const TICK_MS = 5
const STARTED_AT = new Date().toISOString()

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
await once(server, 'listening')
let client: WebSocket | undefined
server.on('connection', (socket) => {
  client = socket
  socket.on('message', (data) => answer(socket, JSON.parse(textOf(data)) as AriRequest))
})
process.on('message', (stretch: Stretch) => void send(stretch))
process.send?.({ port: (server.address() as { port: number }).port })

type AriRequest = { request_id: string; method: string; uri: string }

function answer(socket: WebSocket, { request_id, method, uri }: AriRequest): void {
  const path = uri.split('?')[0] ?? ''
  const told = { type: 'RESTResponse', request_id, status_code: 200, reason_phrase: 'OK', uri }
  socket.send(JSON.stringify({ ...told, message_body: JSON.stringify(bodyOf(method, path)) }))
  const [, heartbeat] = /^events\/user\/(.+)$/.exec(path) ?? []
  if (heartbeat)
    socket.send(JSON.stringify({ type: 'ChannelUserevent', timestamp: now(), eventname: heartbeat }))
}

/** An engine on which nothing stands yet. */
function bodyOf(method: string, path: string): unknown {
  if (method !== 'GET') return {}
  if (path === 'asterisk/info') return { status: { startup_time: STARTED_AT } }
  return path.endsWith('variable') ? { value: '' } : []
}

async function send({ perSecond, seconds }: Stretch): Promise<void> {
  const total = perSecond * seconds
  const script = scriptedEvents(randomUUID())
  const began = performance.now()
  const sent: SentEvents = { arrived: 0, digits: 0, hungUp: 0 }
  for (let done = 0; done < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) * perSecond) / 1000))
    for (; done < due; done++) client?.send(script(sent, now()))
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  process.send?.({ sent })
}

function now(): string {
  return new Date().toISOString()
}

function textOf(data: RawData): string {
  return Buffer.from(data as Buffer).toString('utf8')
}
