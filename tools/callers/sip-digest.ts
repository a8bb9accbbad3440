/** Proof of a password without sending it (RFC 8760: the hashes SIP may use for HTTP digest). */
import { createHash, randomBytes } from 'node:crypto'

export type Credentials = { username: string; password: string }

const HASHES: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }

/** The Authorization header for a challenge, or nothing where it asks for something we cannot do. */
export function answerChallenge(
  challenge: string,
  credentials: Credentials,
  request: { method: string; uri: string },
): string | undefined {
  const asked = readParameters(challenge)
  const algorithm = asked.get('algorithm') ?? 'MD5'
  const hashName = HASHES[algorithm.toUpperCase()]
  const realm = asked.get('realm')
  const nonce = asked.get('nonce')
  if (!/^digest /i.test(challenge) || !hashName || realm === undefined || nonce === undefined)
    return undefined

  const hash = (text: string) => createHash(hashName).update(text).digest('hex')
  const who = hash(`${credentials.username}:${realm}:${credentials.password}`)
  const what = hash(`${request.method}:${request.uri}`)
  const parts = [
    `username="${credentials.username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `algorithm=${algorithm}`,
  ]
  const opaque = asked.get('opaque')
  if (opaque !== undefined) parts.push(`opaque="${opaque}"`)

  if (asked.get('qop')?.split(/, */).includes('auth')) {
    const ours = randomBytes(8).toString('hex')
    const count = '00000001'
    parts.push(
      'qop=auth',
      `nc=${count}`,
      `cnonce="${ours}"`,
      `response="${hash(`${who}:${nonce}:${count}:${ours}:auth:${what}`)}"`,
    )
  } else {
    parts.push(`response="${hash(`${who}:${nonce}:${what}`)}"`)
  }
  return `Digest ${parts.join(', ')}`
}

function readParameters(challenge: string): Map<string, string> {
  const found = challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)
  return new Map(
    [...found].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']),
  )
}
