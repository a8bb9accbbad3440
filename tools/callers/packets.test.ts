import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRtp, keyPayload, parseKey, parseRtp } from './rtp.ts'
import { offerAudio, readAudio } from './sdp.ts'
import { answerChallenge } from './sip-digest.ts'
import { addressOf, formatSip, headerValue, headerValues, parseSip, type SipRequest } from './sip-message.ts'

test('an RTP packet comes back as it was sent', () => {
  const packet = {
    payloadType: 8,
    marker: true,
    sequence: 65_535,
    timestamp: 4_294_967_295,
    source: 3_000_000_000,
    payload: Buffer.from([1, 2, 3]),
  }
  expect(parseRtp(formatRtp(packet))).toEqual(packet)
})

test('no bytes whatever make the RTP parser fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      parseRtp(Buffer.from(bytes))
    }),
  )
})

test('a pressed star ends with the end bit and its duration', () => {
  expect(parseKey(keyPayload('*', 800, true))).toEqual({ key: '*', samples: 800, isEnd: true })
  expect(keyPayload('*', 800, true)).toEqual(Buffer.from([10, 0x8a, 0x03, 0x20]))
})

test('our own offer of audio is understood by us', () => {
  expect(readAudio(offerAudio('127.0.0.1', 9_012))).toEqual({
    host: '127.0.0.1',
    port: 9_012,
    keysPayload: 101,
  })
})

test('an answer that refuses the audio or A-law gives no address', () => {
  expect(readAudio(offerAudio('127.0.0.1', 0))).toBeUndefined()
  expect(readAudio('c=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 0\r\n')).toBeUndefined()
})

const INVITE: SipRequest = {
  method: 'INVITE',
  uri: 'sip:1195@127.0.0.1',
  headers: [
    ['Via', 'SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1'],
    ['From', '"Oʻtkir \\"<\'; drop table" <sip:+998901234567@127.0.0.1>;tag=a'],
  ],
  body: 'ўзбекча',
}

test('a request survives being written and read, with its hostile name', () => {
  const read = parseSip(formatSip(INVITE))
  expect(read).toMatchObject({ method: 'INVITE', uri: INVITE.uri, body: INVITE.body })
  expect(read && headerValue(read, 'from')).toBe(INVITE.headers[1]?.[1])
})

test('short and continued headers are read', () => {
  const read = parseSip(
    Buffer.from('SIP/2.0 200 OK\r\ni: abc\r\nt: <sip:a@b>;\r\n tag=1\r\nVia: one\r\nVia: two\r\n\r\n'),
  )
  expect(read && headerValue(read, 'Call-ID')).toBe('abc')
  expect(read && headerValue(read, 'To')).toBe('<sip:a@b>; tag=1')
  expect(read && headerValues(read, 'via')).toEqual(['one', 'two'])
})

test('no bytes whatever make the SIP parser fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseSip(Buffer.concat([Buffer.from('INVITE sip:a SIP/2.0\r\n'), bytes, Buffer.from('\r\n\r\n')]))
    }),
  )
})

test('the address is what stands between the brackets', () => {
  expect(addressOf('"A" <sip:a@127.0.0.1:5060;ob>;expires=1')).toBe('sip:a@127.0.0.1:5060;ob')
  expect(addressOf('sip:a@b;tag=1')).toBe('sip:a@b')
})

// The worked example of RFC 2617, 3.5, without the quality of protection.
test('a challenge is answered as the standard works it out', () => {
  const challenge =
    'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
  const credentials = { username: 'Mufasa', password: 'Circle Of Life' }
  const proof = answerChallenge(challenge, credentials, { method: 'GET', uri: '/dir/index.html' })
  expect(proof).toContain('response="670fd8c2df070c60b045671b8b24ff02"')
})
