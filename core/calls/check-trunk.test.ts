import { expect, test } from 'vitest'
import { checkTrunk, type TrunkForm } from './check-trunk.ts'

const trunk = (change: Partial<TrunkForm> = {}): TrunkForm => ({
  id: 'uztelecom',
  name: 'Uztelecom',
  peerAddresses: ['203.0.113.10/32', '2001:db8::1'],
  didPatterns: ['1195', '+99871XXXXXXX', '712001195.'],
  registration: null,
  codecs: ['alaw', 'ulaw'],
  maxCalls: 300,
  outboundUri: null,
  ...change,
})
const OTHERS = [
  { id: 'uztelecom', peerAddresses: ['203.0.113.10/32'] },
  { id: 'beeline', peerAddresses: ['198.51.100.1'] },
]
const found = (form: TrunkForm, isNew = false) =>
  checkTrunk(form, OTHERS, isNew).map(({ field, code, params }) =>
    [field, code, params.line].filter((part) => part !== undefined).join(' '),
  )
const account = { server: 'sip.example.uz:5060', username: '998712001195', password: 'Aa1!' }

test('a trunk as carriers want it has no problems', () => {
  expect(found(trunk())).toEqual([])
  expect(found(trunk({ registration: account, outboundUri: 'sip:{e164}@op.example.uz:5080' }))).toEqual([])
  expect(
    found(trunk({ registration: { ...account, password: null }, peerAddresses: ['203.0.113.0/24'] })),
  ).toEqual([])
})

test('a page that was pasted is told once, and line by line only as far as there may be lines (4)', () => {
  const pasted = checkTrunk(
    trunk({ peerAddresses: Array.from({ length: 20_000 }, () => 'x'.repeat(200)) }),
    OTHERS,
    false,
  )
  expect(pasted).toHaveLength(51)
  expect(pasted[0]).toMatchObject({ code: 'tooMany', params: { count: 20_000, most: 50 } })
  expect(pasted[50]?.params).toEqual({ line: 50, value: 'x'.repeat(60) })
})

test.each<[string, Partial<TrunkForm>, string[]]>([
  ['a code in capitals', { id: 'Uztelecom', peerAddresses: ['203.0.113.99'] }, ['id badTrunkCode']],
  ['no name', { name: ' ' }, ['name required']],
  ['no address', { peerAddresses: [] }, ['peerAddresses required']],
  ['a name for an address', { peerAddresses: ['sip.example.uz'] }, ['peerAddresses badAddress 1']],
  ['an address that is none', { peerAddresses: ['203.0.113.256'] }, ['peerAddresses badAddress 1']],
  [
    'a line that would write another',
    { peerAddresses: ['203.0.113.1\nmatch = 0.0.0.0'] },
    ['peerAddresses badAddress 1'],
  ],
  ['half of IPv6', { peerAddresses: ['2001:db8:::1'] }, ['peerAddresses badAddress 1']],
  ['the whole world', { peerAddresses: ['0.0.0.0/0'] }, ['peerAddresses tooWide 1']],
  ['an address twice', { peerAddresses: ['203.0.113.1', '203.0.113.1'] }, ['peerAddresses taken 2']],
  ['another trunk’s address', { peerAddresses: ['198.51.100.1'] }, ['peerAddresses addressOfOther 1']],
  ['no number', { didPatterns: [] }, ['didPatterns required']],
  ['a number with a letter', { didPatterns: ['1195', '71a'] }, ['didPatterns badPattern 2']],
  ['a number twice', { didPatterns: ['1195', '1195'] }, ['didPatterns taken 2']],
  ['no codec', { codecs: [] }, ['codecs required']],
  ['a codec we do not speak', { codecs: ['g729'] }, ['codecs unknown']],
  ['no lines', { maxCalls: 0 }, ['maxCalls outOfRange']],
  [
    'a way out without a number in it',
    { outboundUri: 'sip:1195@op.example.uz' },
    ['outboundUri badOutboundUri'],
  ],
  [
    'an account that would end the line',
    { registration: { server: 'a b', username: 'x;y', password: 'p;q' } },
    ['server badServer', 'username badAccount', 'password badSipPassword'],
  ],
])('%s', (_what, change, problems) => {
  expect(found(trunk(change))).toEqual(problems)
})

test('a new trunk has a code of its own', () => {
  expect(found(trunk(), true)).toEqual(['id taken'])
})
