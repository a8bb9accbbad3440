/** The description of audio that travels in SIP: where it is to be sent, and as what. */
import { ALAW_PAYLOAD, KEYS_PAYLOAD } from './rtp.ts'

export type AudioAddress = { host: string; port: number; keysPayload: number | undefined }

export function offerAudio(host: string, port: number): string {
  const lines = [
    'v=0',
    `o=- ${port} 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${ALAW_PAYLOAD} ${KEYS_PAYLOAD}`,
    `a=rtpmap:${ALAW_PAYLOAD} PCMA/8000`,
    `a=rtpmap:${KEYS_PAYLOAD} telephone-event/8000`,
    `a=fmtp:${KEYS_PAYLOAD} 0-15`,
    'a=ptime:20',
    'a=sendrecv',
  ]
  return `${lines.join('\r\n')}\r\n`
}

/** Where the other side wants its audio, or nothing where it refuses it or A-law. */
export function readAudio(sdp: string): AudioAddress | undefined {
  const host = sdp.match(/^c=IN IP4 (\S+)/m)?.[1]
  const audio = sdp.match(/^m=audio (\d+) RTP\/AVP ([\d ]+)/m)
  const port = Number(audio?.[1] ?? 0)
  const payloads = (audio?.[2] ?? '').trim().split(/ +/).map(Number)
  if (!host || port === 0 || !payloads.includes(ALAW_PAYLOAD)) return undefined
  const keys = sdp.match(/^a=rtpmap:(\d+) telephone-event\/8000/im)?.[1]
  return { host, port, keysPayload: keys === undefined ? undefined : Number(keys) }
}
