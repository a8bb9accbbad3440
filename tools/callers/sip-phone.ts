/**
 * A simulated desk phone: registers with a registrar (or is known to it by a fixed
 * address) and is rung. What is done with a ring is up to whoever holds the phone.
 *
 *   ringing ──answer──▶ talking ──BYE (either side)──▶ over
 *      └── refuse, CANCEL ─────────────────────────────▶ over
 */
import { randomBytes } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { AudioPort } from './audio-port.ts'
import { offerAudio, readAudio } from './sdp.ts'
import { answerChallenge, type Credentials } from './sip-digest.ts'
import { addressOf, formatSip, headerValue, headerValues, isRequest, parseSip } from './sip-message.ts'
import type { SipHeader, SipMessage, SipRequest, SipResponse } from './sip-message.ts'

const LOOPBACK = '127.0.0.1'
const RESEND_FIRST_MS = 500
const RESEND_MAX_TIMES = 6
const REGISTER_EVERY_MS = 60_000
const REGISTER_SECONDS = 120
const REGISTER_TIMEOUT_MS = 5_000
const REFUSALS: Record<number, string> = { 486: 'Busy Here', 603: 'Decline' }

export type PhoneOptions = {
  /** The user part of the phone's address. */
  user: string
  /** Where it is rung; any that is free, unless said. */
  port?: number
  onRing(ring: Ring): void
  /** Where to register, and with what; without it the other side knows the address. */
  registrar?: { host: string; port: number; domain: string; credentials: Credentials }
}

type Where = { port: number; address: string }

export class SipPhone {
  readonly port: number
  readonly #options: PhoneOptions
  readonly #socket: Socket
  #isClosed = false
  readonly #rings = new Map<string, Ring>()
  readonly #registerId = randomBytes(12).toString('hex')
  #registered = Promise.withResolvers<void>()
  #sequence = 0
  #again: NodeJS.Timeout | undefined

  private constructor(options: PhoneOptions, socket: Socket) {
    this.#options = options
    this.#socket = socket
    this.port = socket.address().port
    socket.on('message', (bytes, from) => this.#receive(bytes, from))
    socket.on('error', () => this.close())
  }

  static async open(options: PhoneOptions): Promise<SipPhone> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 256 * 1024 })
    socket.bind(options.port ?? 0, LOOPBACK)
    await once(socket, 'listening')
    const phone = new SipPhone(options, socket)
    if (options.registrar) await phone.#register()
    return phone
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#again)
    for (const ring of this.#rings.values()) ring.end('us')
    // The last packet is still on its way out of the socket.
    setImmediate(() => {
      try {
        this.#socket.close()
      } catch {
        // Closed before: closing twice is not worth a flag.
      }
    })
  }

  async #register(): Promise<void> {
    this.#sendRegister()
    this.#again = setInterval(() => this.#sendRegister(), REGISTER_EVERY_MS)
    const late = setTimeout(
      () => this.#registered.reject(new Error(`${this.#options.user} could not register`)),
      REGISTER_TIMEOUT_MS,
    )
    await this.#registered.promise.finally(() => clearTimeout(late))
  }

  #sendRegister(challenge?: string): void {
    const { registrar, user } = this.#options
    if (!registrar) return
    const uri = `sip:${registrar.domain}`
    const proof = challenge && answerChallenge(challenge, registrar.credentials, { method: 'REGISTER', uri })
    const headers: SipHeader[] = [
      ['Via', `SIP/2.0/UDP ${LOOPBACK}:${this.port};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`],
      ['Max-Forwards', '70'],
      ['From', `<sip:${user}@${registrar.domain}>;tag=${this.#registerId}`],
      ['To', `<sip:${user}@${registrar.domain}>`],
      ['Call-ID', this.#registerId],
      ['CSeq', `${++this.#sequence} REGISTER`],
      ['Contact', `<sip:${user}@${LOOPBACK}:${this.port}>`],
      ['Expires', String(REGISTER_SECONDS)],
      ...(proof ? [['Authorization', proof] as const] : []),
    ]
    const message = { method: 'REGISTER', uri, headers, body: '' }
    this.#socket.send(formatSip(message), registrar.port, registrar.host)
  }

  #receive(bytes: Buffer, from: RemoteInfo): void {
    const at = performance.now()
    const message = parseSip(bytes)
    const id = message && headerValue(message, 'Call-ID')
    if (!message || !id) return
    if (id === this.#registerId && !isRequest(message)) return this.#registerAnswered(message)
    const ring = this.#rings.get(id)
    if (ring) return ring.receive(message)
    if (isRequest(message) && message.method === 'INVITE') void this.#rung(id, message, { from, at })
    else if (isRequest(message) && message.method === 'OPTIONS') this.#send(okTo(message), from)
  }

  async #rung(id: string, invite: SipRequest, { from, at }: { from: RemoteInfo; at: number }): Promise<void> {
    const own = `sip:${this.#options.user}@${LOOPBACK}:${this.port}`
    const send = (message: SipMessage) => this.#send(message, from)
    const ring = new Ring({ invite, at, own, send })
    this.#rings.set(id, ring)
    void ring.over.then(() => setTimeout(() => this.#rings.delete(id), RESEND_FIRST_MS * 4).unref())
    await ring.ready()
    this.#options.onRing(ring)
  }

  #registerAnswered(answer: SipResponse): void {
    const challenge = headerValue(answer, 'WWW-Authenticate')
    if (answer.code === 401 && challenge) this.#sendRegister(challenge)
    else if (answer.code === 200) this.#registered.resolve()
    else if (answer.code > 200) this.#registered.reject(new Error(`Registration refused: ${answer.code}`))
  }

  #send(message: SipMessage, to: Where): void {
    // A BYE that nobody has acknowledged would be said once more.
    if (this.#isClosed) return
    this.#socket.send(formatSip(message), to.port, to.address)
  }
}

