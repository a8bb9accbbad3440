/** RTP packets (RFC 3550) and key presses inside them (RFC 4733). */

export const RTP_HEADER_BYTES = 12
export const ALAW_PAYLOAD = 8
/** What we offer for key presses; the other side's answer may name another. */
export const KEYS_PAYLOAD = 101

const KEYS = '0123456789*#ABCD'

export type RtpPacket = {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  source: number
  payload: Buffer
}

export function formatRtp(packet: RtpPacket): Buffer {
  const bytes = Buffer.alloc(RTP_HEADER_BYTES + packet.payload.length)
  bytes.writeUInt8(0x80, 0)
  bytes.writeUInt8((packet.marker ? 0x80 : 0) | packet.payloadType, 1)
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2)
  bytes.writeUInt32BE(packet.timestamp >>> 0, 4)
  bytes.writeUInt32BE(packet.source >>> 0, 8)
  packet.payload.copy(bytes, RTP_HEADER_BYTES)
  return bytes
}

/** The packet, or nothing where the bytes are none. */
export function parseRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < RTP_HEADER_BYTES) return undefined
  const first = bytes.readUInt8(0)
  if (first >> 6 !== 2) return undefined
  let start = RTP_HEADER_BYTES + (first & 15) * 4
  if (first & 0x10) {
    if (bytes.length < start + 4) return undefined
    start += 4 + bytes.readUInt16BE(start + 2) * 4
  }
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0
  if (start > bytes.length - padding) return undefined
  const second = bytes.readUInt8(1)
  return {
    payloadType: second & 0x7f,
    marker: second >= 0x80,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    source: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, bytes.length - padding),
  }
}

export function isKey(key: string): boolean {
  return key.length === 1 && KEYS.includes(key)
}

/** The body of one packet of a key press; `samples` is how long the key has been down. */
export function keyPayload(key: string, samples: number, isEnd: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt8(KEYS.indexOf(key), 0)
  bytes.writeUInt8((isEnd ? 0x80 : 0) | 10, 1)
  bytes.writeUInt16BE(samples, 2)
  return bytes
}

export function parseKey(payload: Buffer): { key: string; samples: number; isEnd: boolean } | undefined {
  const key = payload.length >= 4 ? KEYS[payload.readUInt8(0)] : undefined
  if (key === undefined) return undefined
  return { key, samples: payload.readUInt16BE(2), isEnd: payload.readUInt8(1) >= 0x80 }
}
