/** A carrier that wants us to register: challenged by its registrar, we answer with the account of the trunk. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrunkId } from '#core/lib/ids.ts'
import { type AsteriskMediaEngine, asteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { openLog } from '../../server/log.ts'
import { startTestEngine, type TestEngine } from './engine.ts'

const NONCE = 'a-nonce-of-this-test'
const REGISTER_WITHIN_MS = 20_000

let engine: TestEngine
let media: AsteriskMediaEngine
let registrar: Socket

beforeAll(async () => {
  engine = await startTestEngine()
  media = asteriskMediaEngine({
    data: engine.data,
    httpPort: engine.ports.engineHttp,
    ariPassword: engine.ariPassword,
    log: openLog('silent'),
  })
  await media.start(() => undefined)
  registrar = createSocket('udp4')
  registrar.bind(0, '127.0.0.1')
  await once(registrar, 'listening')
})
afterAll(async () => {
  registrar?.close()
  await media?.stop()
  await engine?.stop()
})

test('a trunk with an account registers, and proves the account when it is challenged', async () => {
  const registered = firstProvenRegistration(registrar)
  const { port } = registrar.address()
  const problems = await media.applyTrunks([
    {
      id: 'carrier' as TrunkId,
      peerAddresses: ['127.0.0.1'],
      registration: { server: `127.0.0.1:${port}`, username: 'javob', password: 'only-of-this-test' },
      didPatterns: ['1195'],
      codecs: ['alaw'],
      maxCalls: 10,
    },
  ])
  expect(problems).toEqual([])
  const request = await registered
  expect(request).toMatch(/^To: .*sip:javob@127\.0\.0\.1/im)
  expect(request).toMatch(/^Authorization: Digest .*username="javob".*response="[0-9a-f]{32}"/im)
  expect(request).toContain(`nonce="${NONCE}"`)
  expect(request).not.toContain('only-of-this-test')
}, 40_000)

/** Challenges every REGISTER and settles with the first that answers the challenge. */
async function firstProvenRegistration(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const late = setTimeout(() => reject(new Error('Nobody registered')), REGISTER_WITHIN_MS)
  socket.on('message', (packet, from) => {
    const request = packet.toString()
    if (!request.startsWith('REGISTER ')) return
    const isProof = /^Authorization:/im.test(request)
    const challenge = `WWW-Authenticate: Digest realm="carrier", nonce="${NONCE}", algorithm=MD5\r\n`
    const answer = isProof ? reply(request, '200 OK') : reply(request, '401 Unauthorized', challenge)
    socket.send(answer, from.port, from.address)
    if (isProof) resolve(request)
  })
  return await promise.finally(() => clearTimeout(late))
}

function reply(request: string, status: string, extra = ''): string {
  const kept = request.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line))
  return `SIP/2.0 ${status}\r\n${kept.join('\r\n')}\r\n${extra}Content-Length: 0\r\n\r\n`
}
