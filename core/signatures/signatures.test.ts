import { describe, expect, test } from 'vitest'
import type { StaffId } from '#core/lib/ids.ts'
import {
  type GivenSignature,
  isSamePerson,
  looksLikePkcs7,
  maySign,
  PKCS7_MAX_BYTES,
  signatureFor,
} from './signature-rules.ts'
import { signedText } from './signed-decision.ts'
import { checkSigning, FIRST_SIGNING } from './signing-settings.ts'

const APPEAL = { number: 'A-2026-000001', moves: [], files: [] }
const REPLY = { result: 'explained', reply: 'Javob\nmatni' }

describe('the signed text', () => {
  const text = signedText(APPEAL, 'reply', REPLY)

  test('is the same for the same decision, whatever order its parts come in', () => {
    const files = [
      { name: 'b.pdf', sha256: 'bb' },
      { name: 'a.pdf', sha256: 'aa' },
    ]
    const one = signedText({ ...APPEAL, files }, 'reply', REPLY)
    const other = signedText({ ...APPEAL, files: files.toReversed() }, 'reply', {
      reply: REPLY.reply,
      result: REPLY.result,
    })
    expect(other).toBe(one)
    expect(one).not.toBe(text)
  })

  test.each([
    ['a word', signedText(APPEAL, 'reply', { ...REPLY, reply: 'Javob matni' })],
    ['the result', signedText(APPEAL, 'reply', { ...REPLY, result: 'refused' })],
    ['the appeal', signedText({ ...APPEAL, number: 'A-2026-000002' }, 'reply', REPLY)],
    ['the round', signedText({ ...APPEAL, moves: [{ action: 'reopen', details: {} }] }, 'reply', REPLY)],
    ['a file', signedText({ ...APPEAL, files: [{ name: 'a', sha256: 'aa' }] }, 'reply', REPLY)],
  ])('is another where %s is another', (_what, other) => {
    expect(other).not.toBe(text)
  })

  test('cannot be made to say two things by what stands in a field', () => {
    const hostile = signedText(APPEAL, 'extend', { reason: 'a",\n  "signatory": "b', signatory: 'c' })
    expect(JSON.parse(hostile)).toMatchObject({ reason: 'a",\n  "signatory": "b', signatory: 'c' })
  })

  test('of a conclusion holds what was proposed last', () => {
    const moves = [
      { action: 'proposeLeaving', details: { ground: 'anonymous', conclusion: 'Birinchi' } },
      { action: 'proposeLeaving', details: { ground: 'noAuthority', conclusion: 'Ikkinchi' } },
    ] as const
    const conclusion = signedText({ ...APPEAL, moves }, 'approveLeaving', { signatory: 'Boshliq' })
    expect(JSON.parse(conclusion)).toMatchObject({
      decision: 'conclusion',
      ground: 'noAuthority',
      conclusion: 'Ikkinchi',
      signatory: 'Boshliq',
    })
  })
})

describe('a signature goes with a decision', () => {
  const [me, colleague] = ['me' as StaffId, 'colleague' as StaffId]
  const given: GivenSignature = { decision: 'reply', by: me, documentSha256: 'aa', isUsed: false }
  const decision = { action: 'reply', by: me, documentSha256: 'aa' } as const

  test.each<[string, GivenSignature[], object]>([
    ['of this very text', [given], { signature: given }],
    ['of another text', [{ ...given, documentSha256: 'bb' }], { problem: 'signedOtherwise' }],
    ['of a colleague', [{ ...given, by: colleague }], { problem: 'signatureMissing' }],
    ['of another decision', [{ ...given, decision: 'extension' }], { problem: 'signatureMissing' }],
    ['that went with another', [{ ...given, isUsed: true }], { problem: 'signatureMissing' }],
    ['that is not there', [], { problem: 'signatureMissing' }],
  ])('%s', (_what, signatures, expected) => {
    expect(signatureFor(signatures, decision, ['reply'])).toEqual(expected)
  })

  test('where none is needed none is missed, and one that is there goes with it', () => {
    expect(signatureFor([], decision, ['conclusion'])).toBeUndefined()
    expect(signatureFor([given], decision, [])).toEqual({ signature: given })
  })
})

test('whoever may decide may sign, as long as it can be decided', () => {
  const appeal = {
    status: 'received',
    kind: 'complaint',
    track: 'general',
    dueOn: '2026-03-17',
    moves: [],
  } as const
  const chancellery = { id: 'x', role: 'chancellery' } as const
  expect(maySign(appeal, 'reply', chancellery, '2026-03-02')).toBe(true)
  expect(maySign({ ...appeal, status: 'replied' }, 'reply', chancellery, '2026-03-02')).toBe(false)
  expect(maySign(appeal, 'reply', { id: 'x', role: 'agent' }, '2026-03-02')).toBe(false)
  expect(maySign(appeal, 'extend', chancellery, '2026-03-18')).toBe(false)
})

test.each([
  ['31210632040244', '31210632040244', true],
  ['31210932040247', '31210632040244', false],
  [null, '31210632040244', false],
  ['31210632040244', null, null],
])('a certificate of %s is of a member of staff known as %s: %s', (certificate, staff, expected) => {
  expect(isSamePerson({ pinfl: certificate }, { pinfl: staff })).toBe(expected)
})

const NAME = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
test.each([
  ['of a length with its end marked', [0x30, 0x80, ...NAME], true],
  ['of a short length', [0x30, 0x0b, ...NAME], true],
  ['of a length in two bytes', [0x30, 0x82, 0x05, 0xdc, ...NAME], true],
  ['of a length without end', [0x30, 0xff, ...NAME], false],
  ['that is enveloped data', [0x30, 0x80, ...NAME.slice(0, -1), 0x03], false],
  ['that breaks off', [0x30, 0x80, 0x06], false],
  ['of nothing', [], false],
])('a PKCS #7 %s', (_what, bytes, expected) => {
  expect(looksLikePkcs7(Uint8Array.from(bytes))).toBe(expected)
})

test('a PKCS #7 of five megabytes is none', () => {
  const bytes = new Uint8Array(5 * 1024 * 1024)
  bytes.set([0x30, 0x80, ...NAME])
  expect(looksLikePkcs7(bytes)).toBe(false)
  expect(looksLikePkcs7(bytes.subarray(0, PKCS7_MAX_BYTES))).toBe(true)
})

const KEY = 'murojaat.example 96D0C1491615C82B9A54D9989779DF825B690748'
test.each<[string, Partial<typeof FIRST_SIGNING>, string[]]>([
  ['as it comes', {}, []],
  [
    'with a server, a key and something required',
    { server: 'http://eimzo.lan:8080', apiKeys: [KEY], required: ['reply'] },
    [],
  ],
  ['requiring what nobody can check', { required: ['reply'] }, ['server required']],
  ['with no address', { server: 'eimzo' }, ['server badUrl']],
  ['with a user in the address', { server: 'http://somebody@eimzo.lan' }, ['server badUrl']],
  [
    'with the module of another computer',
    { module: 'wss://evil.example/service/cryptapi' },
    ['module notThisComputer'],
  ],
  [
    'with a module that only begins like this one',
    { module: 'wss://127.0.0.1.evil.example/' },
    ['module notThisComputer'],
  ],
  ['with a key that is none', { apiKeys: [KEY, 'murojaat.example'] }, ['apiKeys badApiKey']],
])('settings %s', (_what, change, expected) => {
  const problems = checkSigning({ ...FIRST_SIGNING, ...change })
  expect(problems.map(({ code, field }) => `${field} ${code}`)).toEqual(expected)
})
