/**
 * The browser's phone reaches the engine through the web server's own port:
 * `/sip` on this origin is joined, byte for byte, to the engine's WebSocket on
 * the loopback. So the engine listens to nobody outside for signalling of
 * browsers, ARI stays private, and one certificate serves all.
 *
 * Only a signed-in agent of this origin may open it; the SIP password is asked
 * for beside that. Frames are not looked at.
 */
import type { IncomingMessage, Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'

const MAX_SOCKETS = 200
const CONNECT_TIMEOUT_MS = 3_000
const PASSED_HEADERS = [
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
]

export type SipSocketOptions = {
  path: string
  /** The engine's HTTP port on 127.0.0.1. */
  port: number
  isAllowed(request: IncomingMessage): Promise<boolean>
  log: Logger
}

export function joinSipSocket(server: Server, options: SipSocketOptions): void {
  const open = new Set<Duplex>()

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (URL.parse(request.url ?? '/', 'http://javob')?.pathname !== options.path)
      return refuse(socket, '404 Not Found')
    if (!isSameOrigin(request)) return refuse(socket, '403 Forbidden')
    if (open.size >= MAX_SOCKETS) return refuse(socket, '503 Service Unavailable')
    options.isAllowed(request).then(
      (allowed) => {
        if (!allowed) return refuse(socket, '401 Unauthorized')
        // Its end has been told already, and would never be heard of again.
        if (socket.destroyed) return
        open.add(socket)
        socket.on('close', () => open.delete(socket))
        join(request, socket, head, options)
      },
      (error: unknown) => {
        options.log.error({ error: String(error) }, 'a phone could not be let in')
        refuse(socket, '500 Internal Server Error')
      },
    )
  })
}

/** A page of another origin must not use the cookie of this one. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  return (
    headers.origin !== undefined &&
    URL.canParse(headers.origin) &&
    new URL(headers.origin).host === headers.host
  )
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function join(request: IncomingMessage, socket: Duplex, head: Buffer, { port, log }: SipSocketOptions): void {
  const engine: Socket = connect({ port, host: '127.0.0.1', timeout: CONNECT_TIMEOUT_MS })
  engine.on('timeout', () => engine.destroy(new Error('The engine does not answer')))
  engine.on('error', (error) => {
    log.warn({ error: error.message }, 'the phone’s way to the engine broke')
    socket.destroy()
  })
  engine.on('connect', () => {
    engine.setTimeout(0)
    engine.setNoDelay(true)
    const passed = PASSED_HEADERS.flatMap((name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? [`${name}: ${value}`] : []
    })
    engine.write(
      [
        'GET /ws HTTP/1.1',
        `Host: 127.0.0.1:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        ...passed,
        '',
        '',
      ].join('\r\n'),
    )
    if (head.length > 0) engine.write(head)
    engine.pipe(socket)
    socket.pipe(engine)
  })
  engine.on('close', () => socket.destroy())
  socket.on('close', () => engine.destroy())
}
