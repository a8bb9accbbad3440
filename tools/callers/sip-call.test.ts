/** A call against a counterpart scripted line by line: what a real engine does only once in a thousand calls. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { ALAW_PAYLOAD, formatRtp, KEYS_PAYLOAD, parseKey, parseRtp } from './rtp.ts'
import { offerAudio, readAudio } from './sdp.ts'
import { SipCall } from './sip-call.ts'
import {
  formatSip,
  headerValue,
  isRequest,
  parseSip,
  type SipHeader,
  type SipRequest,
} from './sip-message.ts'
import { toneHeard } from './hearing.ts'
import { AGENT_TONE_HZ, toneFrame } from './tone.ts'

type Counterpart = { port: number; requests: SipRequest[]; socket: Socket }
const open: Socket[] = []

afterEach(() => {
  for (const socket of open.splice(0)) socket.close()
})

async function udp(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  open.push(socket)
  return socket
}

/** Answers each request with the codes given for its method; a code of 0 loses the request. */
async function counterpart(codes: Record<string, number[]>, audioPort = 40_000): Promise<Counterpart> {
  const socket = await udp()
  const requests: SipRequest[] = []
  socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
    const request = parseSip(bytes)
    if (!request || !isRequest(request)) return
    requests.push(request)
    const planned = codes[request.method]
    for (const code of planned?.splice(0, request.method === 'INVITE' ? 2 : 1) ?? []) {
      if (code > 0) socket.send(answer(request, code, audioPort), from.port, from.address)
    }
  })
  return { port: socket.address().port, requests, socket }
}

function answer(request: SipRequest, code: number, audioPort: number): Buffer {
  const kept = request.headers.filter(([name]) => ['Via', 'From', 'Call-ID', 'CSeq'].includes(name))
  const headers: SipHeader[] = [
    ...kept,
    ['To', `${headerValue(request, 'To')};tag=b`],
    ['Contact', '<sip:engine@127.0.0.1>'],
  ]
  if (code === 401)
    headers.push(['WWW-Authenticate', 'Digest realm="javob", nonce="n", algorithm=MD5, qop="auth"'])
  const hasAudio = code === 183 || (request.method === 'INVITE' && code === 200)
  return formatSip({
    code,
    reason: 'Scripted',
    headers,
    body: hasAudio ? offerAudio('127.0.0.1', audioPort) : '',
  })
}

const dial = (port: number, more = {}) =>
  SipCall.dial({
    host: '127.0.0.1',
    port,
    to: 'sip:1195@127.0.0.1',
    from: '+998901234567',
    userAgent: 'test',
    ...more,
  })
const methods = (other: Counterpart) => other.requests.map((request) => request.method)

test('a call is answered, acknowledged and hung up', async () => {
  const other = await counterpart({ INVITE: [183, 200], BYE: [200] })
  const call = await dial(other.port)
  await call.settled
  expect(call.code).toBe(200)
  await expect(call.hangUp()).resolves.toMatchObject({ by: 'us', code: 200 })
  expect(methods(other)).toEqual(['INVITE', 'ACK', 'BYE'])
})

test('a refused call says why and is acknowledged within its transaction', async () => {
  const other = await counterpart({ INVITE: [100, 404] })
  const call = await dial(other.port)
  await expect(call.over).resolves.toMatchObject({ by: 'them', code: 404 })
  await until(() => methods(other).length === 2)
  const [invite, ack] = other.requests
  expect(ack?.method).toBe('ACK')
  expect(ack && headerValue(ack, 'Via')).toBe(invite && headerValue(invite, 'Via'))
})

test('an INVITE that was lost is sent again', async () => {
  const other = await counterpart({ INVITE: [0, 0, 200] })
  const call = await dial(other.port)
  await call.settled
  expect(call.code).toBe(200)
  await until(() => methods(other).length === 3)
  expect(methods(other)).toEqual(['INVITE', 'INVITE', 'ACK'])
  other.socket.close()
  open.splice(open.indexOf(other.socket), 1)
  // Nobody there any more: hanging up still ends, by itself.
  await expect(call.hangUp()).resolves.toMatchObject({ by: 'us' })
})

