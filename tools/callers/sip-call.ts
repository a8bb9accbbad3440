/**
 * One outgoing SIP call over UDP, with its sound: INVITE (with a digest proof
 * where asked for one), ACK, CANCEL, BYE, and an answer to whatever the other
 * side asks within the call.
 *
 *   ringing ──200──▶ talking ──BYE (either side)──▶ over
 *      └──── 4xx … 6xx, CANCEL, no answer ─────────▶ over
 *
 * A call that was hung up must not stand at the other side, whatever crossed on the way: a CANCEL waits for the
 * first answer (RFC 3261, 9.1), a 200 that crossed it is acknowledged and ended by a BYE, and when nobody waits
 * for the answer any more, the phone goes on asking for a while.
 *
 * Moments are milliseconds of performance.now(), so that they compare with those
 * of the sound.
 */
import { createSocket, type Socket } from 'node:dgram'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { AudioPort } from './audio-port.ts'
import { offerAudio, readAudio } from './sdp.ts'
import { answerChallenge, type Credentials } from './sip-digest.ts'
import { addressOf, formatSip, headerValue, headerValues, isRequest, parseSip } from './sip-message.ts'
import type { SipHeader, SipMessage, SipRequest, SipResponse } from './sip-message.ts'

export type Dial = {
  host: string
  port: number
  /** `sip:1195@127.0.0.1` */
  to: string
  /** The user part of our own address. */
  from: string
  /** As it stands before the address, quotes and all. */
  displayName?: string
  userAgent: string
  /** Sent as they are, after our own. */
  headers?: readonly SipHeader[]
  credentials?: Credentials
}

/** RFC 3261, 17.1.1.1: first wait before a request is sent again; it doubles. */
const RESEND_FIRST_MS = 500
const RESEND_MAX_TIMES = 6
/** Over loopback an engine that says nothing at all for this long is not there. */
const FIRST_ANSWER_TIMEOUT_MS = 8_000
/** Whoever hangs up waits no longer than this for the other side. */
const HANG_UP_TIMEOUT_MS = 3_000
/** So long the phone goes on after that: the other side keeps a call nobody acknowledged for 32 s (64 × T1). */
const LINGER_MS = 32_000
const LOOPBACK = '127.0.0.1'

export type CallEnd = { by: 'us' | 'them'; at: number; code: number; reason: string }

export class SipCall {
  readonly audio: AudioPort
  readonly invitedAt = performance.now()
  answeredAt: number | undefined
  /** When the other side was first heard of. */
  firstAnswerAt: number | undefined
  /** Headers of the answers so far, newest last: an engine may name the call in them. */
  readonly answers: SipResponse[] = []
  /** The last code heard: 200 of a call that was answered, else why not; 408 where nobody answered. */
  code = 0
  /** Settles when the call is answered or over, whichever comes first. */
  readonly settled: Promise<void>
  readonly over: Promise<CallEnd>

  readonly #dial: Dial
  readonly #socket: Socket
  readonly #callId = randomBytes(12).toString('hex')
  readonly #tag = randomBytes(6).toString('hex')
  readonly #settle = Promise.withResolvers<void>()
  readonly #end = Promise.withResolvers<CallEnd>()
  /** `lingering`: over for us, but the other side does not know it yet. */
  #state: 'ringing' | 'talking' | 'lingering' | 'over' = 'ringing'
  #invite: SipRequest
  #sequence = 1
  #hasProved = false
  #wantsOut = false
  /** How far the INVITE at hand is: a CANCEL is sent once, and only when it has been heard. */
  #invitation: 'sent' | 'heard' | 'cancelled' = 'sent'
  #remoteTo: string
  #target: string
  /** What is sent again until it is answered. */
  #resend: { method: string; timer: NodeJS.Timeout } | undefined
  #giveUp: NodeJS.Timeout | undefined

