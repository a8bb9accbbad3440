import { expect, test } from 'vitest'
import { dialTarget, isOutboundUri, type WayOut } from './dial-target.ts'

const aTrunk = (changes: Partial<WayOut> = {}): WayOut => ({
  id: 'main',
  peerAddresses: ['192.0.2.10'],
  ...changes,
})
const registration = { server: 'sip.op.uz:5070' }

test.each<[what: string, trunk: Partial<WayOut>, target: string | undefined]>([
  ['to the one address', {}, 'PJSIP/trunk-main/sip:998901234567@192.0.2.10'],
  [
    'to one address with all its bits',
    { peerAddresses: ['192.0.2.10/32'] },
    'PJSIP/trunk-main/sip:998901234567@192.0.2.10',
  ],
  [
    'to an IPv6 address',
    { peerAddresses: ['2001:db8::1'] },
    'PJSIP/trunk-main/sip:998901234567@[2001:db8::1]',
  ],
  ['to the server we register with', { registration }, 'PJSIP/trunk-main/sip:998901234567@sip.op.uz:5070'],
  ['nowhere of two addresses', { peerAddresses: ['192.0.2.10', '192.0.2.11'] }, undefined],
  ['nowhere of a network', { peerAddresses: ['192.0.2.0/24'] }, undefined],
  [
    'as the carrier wants it written',
    { outboundUri: 'sip:{national}@192.0.2.20:5080' },
    'PJSIP/trunk-main/sip:901234567@192.0.2.20:5080',
  ],
  ['with a plus', { outboundUri: 'sip:{e164}@op.uz' }, 'PJSIP/trunk-main/sip:+998901234567@op.uz'],
  ['behind a prefix', { outboundUri: 'sip:9{digits}@op.uz' }, 'PJSIP/trunk-main/sip:9998901234567@op.uz'],
])('a call goes out %s', (_what, trunk, target) => {
  expect(dialTarget(aTrunk(trunk), '+998901234567')).toBe(target)
})

test.each(['', '+', '112@evil', 'sip:1@x', '+998 90', '1&PJSIP/other', 'x'.repeat(40), '+99890123456789012'])(
  'what is no number goes nowhere: %s',
  (number) => {
    expect(dialTarget(aTrunk(), number)).toBeUndefined()
  },
)

test.each([
  'sip:{digits}@x y',
  'sip:{digits}@x&PJSIP/y',
  'sip:{digits}@x,y',
  'sip:x@y',
  'sips:{digits}@y',
  'sip:{digits}@y;method=REFER',
  'sip:{digits}@${SHELL(id)}',
])('an address of a trunk that could mean something else is refused: %s', (text) => {
  expect(isOutboundUri(text)).toBe(false)
})
