/**
 * For tests: an E-IMZO server, as its maker describes it (github.com/qo0p/e-imzo-doc, 2.2). It checks real signatures of
 * the make-believe certification centre, and can be told to fail in each way there is.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestCentre, TestKey } from './test-keys.ts'

/**
 * `noStamp`: the authority of time stamps does not answer. `cannotSay`: the way to the certification centre is closed.
 * `garbage` and `endless` come from something that is no E-IMZO server; `silent` takes a question and never answers.
 */
export type Mood = 'well' | 'noStamp' | 'cannotSay' | 'revoked' | 'garbage' | 'endless' | 'silent' | 'error'

export async function testEimzo(centre: TestCentre) {
  const state = {
    mood: 'well' as Mood,
    now: new Date(),
    keys: [] as TestKey[],
    asked: [] as { path: string; headers: IncomingMessage['headers'] }[],
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    state.asked.push({ path, headers: request.headers })
    if (state.mood === 'silent') return
    void readAll(request).then((body) => answer(response, path, body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  async function answer(response: ServerResponse, path: string, body: string): Promise<void> {
    if (state.mood === 'garbage') return void response.end('<html>Welcome</html>')
    if (state.mood === 'error') return void response.writeHead(503).end()
    if (state.mood === 'endless') return void response.end('0'.repeat(2 * 1024 * 1024))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(await answerTo(path, body)))
  }

  async function answerTo(path: string, body: string): Promise<object> {
    switch (path) {
      case '/ping':
        return {
          serverDateTime: inTashkent(state.now),
          yourIP: '127.0.0.1',
          vpnKeyInfo: { validTo: '2027-01-31 12:00:00' },
        }
      case '/frontend/challenge':
        return { challenge: crypto.randomUUID(), ttl: 120, status: 1, message: '' }
      case '/frontend/timestamp/pkcs7':
        return state.mood === 'noStamp'
          ? { status: -20, message: 'TSA' }
          : { pkcs7b64: stamped(body), timestampedSignerList: [], status: 1, message: '' }
      case '/backend/pkcs7/verify/detached':
        return await verified(body)
      default:
        return { status: -99, message: `no ${path}` }
    }
  }

  async function verified(body: string): Promise<object> {
    if (state.mood === 'cannotSay') return { status: -1, message: 'OCSP' }
    const [document = '', given = ''] = body.split('|')
    const { hasStamp, pkcs7 } = unstamped(given)
    const checked = await centre.check(Buffer.from(document, 'base64'), pkcs7, state.now)
    if (!checked.isOfDocument) return { status: -10, message: 'signature' }
    const key = state.keys.find(({ serial }) => serial === checked.serial)
    if (!key) return { status: -11, message: 'certificate' }
    if (!checked.isInForce) return { status: -12, message: 'certificate at signing time' }
    return { pkcs7Info: { signers: [signer(key, hasStamp)] }, status: 1, message: '' }
  }

  function signer({ name, pinfl, serial, validTo }: TestKey, hasStamp: boolean): object {
    const subjectInfo = { CN: name, '1.2.860.3.16.1.2': pinfl }
    const dates = { validFrom: '2022-09-24 17:29:21', validTo: inTashkent(validTo) }
    return {
      signerId: { issuer: 'CN=Test CA', subjectSerialNumber: serial },
      signingTime: inTashkent(state.now),
      verified: true,
      certificateVerified: true,
      certificateValidAtSigningTime: true,
      ...(state.mood === 'revoked' && { revokedStatusInfo: { revocationTime: '2022-09-25 00:00:00' } }),
      certificate: [{ subjectInfo, serialNumber: serial, issuerName: 'CN=Test CA', ...dates }],
      ...(hasStamp && {
        timeStampInfo: {
          verified: true,
          digestVerified: true,
          certificateVerified: true,
          time: inTashkent(state.now),
        },
      }),
    }
  }

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Bytes that follow the signature, where the real one puts its token inside. */
const STAMP = Buffer.from('time stamp')

function stamped(base64: string): string {
  return Buffer.concat([Buffer.from(base64, 'base64'), STAMP]).toString('base64')
}

function unstamped(base64: string): { hasStamp: boolean; pkcs7: Buffer } {
  const bytes = Buffer.from(base64, 'base64')
  const hasStamp = bytes.subarray(-STAMP.length).equals(STAMP)
  return { hasStamp, pkcs7: hasStamp ? bytes.subarray(0, -STAMP.length) : bytes }
}

/** `2022-09-27 11:17:53` */
function inTashkent(moment: Date): string {
  return new Date(moment.getTime() + 5 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