  private constructor(dial: Dial, audio: AudioPort, socket: Socket) {
    this.#dial = dial
    this.audio = audio
    this.#socket = socket
    this.#remoteTo = `<${dial.to}>`
    this.#target = dial.to
    this.settled = this.#settle.promise
    this.over = this.#end.promise
    this.#invite = this.#request(
      'INVITE',
      [['Content-Type', 'application/sdp']],
      offerAudio(audio.host, audio.port),
    )
    socket.on('message', (bytes) => this.#receive(bytes))
    socket.on('error', (error) => this.#finish('them', 503, error.message))
  }

  static async dial(dial: Dial): Promise<SipCall> {
    const audio = await AudioPort.open()
    const socket = createSocket({ type: 'udp4', recvBufferSize: 256 * 1024 })
    socket.bind(0, LOOPBACK)
    await once(socket, 'listening')
    const call = new SipCall(dial, audio, socket)
    call.#sendInvite()
    return call
  }

  get isOver(): boolean {
    return this.#state === 'over' || this.#state === 'lingering'
  }

  get earlyMediaMs(): number | undefined {
    const first = this.audio.firstPacketAt
    if (first === undefined || (this.answeredAt !== undefined && first > this.answeredAt)) return undefined
    return first - this.invitedAt
  }

  get answerMs(): number | undefined {
    return this.answeredAt === undefined ? undefined : this.answeredAt - this.invitedAt
  }

  /** The value of a header in any answer of the other side. */
  answerHeader(name: string): string | undefined {
    for (const answer of this.answers.toReversed()) {
      const value = headerValue(answer, name)
      if (value !== undefined) return value
    }
    return undefined
  }

  /** Ends the call wherever it is; done when the other side knows, or is not there any more. */
  async hangUp(): Promise<CallEnd> {
    if (!this.isOver && !this.#wantsOut) {
      this.#wantsOut = true
      this.#giveUpAfter(HANG_UP_TIMEOUT_MS, () => this.#linger('us', this.code, 'No answer to our hang-up'))
      if (this.#state === 'talking') this.#sendUntilAnswered(this.#request('BYE'))
      else this.#cancelOnceHeard()
    }
    return await this.over
  }

  /** Gone without a word, as a telephone whose battery is empty. */
  vanish(): void {
    this.#finish('us', this.code, 'Vanished')
  }

  #cancelOnceHeard(): void {
    if (this.#invitation !== 'heard') return
    this.#invitation = 'cancelled'
    const via = this.#invite.headers.filter(([name]) => name === 'Via')
    const kept = this.#invite.headers.filter(([name]) =>
      ['From', 'To', 'Call-ID', 'Max-Forwards'].includes(name),
    )
    const headers: SipHeader[] = [...via, ...kept, ['CSeq', `${this.#sequence} CANCEL`]]
    this.#sendUntilAnswered({ method: 'CANCEL', uri: this.#invite.uri, headers, body: '' })
  }

  #request(method: string, more: readonly SipHeader[] = [], body = ''): SipRequest {
    if (method !== 'ACK' && method !== 'INVITE') this.#sequence++
    const own = `${LOOPBACK}:${this.#socket.address().port}`
    const name = this.#dial.displayName === undefined ? '' : `${this.#dial.displayName} `
    const headers: SipHeader[] = [
      ['Via', `SIP/2.0/UDP ${own};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`],
      ['Max-Forwards', '70'],
      ['From', `${name}<sip:${this.#dial.from}@${LOOPBACK}>;tag=${this.#tag}`],
      ['To', this.#remoteTo],
      ['Call-ID', this.#callId],
      ['CSeq', `${this.#sequence} ${method}`],
      ['Contact', `<sip:${this.#dial.from}@${own}>`],
      ['User-Agent', this.#dial.userAgent],
      ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE'],
      ...(method === 'INVITE' ? (this.#dial.headers ?? []) : []),
      ...more,
    ]
    return { method, uri: this.#target, headers, body }
  }

  #send(message: SipMessage): void {
    if (this.#state !== 'over') this.#socket.send(formatSip(message), this.#dial.port, this.#dial.host)
  }

  #sendUntilAnswered(request: SipRequest, times = RESEND_MAX_TIMES): void {
    clearTimeout(this.#resend?.timer)
    this.#send(request)
    if (times === 0) return
    const waitMs = RESEND_FIRST_MS * 2 ** (RESEND_MAX_TIMES - times)
    const timer = setTimeout(() => this.#sendUntilAnswered(request, times - 1), waitMs)
    if (this.#state === 'lingering') timer.unref()
    this.#resend = { method: request.method, timer }
  }

  /** An answer to one request says nothing of another that is on its way. */
  #stopSending(method: string): void {
    if (this.#resend?.method === method) clearTimeout(this.#resend.timer)
  }

  #giveUpAfter(ms: number, act: () => void): void {
    clearTimeout(this.#giveUp)
    this.#giveUp = setTimeout(act, ms)
  }

  #receive(bytes: Buffer): void {
    const message = parseSip(bytes)
    if (!message || headerValue(message, 'Call-ID') !== this.#callId) return
    if (isRequest(message)) return this.#asked(message)
    const [number, method] = headerValue(message, 'CSeq')?.split(/\s+/) ?? []
    if (method === 'INVITE' && Number(number) === sequenceOf(this.#invite)) this.#invited(message)
    else if (method === 'CANCEL') this.#stopSending(method)
    else if (method === 'BYE' && message.code >= 200) this.#finish('us', this.code, 'Hung up')
  }

  #invited(answer: SipResponse): void {
    this.firstAnswerAt ??= performance.now()
    // A final answer that comes again has not seen our ACK.
    if (answer.code >= 200 && this.answeredAt !== undefined) return this.#acknowledge(answer)
    this.#stopSending('INVITE')
    if (this.#invitation === 'sent') this.#invitation = 'heard'
    if (!this.#wantsOut) clearTimeout(this.#giveUp)
    this.answers.push(answer)
    this.code = answer.code
    if (answer.code < 300 && !this.isOver) this.#hearFrom(answer)
    if (answer.code < 200) {
      if (this.#wantsOut) this.#cancelOnceHeard()
    } else if (answer.code < 300) this.#answered(answer)
    else this.#refused(answer)
  }

  #hearFrom(answer: SipResponse): void {
    const remote = readAudio(answer.body)
    if (remote) this.audio.sendTo(remote)
  }

  #answered(answer: SipResponse): void {
    this.answeredAt = performance.now()
    if (this.#state === 'ringing') this.#state = 'talking'
    this.#remoteTo = headerValue(answer, 'To') ?? this.#remoteTo
    this.#target = addressOf(headerValue(answer, 'Contact') ?? this.#target)
    this.#acknowledge(answer)
    this.#settle.resolve()
    // The answer crossed our CANCEL, or came before one could be sent: then it takes a BYE.
    if (this.#wantsOut) this.#sendUntilAnswered(this.#request('BYE'))
  }

  #refused(answer: SipResponse): void {
    this.#acknowledge(answer)
    const challenge = headerValue(answer, 'WWW-Authenticate') ?? headerValue(answer, 'Proxy-Authenticate')
    const { credentials } = this.#dial
    if (credentials && challenge !== undefined && !this.#hasProved && !this.#wantsOut) {
      const proof = answerChallenge(challenge, credentials, { method: 'INVITE', uri: this.#dial.to })
      if (proof !== undefined)
        return this.#proveAndInvite(answer.code === 401 ? 'Authorization' : 'Proxy-Authorization', proof)
    }
    this.#finish(this.#wantsOut ? 'us' : 'them', answer.code, answer.reason)
  }

  #proveAndInvite(header: string, proof: string): void {
    this.#hasProved = true
    this.#sequence++
    this.#invite = this.#request(
      'INVITE',
      [
        [header, proof],
        ['Content-Type', 'application/sdp'],
      ],
      this.#invite.body,
    )
    this.#sendInvite()
  }

  #sendInvite(): void {
    this.#invitation = 'sent'
    this.#sendUntilAnswered(this.#invite)
    this.#giveUpAfter(FIRST_ANSWER_TIMEOUT_MS, () => {
      this.#wantsOut = true
      this.#linger('them', 408, 'No answer to INVITE')
    })
  }

  #acknowledge(answer: SipResponse): void {
    const ack = this.#request('ACK')
    // RFC 3261, 17.1.1.3: a refusal is acknowledged within the transaction, so by its own Via; an answer, as a new request.
    const via = answer.code < 300 ? undefined : headerValue(this.#invite, 'Via')
    const headers = ack.headers.map(([name, value]): SipHeader => {
      if (name === 'Via' && via !== undefined) return [name, via]
      if (name === 'To') return [name, headerValue(answer, 'To') ?? value]
      return name === 'CSeq' ? [name, `${sequenceOf(this.#invite)} ACK`] : [name, value]
    })
    this.#send({ ...ack, headers, uri: answer.code < 300 ? this.#target : this.#dial.to })
  }

  #asked(request: SipRequest): void {
    if (request.method === 'ACK') return
    const isOffer = request.body !== '' && ['INVITE', 'UPDATE'].includes(request.method)
    const remote = isOffer ? readAudio(request.body) : undefined
    if (remote) this.audio.sendTo(remote)
    const needsAudio = isOffer || request.method === 'INVITE'
    this.#send(this.#answerTo(request, needsAudio ? offerAudio(this.audio.host, this.audio.port) : ''))
    if (request.method === 'BYE') this.#finish('them', this.code, 'The other side hung up')
  }

  #answerTo(request: SipRequest, body: string): SipResponse {
    const headers: SipHeader[] = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) =>
      headerValues(request, name).map((value): SipHeader => [name, value]),
    )
    headers.push(['Contact', `<sip:${this.#dial.from}@${LOOPBACK}:${this.#socket.address().port}>`])
    if (body !== '') headers.push(['Content-Type', 'application/sdp'])
    return { code: 200, reason: 'OK', headers, body }
  }

  /** The call is over for whoever waits for it; the phone goes on until the other side knows, but keeps no program alive. */
  #linger(by: 'us' | 'them', code: number, reason: string): void {
    this.#tellEnd(by, code, reason)
    this.#state = 'lingering'
    this.#socket.unref()
    this.#resend?.timer.unref()
    this.#giveUpAfter(LINGER_MS, () => this.#finish(by, code, reason))
    this.#giveUp?.unref()
  }

  #finish(by: 'us' | 'them', code: number, reason: string): void {
    if (this.#state === 'over') return
    if (this.#state !== 'lingering') this.#tellEnd(by, code, reason)
    this.#state = 'over'
    clearTimeout(this.#resend?.timer)
    clearTimeout(this.#giveUp)
    // The last packet is still on its way out of the socket.
    setImmediate(() => this.#socket.close())
  }

  #tellEnd(by: 'us' | 'them', code: number, reason: string): void {
    this.code = code
    this.audio.close()
    this.#settle.resolve()
    this.#end.resolve({ by, at: performance.now(), code, reason })
  }
}

function sequenceOf(request: SipRequest): number {
  return Number.parseInt(headerValue(request, 'CSeq') ?? '0', 10)
}
