/**
 * SIP messages as text (RFC 3261): just enough of the grammar for a telephone
 * that calls, and tolerant of nothing it does not need. Header values are kept
 * exactly as given, so that a test can send hostile ones.
 */

export type SipHeader = readonly [name: string, value: string]
export type SipRequest = { method: string; uri: string; headers: readonly SipHeader[]; body: string }
export type SipResponse = { code: number; reason: string; headers: readonly SipHeader[]; body: string }
export type SipMessage = SipRequest | SipResponse

const SHORT_NAMES: Record<string, string> = {
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  t: 'to',
  v: 'via',
  k: 'supported',
}

export function isRequest(message: SipMessage): message is SipRequest {
  return 'method' in message
}

export function parseSip(bytes: Buffer): SipMessage | undefined {
  const text = bytes.toString('utf8')
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  // A line that starts with a blank continues the one before.
  const [start = '', ...lines] = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = lines.map(readHeader).filter((header) => header !== undefined)
  const body = text.slice(end + 4)

  const answer = start.match(/^SIP\/2\.0 (\d{3}) (.*)$/)
  if (answer) return { code: Number(answer[1]), reason: answer[2] ?? '', headers, body }
  const request = start.match(/^([A-Z]+) (\S+) SIP\/2\.0$/)
  if (request) return { method: request[1] ?? '', uri: request[2] ?? '', headers, body }
  return undefined
}

function readHeader(line: string): SipHeader | undefined {
  const colon = line.indexOf(':')
  return colon < 1 ? undefined : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}

export function formatSip(message: SipMessage): Buffer {
  const start = isRequest(message)
    ? `${message.method} ${message.uri} SIP/2.0`
    : `SIP/2.0 ${message.code} ${message.reason}`
  const lines = message.headers.map(([name, value]) => `${name}: ${value}`)
  const length = `Content-Length: ${Buffer.byteLength(message.body)}`
  return Buffer.from([start, ...lines, length, '', message.body].join('\r\n'))
}

export function headerValues(message: SipMessage, name: string): string[] {
  const wanted = name.toLowerCase()
  return message.headers.filter(([given]) => fullName(given) === wanted).map(([, value]) => value)
}

export function headerValue(message: SipMessage, name: string): string | undefined {
  return headerValues(message, name)[0]
}

function fullName(name: string): string {
  const lower = name.toLowerCase()
  return SHORT_NAMES[lower] ?? lower
}

/** The address inside `"Name" <sip:…>;tag=…`. */
export function addressOf(value: string): string {
  return value.match(/<([^>]*)>/)?.[1] ?? value.split(';')[0]?.trim() ?? ''
}