test('a citizen who hangs up during early media cancels the call', async () => {
  const other = await counterpart({ INVITE: [100, 183], CANCEL: [200] })
  const call = await dial(other.port)
  await until(() => call.code === 183)
  const over = call.hangUp()
  await until(() => methods(other).includes('CANCEL'))
  const invite = other.requests[0] as SipRequest
  other.socket.send(
    answer(invite, 487, 0),
    Number(headerValue(invite, 'Via')?.match(/:(\d+);/)?.[1]),
    '127.0.0.1',
  )
  await expect(over).resolves.toMatchObject({ by: 'us', code: 487 })
})

/** Says something to the phone that sent this request. */
function tell(other: Counterpart, request: SipRequest, code: number): void {
  const port = Number(headerValue(request, 'Via')?.match(/:(\d+);/)?.[1])
  other.socket.send(answer(request, code, 40_000), port, '127.0.0.1')
}

test('a citizen who hangs up before anybody answered cancels with the first answer, however late', async () => {
  const other = await counterpart({ INVITE: [0] })
  const call = await dial(other.port)
  await until(() => methods(other).length === 1)
  const over = call.hangUp()
  await until(() => methods(other).length === 3)
  expect(methods(other)).toEqual(['INVITE', 'INVITE', 'INVITE'])
  tell(other, other.requests[0] as SipRequest, 183)
  await until(() => methods(other).includes('CANCEL'))
  tell(other, other.requests[0] as SipRequest, 487)
  await expect(over).resolves.toMatchObject({ by: 'us', code: 487 })
})

test('an answer that crosses a CANCEL is acknowledged and ended by a BYE, which is repeated until it is answered', async () => {
  const other = await counterpart({ INVITE: [100, 183], BYE: [0, 200] })
  const call = await dial(other.port)
  await until(() => call.code === 183)
  const over = call.hangUp()
  await until(() => methods(other).includes('CANCEL'))
  const [invite] = other.requests as [SipRequest]
  tell(other, invite, 200)
  await until(() => methods(other).includes('BYE'))
  // The answer to the CANCEL says nothing about the BYE.
  tell(other, other.requests.find(({ method }) => method === 'CANCEL') as SipRequest, 200)
  await expect(over).resolves.toMatchObject({ by: 'us', code: 200 })
  expect(methods(other).slice(-3)).toEqual(['ACK', 'BYE', 'BYE'])
})

test('an answer that comes when nobody waits for it any more is acknowledged and ended', async () => {
  const other = await counterpart({ BYE: [200] })
  const call = await dial(other.port)
  await expect(call.hangUp()).resolves.toMatchObject({ by: 'us', reason: 'No answer to our hang-up' })
  expect(call.isOver).toBe(true)
  // It goes on asking: sent at once, after 0.5 s, 1.5 s and 3.5 s.
  await until(() => other.requests.length === 4)
  tell(other, other.requests[0] as SipRequest, 200)
  await until(() => methods(other).includes('BYE'))
  expect(methods(other).filter((method) => method !== 'INVITE')).toEqual(['ACK', 'BYE'])
})

test('a phone that has hung up proves nothing any more', async () => {
  const other = await counterpart({ INVITE: [100], CANCEL: [200] })
  const call = await dial(other.port, { credentials: { username: 'phone-1', password: 'secret' } })
  await until(() => call.code === 100)
  const over = call.hangUp()
  await until(() => methods(other).includes('CANCEL'))
  tell(other, other.requests[0] as SipRequest, 401)
  await expect(over).resolves.toMatchObject({ by: 'us', code: 401 })
  expect(methods(other).filter((method) => method === 'INVITE')).toHaveLength(1)
})

