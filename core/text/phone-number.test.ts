import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { displayNumber, maskNumber, normaliseCaller, parsePhoneNumber } from './phone-number.ts'

const ali = '+998901234567'

const numbers: [sent: string, e164: string | undefined, confidence: 'high' | 'low' | 'none', what: string][] =
  [
    ['+998901234567', ali, 'high', 'E.164'],
    ['998901234567', ali, 'high', 'without the plus'],
    ['901234567', ali, 'high', 'nine digits'],
    ['8901234567', ali, 'high', 'with the old long-distance 8'],
    ['8-90-123-45-67', ali, 'high', 'the same with dashes'],
    ['00998901234567', ali, 'high', 'with the international prefix'],
    ['+998 (90) 123-45-67', ali, 'high', 'as on a business card'],
    ['  +998 90 123 45 67  ', ali, 'high', 'with spaces'],
    ['712351914', '+998712351914', 'high', 'a number of Tashkent'],
    ['2351914', '+998712351914', 'low', 'seven digits: an old number of Tashkent, perhaps'],
    ['+79161234567', '+79161234567', 'high', 'a foreign number'],
    ['0079161234567', '+79161234567', 'high', 'a foreign number with the prefix'],
    ['79161234567', undefined, 'none', 'a foreign number without plus or prefix could be anything'],
    ['+99890123456', undefined, 'none', 'a digit too few'],
    ['+9989012345678', undefined, 'none', 'a digit too many'],
    ['101234567', undefined, 'none', 'nine digits that nobody has'],
    ['1195', undefined, 'none', 'a short number'],
    ['102', undefined, 'none', 'an emergency number'],
    ['204', undefined, 'none', 'an inner line'],
    ['+1', undefined, 'none', 'too short for any country'],
    ['+1234567890123456', undefined, 'none', 'too long for any country'],
    ['90123456７', undefined, 'none', 'a digit of another script'],
    ["901234567' or 1=1", undefined, 'none', 'more than a number'],
    ['ali', undefined, 'none', 'a name'],
  ]

test.each(numbers)('%s is %s, %s: %s', (sent, e164, confidence) => {
  expect(parsePhoneNumber(sent)).toEqual({ raw: sent.trim(), ...(e164 ? { e164 } : {}), confidence })
})

test.each(['anonymous', 'Anonymous', 'unavailable', 'unknown', 'Restricted', 'private', '0000', '+0', ''])(
  '%s hides the caller',
  (sent) => {
    expect(parsePhoneNumber(sent)).toEqual({ raw: sent, confidence: 'none', hidden: true })
  },
)

test('the number is read out of a header', () => {
  const headers = [
    '<sip:+998901234567@10.0.0.1>',
    '"Ali" <sip:998901234567@10.0.0.1;user=phone>;tag=1',
    'sips:901234567@example.uz',
    '<tel:+998-90-123-45-67;phone-context=uz>',
    '<sip:%2B998901234567@10.0.0.1>',
  ]
  expect(headers.map((from) => normaliseCaller({ from }).e164)).toEqual(headers.map(() => ali))
})

const other = '+998935550011'
test.each([
  [{ assertedIdentity: ali, remotePartyId: other, from: other }, ali, 'the network knows best'],
  [{ remotePartyId: ali, from: other }, ali, 'then the older header'],
  [{ from: ali }, ali, 'then the phone itself'],
  [{ assertedIdentity: '', from: ali }, ali, 'an empty header says nothing'],
  [
    { assertedIdentity: '<sip:anonymous@anonymous.invalid>', from: ali },
    ali,
    'a hidden identity leaves the next',
  ],
  [{ assertedIdentity: '<sip:trunk@10.0.0.1>', from: ali }, ali, 'the name of the trunk is no number'],
])('of %o the caller is %s: %s', (headers, e164, _because) => {
  expect(normaliseCaller(headers).e164).toBe(e164)
})

test('a short number the network vouches for goes before a long one the phone claims', () => {
  expect(normaliseCaller({ assertedIdentity: '<sip:1102@10.0.0.1>', from: ali })).toEqual({
    raw: '1102',
    confidence: 'none',
  })
})

test('without any header the caller is hidden', () => {
  expect(normaliseCaller({})).toEqual({ raw: '', confidence: 'none', hidden: true })
})

test('a number is shown in groups, and masked it shows its ends', () => {
  expect([ali, '+79161234567', '1195', 'anonymous'].map(displayNumber)).toEqual([
    '+998 90 123 45 67',
    '+79161234567',
    '1195',
    'anonymous',
  ])
  expect([ali, '+79161234567', '1195'].map(maskNumber)).toEqual(['+998 90 *** ** 67', '+79*******67', '****'])
})

test('whatever a trunk sends, the number is digits and the raw text can be stored', () => {
  const random = seededRandom(3)
  const pieces = [
    '+',
    '998',
    '90',
    '0',
    '8',
    '\0',
    '\r\n',
    '<sip:',
    '@',
    '"',
    "'",
    '‮',
    '%',
    '\ud800',
    'a',
    '../',
    ' ',
    '🙂',
    '-',
  ]
  for (let n = 0; n < 20_000; n++) {
    const from = Array.from(
      { length: Math.floor(random() * 12) },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join('')
    const { raw, e164 = '+0000000' } = normaliseCaller({ from })
    expect(e164).toMatch(/^\+\d{7,15}$/)
    expect(raw.isWellFormed() && !/[\0\r\n\u202e]/.test(raw), JSON.stringify(from)).toBe(true)
  }
})

test('a header of 64 kB is cut', () => {
  expect(normaliseCaller({ from: '9'.repeat(65_536) }).raw).toHaveLength(256)
  expect(normaliseCaller({ from: `"${'a'.repeat(65_536)}" <sip:1@b>` }).raw).toHaveLength(256)
})

test('on a trunk that writes country codes a foreign number of nine digits is not taken for ours', () => {
  const from = '<sip:901234567@10.0.0.1>'
  expect(normaliseCaller({ from })).toMatchObject({ e164: '+998901234567' })
  expect(normaliseCaller({ from }, 'international')).toMatchObject({ e164: '+901234567' })
  expect(normaliseCaller({ from: '<sip:74951234567@10.0.0.1>' }, 'international')).toMatchObject({
    e164: '+74951234567',
  })
  expect(normaliseCaller({ from: '<sip:998901234567@10.0.0.1>' }, 'international')).toMatchObject({
    e164: '+998901234567',
  })
  expect(normaliseCaller({ from: '<sip:1102@10.0.0.1>' }, 'international').e164).toBeUndefined()
})
