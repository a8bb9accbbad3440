/**
 * One control connection to Asterisk (ARI): requests and events over the same
 * WebSocket, which keeps their order and costs less than HTTP.
 *
 * An open socket proves nothing: Asterisk can stop writing events to a client that
 * was slow once and leave the connection standing. So a heartbeat is sent through
 * the path the events take, and a socket on which no event at all comes back in time
 * is closed. It is then over for good; ari-link.ts opens the next. An engine that is
 * slow is not deaf: to close on it would lose what has been asked of it.
 */
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { type RawData, WebSocket } from 'ws'
import { EngineAway } from '../calls/ports.ts'
import { ARI_EVENTS, type AriEvent } from './ari-objects.ts'
import { ariAuthorization } from './engine-account.ts'

export const ARI_APPLICATION = 'javob'

const CONNECT_TIMEOUT_MS = 3_000
/** Commands to a channel wait for what the channel is doing; longer than this it is stuck. */
const REQUEST_TIMEOUT_MS = 5_000
const HEARTBEAT_EVERY_MS = 300
/** Until the heartbeat, or any event since, must have come: with the time between two, a deaf engine is found within 2 s. */
const HEARTBEAT_TIMEOUT_MS = 1_600
/** A timer that is so late has found this process asleep, and events may lie in the socket unread. */
const ASLEEP_MS = 50
const MOST_REQUESTS_WAITING = 5_000

export type AriAddress = { host: string; port: number; password: string }

/** Asterisk said no. 404: no such thing; 409: not in a state for it. */
export class AriRefused extends Error {
  readonly status: number

  constructor(status: number, what: string, reason: string) {
    super(`ARI ${status} to ${what}: ${reason}`)
    this.name = 'AriRefused'
    this.status = status
  }
}

/** Nobody knows whether the request was carried out. */
export class AriLost extends EngineAway {
  constructor(what: string) {
    super(what)
    this.name = 'AriLost'
  }
}

export type AriMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** Parts of a path; each is encoded, so that no id can become a path or a query. */
export type AriPath = readonly string[]
export type AriRequest = {
  method: AriMethod
  path: AriPath
  query?: Readonly<Record<string, string>>
  body?: object
}

type Waiting = {
  what: string
  resolve(body: unknown): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}
type Incoming =
  | AriEvent
  | { type: 'ApplicationReplaced' }
  | {
      type: 'RESTResponse'
      request_id: string
      status_code: number
      reason_phrase: string
      message_body?: string
    }

export type AriSocketHandlers = {
  onEvent(event: AriEvent): void
  /** Called once, whatever ended it; never if it did not open. */
  onOver(why: string): void
}

export class AriSocket {
  readonly #socket: WebSocket
  readonly #connection: Socket
  #isCorked = false
  readonly #handlers: AriSocketHandlers
  readonly #waiting = new Map<string, Waiting>()
  #beat: NodeJS.Timeout | undefined
  #beatDue: NodeJS.Timeout | undefined
  #nextRequest = 1
  #wasOpen = false
  #isOver = false
  readonly #heartbeat = `heartbeat-${randomUUID()}`