test('a phone that hangs up while its proof is on its way cancels only what has been heard', async () => {
  const other = await counterpart({ INVITE: [100, 401], CANCEL: [200] })
  const call = await dial(other.port, { credentials: { username: 'phone-1', password: 'secret' } })
  await until(() => methods(other).filter((method) => method === 'INVITE').length === 2)
  const over = call.hangUp()
  const second = other.requests.findLast(({ method }) => method === 'INVITE') as SipRequest
  await until(() => methods(other).filter((method) => method === 'INVITE').length === 3)
  expect(methods(other)).not.toContain('CANCEL')
  tell(other, second, 100)
  await until(() => methods(other).includes('CANCEL'))
  tell(other, second, 183)
  tell(other, second, 487)
  await expect(over).resolves.toMatchObject({ by: 'us', code: 487 })
  expect(methods(other).filter((method) => method === 'CANCEL')).toHaveLength(1)
})

test('a phone proves its password when asked', async () => {
  const other = await counterpart({ INVITE: [100, 401, 100, 200], BYE: [200] })
  const call = await dial(other.port, { credentials: { username: 'phone-1', password: 'secret' } })
  await call.settled
  expect(call.code).toBe(200)
  expect(methods(other)).toEqual(['INVITE', 'ACK', 'INVITE'])
  expect(headerValue(other.requests[2] as SipRequest, 'Authorization')).toContain('username="phone-1"')
  await call.hangUp()
})

test('the other side hanging up ends the call', async () => {
  const other = await counterpart({ INVITE: [100, 200] })
  const call = await dial(other.port)
  await until(() => methods(other).includes('ACK'))
  const invite = other.requests[0] as SipRequest
  const callId = headerValue(invite, 'Call-ID') ?? ''
  const bye = {
    method: 'BYE',
    uri: 'sip:a',
    headers: [
      ['Call-ID', callId],
      ['CSeq', '9 BYE'],
    ] as SipHeader[],
    body: '',
  }
  other.socket.send(formatSip(bye), Number(headerValue(invite, 'Via')?.match(/:(\d+);/)?.[1]), '127.0.0.1')
  await expect(call.over).resolves.toMatchObject({ by: 'them', code: 200 })
})

test('keys go out as events of 100 ms, each ended three times, and early media is heard', async () => {
  const engine = await udp()
  const packets: Buffer[] = []
  engine.on('message', (bytes: Buffer) => packets.push(bytes))
  const other = await counterpart({ INVITE: [100, 183] }, engine.address().port)
  const call = await dial(other.port)
  await until(() => call.code === 183)

  const heard = toneHeard(call.audio, AGENT_TONE_HZ, 2_000)
  const invite = other.requests[0] as SipRequest
  for (const sequence of [1, 2, 3]) {
    const frame = { payloadType: ALAW_PAYLOAD, marker: false, sequence, timestamp: sequence * 160, source: 7 }
    const packet = formatRtp({ ...frame, payload: Buffer.from(toneFrame(AGENT_TONE_HZ)) })
    engine.send(packet, readAudio(invite.body)?.port ?? 0, '127.0.0.1')
  }
  await expect(heard).resolves.toBeGreaterThan(call.invitedAt)
  expect(call.earlyMediaMs).toBeGreaterThan(0)

  await call.audio.press('5')
  await until(() => keysIn(packets).filter((key) => key.isEnd).length === 3)
  expect(keysIn(packets).map((key) => key.samples)).toEqual([160, 320, 480, 640, 800, 800, 800])
  expect(new Set(keysIn(packets).map((key) => key.key))).toEqual(new Set(['5']))
  void call.hangUp()
})

function keysIn(packets: Buffer[]) {
  return packets
    .map((bytes) => parseRtp(bytes))
    .filter((packet) => packet?.payloadType === KEYS_PAYLOAD)
    .map((packet) => parseKey(packet?.payload ?? Buffer.alloc(0)))
    .filter((key) => key !== undefined)
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 3_000; !holds(); ) {
    if (performance.now() > end) throw new Error('This did not come true')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
