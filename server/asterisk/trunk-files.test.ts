import { expect, test } from 'vitest'
import { type TrunkRow, trunkFiles } from './trunk-files.ts'

const aTrunk = (changes: Partial<TrunkRow> = {}): TrunkRow => ({
  id: 'main',
  peerAddresses: ['192.0.2.10', '198.51.100.0/24'],
  didPatterns: ['1195', '+99871XXXXXXX'],
  codecs: ['alaw', 'ulaw'],
  maxCalls: 300,
  ...changes,
})

test('a trunk is known by its addresses, has its numbers, its codecs and its lines', () => {
  const { pjsip, dialplan, problems } = trunkFiles([aTrunk()])
  expect(problems).toEqual([])
  expect(pjsip).toContain('[trunk-main](trunk)\ntype = endpoint\ncontext = trunk-main\nallow = alaw,ulaw')
  expect(pjsip).toContain('endpoint = trunk-main\nmatch = 192.0.2.10\nmatch = 198.51.100.0/24')
  expect(dialplan).toContain('exten => _1195,1,Set(TRUNK=main)\n same => n,Set(LINES=300)')
  expect(dialplan).toContain('exten => _+99871XXXXXXX,1,')
})

test('a trunk that asks for it registers with its network', () => {
  const { pjsip } = trunkFiles([
    aTrunk({ registration: { server: 'sip.op.uz:5060', username: '712000000', password: 'p=a,b#!' } }),
  ])
  expect(pjsip).toContain('server_uri = sip:sip.op.uz:5060')
  expect(pjsip).toContain('client_uri = sip:712000000@sip.op.uz:5060')
  expect(pjsip).toContain('password = p=a,b#!')
  expect(pjsip).toContain('outbound_auth = trunk-main-account')
})

const HOSTILE = [
  'x]\n[evil',
  'x\n#exec /bin/sh',
  'x;y',
  '${SHELL(id)}',
  '1195,1,System(id)',
  '../../etc',
  'x"y',
  "x'y",
  'x y',
  '',
  'x'.repeat(300),
  'x\u0000',
  'о', // a Cyrillic letter
]

const PLACES: [place: string, put: (text: string) => Partial<TrunkRow>][] = [
  ['its id', (id) => ({ id })],
  ['a peer address', (text) => ({ peerAddresses: [text] })],
  ['a number pattern', (text) => ({ didPatterns: ['1195', text] })],
  ['a codec', (text) => ({ codecs: [text] })],
  ['the server to register with', (server) => ({ registration: { server, username: 'u', password: 'p' } })],
  ['where calls are sent', (text) => ({ outboundUri: `sip:{digits}@${text}` })],
  ['the account', (username) => ({ registration: { server: 's', username, password: 'p' } })],
]

test.each(PLACES)('nothing hostile typed as %s reaches a file, and the other trunks stay', (_place, put) => {
  const clean = trunkFiles([aTrunk({ id: 'other' })])
  for (const text of HOSTILE) {
    const { pjsip, dialplan, problems } = trunkFiles([
      aTrunk({ id: 'bad', ...put(text) }),
      aTrunk({ id: 'other' }),
    ])
    expect(problems, JSON.stringify(text)).toHaveLength(1)
    expect({ pjsip, dialplan }).toEqual({ pjsip: clean.pjsip, dialplan: clean.dialplan })
  }
})

test('a password that a configuration file cannot hold is refused', () => {
  for (const password of ['a;b', 'a\nb', 'a\\b', ' a', '', 'пароль']) {
    expect(
      trunkFiles([aTrunk({ registration: { server: 's', username: 'u', password } })]).problems,
      password,
    ).toHaveLength(1)
  }
})

test.each([
  ['no peer address', { peerAddresses: [] }],
  ['a host name as peer', { peerAddresses: ['sip.op.uz'] }],
  ['a network wider than it can be', { peerAddresses: ['192.0.2.0/33'] }],
  ['no codec', { codecs: [] }],
  ['no line', { maxCalls: 0 }],
  ['half a line', { maxCalls: 1.5 }],
  ['more lines than an engine has', { maxCalls: 100_000 }],
])('a trunk with %s is left out', (_what, changes) => {
  expect(trunkFiles([aTrunk(changes)]).problems).toHaveLength(1)
})
