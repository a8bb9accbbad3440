/**
 * Many callers on one socket who only wait: they call, are answered, and live their
 * call to its end. They have no ears: what is sent to them goes where nobody
 * listens, so that hearing costs this machine nothing on either side of a comparison.
 */
import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { offerAudio } from '../../tools/callers/sdp.ts'
import {
  addressOf,
  formatSip,
  headerValue,
  headerValues,
  isRequest,
  parseSip,
  type SipHeader,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../../tools/callers/sip-message.ts'

const LOOPBACK = '127.0.0.1'
/** RFC 863: whoever sends here wants nobody to hear. */
const DISCARD_PORT = 9
const RESEND_MS = 500
const RESENDS = 6

export type CrowdCall = {
  readonly number: string
  readonly invitedAt: number
  answeredAt: number | undefined
  endedAt: number | undefined
  /** The last code heard; 200 of a call that was answered. */
  code: number
}

type Dialog = { call: CrowdCall; invite: SipRequest; over: () => void; resend: NodeJS.Timeout | undefined }

export class CallerCrowd {
  readonly calls: CrowdCall[] = []
  readonly #socket: Socket
  readonly #to: { port: number; number: string }
  readonly #dialogs = new Map<string, Dialog>()

  private constructor(socket: Socket, to: { port: number; number: string }) {
    this.#socket = socket
    this.#to = to
    socket.on('message', (bytes) => this.#receive(bytes))
  }

  static async open(to: { port: number; number: string }): Promise<CallerCrowd> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
    socket.bind(0, LOOPBACK)
    await once(socket, 'listening')
    return new CallerCrowd(socket, to)
  }

  /** Done when the call is over. */
  dial(number: string): Promise<void> {
    const over = Promise.withResolvers<void>()
    const id = randomBytes(10).toString('hex')
    const call = { number, invitedAt: performance.now(), answeredAt: undefined, endedAt: undefined, code: 0 }
    const invite = this.#request('INVITE', id, number)
    const dialog = { call, invite, over: over.resolve, resend: undefined }
    this.calls.push(call)
    this.#dialogs.set(id, dialog)
    this.#invite(dialog, RESENDS)
    return over.promise
  }

  close(): void {
    for (const { resend } of this.#dialogs.values()) clearTimeout(resend)
    this.#socket.close()
  }

  #invite(dialog: Dialog, times: number): void {
    this.#send(dialog.invite)
    const again = () => this.#invite(dialog, times - 1)
    if (times > 0) dialog.resend = setTimeout(again, RESEND_MS * 2 ** (RESENDS - times))
    else this.#end(dialog, 408)
  }

  #request(method: string, id: string, number: string): SipRequest {
    const own = `${LOOPBACK}:${this.#socket.address().port}`
    const uri = `sip:${this.#to.number}@${LOOPBACK}`
    const headers: SipHeader[] = [
      ['Via', `SIP/2.0/UDP ${own};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`],
      ['Max-Forwards', '70'],
      ['From', `<sip:${number}@${LOOPBACK}>;tag=${id}`],
      ['To', `<${uri}>`],
      ['Call-ID', id],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:${number}@${own}>`],
      ['Content-Type', 'application/sdp'],
    ]
    return { method, uri, headers, body: offerAudio(LOOPBACK, DISCARD_PORT) }
  }

  #receive(bytes: Buffer): void {
    const message = parseSip(bytes)
    const dialog = message && this.#dialogs.get(headerValue(message, 'Call-ID') ?? '')
    if (!message || !dialog) return
    if (isRequest(message)) {
      this.#send(okTo(message))
      if (message.method === 'BYE') this.#end(dialog, dialog.call.code)
      return
    }
    if (!headerValue(message, 'CSeq')?.endsWith('INVITE')) return
    clearTimeout(dialog.resend)
    dialog.call.code = message.code
    if (message.code < 200) return
    this.#acknowledge(dialog.invite, message)
    if (message.code >= 300) this.#end(dialog, message.code)
    else dialog.call.answeredAt ??= performance.now()
  }

  #acknowledge(invite: SipRequest, answer: SipResponse): void {
    const isRefusal = answer.code >= 300
    const headers = invite.headers.flatMap(([name, value]): SipHeader[] => {
      if (name === 'To') return [[name, headerValue(answer, 'To') ?? value]]
      if (name === 'CSeq') return [[name, '1 ACK']]
      if (name === 'Via' && !isRefusal)
        return [[name, value.replace(/branch=[^;]+/, `branch=z9hG4bK${randomBytes(8).toString('hex')}`)]]
      return ['Content-Type'].includes(name) ? [] : [[name, value]]
    })
    const uri = isRefusal ? invite.uri : addressOf(headerValue(answer, 'Contact') ?? invite.uri)
    this.#send({ method: 'ACK', uri, headers, body: '' })
  }

  #end(dialog: Dialog, code: number): void {
    if (dialog.call.endedAt !== undefined) return
    clearTimeout(dialog.resend)
    dialog.call.endedAt = performance.now()
    dialog.call.code = code
    dialog.over()
  }

  #send(message: SipMessage): void {
    this.#socket.send(formatSip(message), this.#to.port, LOOPBACK)
  }
}

function okTo(request: SipRequest): SipResponse {
  const headers = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) =>
    headerValues(request, name).map((value): SipHeader => [name, value]),
  )
  return { code: 200, reason: 'OK', headers, body: '' }
}