  private constructor(socket: WebSocket, connection: Socket, handlers: AriSocketHandlers) {
    this.#socket = socket
    this.#connection = connection
    this.#handlers = handlers
    socket.on('message', (data) => this.#receive(textOf(data)))
    socket.on('close', (code) => this.#end(`closed with ${code}`))
    socket.on('error', (error) => this.#end(error.message))
  }

  static async connect(address: AriAddress, handlers: AriSocketHandlers): Promise<AriSocket> {
    // All channels are ours, and the end of one that has left our application must be heard of too.
    const uri = `ws://${address.host}:${address.port}/ari/events?app=${ARI_APPLICATION}&subscribeAll=true`
    const authorization = ariAuthorization(address.password)
    const connection = connect({ host: address.host, port: address.port, noDelay: true })
    const socket = new WebSocket(uri, {
      createConnection: () => connection,
      headers: { authorization },
      handshakeTimeout: CONNECT_TIMEOUT_MS,
      perMessageDeflate: false,
    })
    const ari = new AriSocket(socket, connection, handlers)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    ari.#wasOpen = true
    try {
      await ari.#filterEvents()
    } catch (error) {
      ari.close('the event filter was refused')
      throw error
    }
    ari.#beat = setInterval(() => ari.#sendHeartbeat(), HEARTBEAT_EVERY_MS)
    return ari
  }

  async get<Answer>(path: AriPath, query: Record<string, string> = {}): Promise<Answer> {
    return (await this.request({ method: 'GET', path, query })) as Answer
  }

  async request({ method, path, query = {}, body }: AriRequest): Promise<unknown> {
    const what = `${method} ${shapeOf(path)}`
    if (this.#isOver) throw new AriLost(what)
    if (this.#waiting.size >= MOST_REQUESTS_WAITING)
      throw new AriLost(`${what}, ${MOST_REQUESTS_WAITING} are waiting`)
    const id = String(this.#nextRequest++)
    const search = new URLSearchParams(query).toString()
    const message = {
      type: 'RESTRequest',
      request_id: id,
      method,
      uri: path.map(encodeURIComponent).join('/') + (search ? `?${search}` : ''),
      ...(body ? { content_type: 'application/json', message_body: JSON.stringify(body) } : {}),
    }
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id)
        reject(new AriLost(what))
      }, REQUEST_TIMEOUT_MS)
      this.#waiting.set(id, { what, resolve, reject, timer })
      this.#inOneGo()
      this.#socket.send(JSON.stringify(message))
    })
  }

  /** What is asked in one go leaves in one packet: each of its own costs the engine and us a turn of the processor. */
  #inOneGo(): void {
    if (this.#isCorked) return
    this.#isCorked = true
    this.#connection.cork()
    process.nextTick(() => {
      this.#isCorked = false
      this.#connection.uncork()
    })
  }

  close(why: string): void {
    this.#end(why)
  }

  #receive(text: string): void {
    const message = parsed(text)
    if (!message) return this.#end('sent something that is no JSON')
    if (message.type === 'RESTResponse') return this.#settle(message)
    if (message.type === 'ChannelUserevent' && message.eventname === this.#heartbeat) return this.#isHeard()
    if (message.type === 'ApplicationReplaced') return this.#end('another server has taken the events')
    this.#isHeard()
    this.#handlers.onEvent(message)
  }

  #settle(answer: Extract<Incoming, { type: 'RESTResponse' }>): void {
    const waiting = this.#waiting.get(answer.request_id)
    if (!waiting) return // It came after its time.
    this.#waiting.delete(answer.request_id)
    clearTimeout(waiting.timer)
    if (answer.status_code >= 400)
      return waiting.reject(new AriRefused(answer.status_code, waiting.what, answer.reason_phrase))
    waiting.resolve(answer.message_body ? parsed(answer.message_body) : undefined)
  }

  async #filterEvents(): Promise<void> {
    // More than half of what a call causes is about variables that nobody here reads.
    // Answers to requests pass the same filter: without their type in it, none would come.
    const allowed = [...ARI_EVENTS, 'ApplicationReplaced', 'RESTResponse'].map((type) => ({ type }))
    await this.request({
      method: 'PUT',
      path: ['applications', ARI_APPLICATION, 'eventFilter'],
      body: { allowed },
    })
  }

  #sendHeartbeat(): void {
    if (this.#beatDue) return
    this.#expectBeat()
    this.request({
      method: 'POST',
      path: ['events', 'user', this.#heartbeat],
      query: { application: ARI_APPLICATION },
    }).catch((error: Error) => this.#end(error.message))
  }

  #expectBeat(): void {
    const dueAt = performance.now() + HEARTBEAT_TIMEOUT_MS
    this.#beatDue = setTimeout(() => {
      const sleptMs = performance.now() - dueAt
      if (sleptMs < ASLEEP_MS) return this.#end('events stopped coming')
      // What came meanwhile is read before it is judged, and the time that we slept is not the engine's.
      this.#beatDue = setTimeout(
        () => this.#end('events stopped coming'),
        Math.min(sleptMs, HEARTBEAT_TIMEOUT_MS),
      )
    }, HEARTBEAT_TIMEOUT_MS)
  }

  #isHeard(): void {
    clearTimeout(this.#beatDue)
    this.#beatDue = undefined
  }

  #end(why: string): void {
    if (this.#isOver) return
    this.#isOver = true
    clearInterval(this.#beat)
    clearTimeout(this.#beatDue)
    this.#socket.terminate()
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer)
      waiting.reject(new AriLost(waiting.what))
    }
    this.#waiting.clear()
    if (this.#wasOpen) this.#handlers.onOver(why)
  }
}

/** What was asked, without the ids in it. */
function shapeOf(path: AriPath): string {
  return path.map((part) => (part.length > 20 || part.includes('.') ? '…' : part)).join('/')
}

function textOf(data: RawData): string {
  return Buffer.from(data as Buffer).toString('utf8')
}

function parsed(text: string): Incoming | undefined {
  try {
    return JSON.parse(text) as Incoming
  } catch {
    return undefined // The caller ends the connection.
  }
}