type RingFacts = { invite: SipRequest; at: number; own: string; send(message: SipMessage): void }

/** One call to the phone. */
export class Ring {
  /** When its INVITE came, in milliseconds of performance.now(). */
  readonly at: number
  /** The user part of the caller's address. */
  readonly from: string
  /** What was called, as it stands in the request. */
  readonly uri: string
  readonly over: Promise<{ by: 'us' | 'them'; at: number }>
  /** There once it is ready to be answered. */
  audio!: AudioPort
  answeredAt: number | undefined
  readonly #facts: RingFacts
  readonly #tag = randomBytes(6).toString('hex')
  readonly #end = Promise.withResolvers<{ by: 'us' | 'them'; at: number }>()
  #state: 'ringing' | 'talking' | 'over' = 'ringing'
  #last: SipResponse | undefined
  #resend: NodeJS.Timeout | undefined

  constructor(facts: RingFacts) {
    this.#facts = facts
    this.at = facts.at
    this.from = addressOf(headerValue(facts.invite, 'From') ?? '').match(/sip:([^@]*)@/)?.[1] ?? ''
    this.uri = facts.invite.uri
    this.over = this.#end.promise
    this.#answer(100, 'Trying')
  }

  get isOver(): boolean {
    return this.#state === 'over'
  }

  async ready(): Promise<void> {
    this.audio = await AudioPort.open()
    if (this.#state === 'ringing') this.#answer(180, 'Ringing')
    if (this.isOver) this.audio.close()
  }

  answer(): void {
    if (this.#state !== 'ringing') return
    this.#state = 'talking'
    this.answeredAt = performance.now()
    const remote = readAudio(this.#facts.invite.body)
    if (remote) this.audio.sendTo(remote)
    this.#untilAcknowledged(() => this.#answer(200, 'OK', offerAudio(this.audio.host, this.audio.port)))
  }

  refuse(code: number): void {
    if (this.#state !== 'ringing') return
    this.#answer(code, REFUSALS[code] ?? 'Refused')
    this.end('us')
  }

  hangUp(): void {
    if (this.#state !== 'talking') return
    const { invite, own, send } = this.#facts
    const headers: SipHeader[] = [
      ['Via', `SIP/2.0/UDP ${own.split('@')[1]};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`],
      ['Max-Forwards', '70'],
      ['From', `${headerValue(invite, 'To')};tag=${this.#tag}`],
      ['To', headerValue(invite, 'From') ?? ''],
      ['Call-ID', headerValue(invite, 'Call-ID') ?? ''],
      ['CSeq', '1 BYE'],
    ]
    const uri = addressOf(headerValue(invite, 'Contact') ?? '')
    this.#untilAcknowledged(() => send({ method: 'BYE', uri, headers, body: '' }))
    this.audio.close()
    this.#state = 'over'
    this.#end.resolve({ by: 'us', at: performance.now() })
  }

  receive(message: SipMessage): void {
    if (!isRequest(message)) return clearTimeout(this.#resend) // Our BYE was heard.
    switch (message.method) {
      case 'INVITE':
        if (this.#last) this.#facts.send(this.#last)
        return
      case 'ACK':
        return clearTimeout(this.#resend)
      case 'CANCEL':
        this.#facts.send(okTo(message))
        if (this.#state === 'ringing') this.#answer(487, 'Request Terminated')
        return this.#state === 'ringing' ? this.end('them') : undefined
      case 'BYE':
        this.#facts.send(okTo(message))
        return this.end('them')
      default:
        return this.#facts.send(okTo(message))
    }
  }

  end(by: 'us' | 'them'): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    clearTimeout(this.#resend)
    this.audio?.close()
    this.#end.resolve({ by, at: performance.now() })
  }

  #answer(code: number, reason: string, body = ''): void {
    const { invite, own, send } = this.#facts
    const answer = okTo(invite)
    const headers = answer.headers.map(
      ([name, value]): SipHeader =>
        name === 'To' && code > 100 ? [name, `${value};tag=${this.#tag}`] : [name, value],
    )
    headers.push(['Contact', `<${own}>`])
    if (body !== '') headers.push(['Content-Type', 'application/sdp'])
    this.#last = { code, reason, headers, body }
    send(this.#last)
  }

  #untilAcknowledged(send: () => void, times = RESEND_MAX_TIMES): void {
    clearTimeout(this.#resend)
    send()
    const waitMs = RESEND_FIRST_MS * 2 ** (RESEND_MAX_TIMES - times)
    if (times > 0) this.#resend = setTimeout(() => this.#untilAcknowledged(send, times - 1), waitMs).unref()
  }
}

function okTo(request: SipRequest): SipResponse {
  const headers = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) =>
    headerValues(request, name).map((value): SipHeader => [name, value]),
  )
  return { code: 200, reason: 'OK', headers, body: '' }
}
