import { expect, test } from 'vitest'
import { aLawOnly } from './a-law-only.ts'

const OFFER = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:13 CN/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'a=fmtp:126 0-15',
  'a=ssrc:1 cname:x',
  '',
].join('\r\n')

test('an offer names A-law and telephone events only', () => {
  expect(aLawOnly(OFFER).split('\r\n')).toEqual([
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 8 126',
    'a=rtcp-mux',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:126 telephone-event/8000',
    'a=fmtp:126 0-15',
    'a=ssrc:1 cname:x',
    '',
  ])
})

test('an offer without A-law is not emptied', () => {
  expect(aLawOnly('m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')).toContain('SAVPF 111')
})
