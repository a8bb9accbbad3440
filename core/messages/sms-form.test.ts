import { expect, test } from 'vitest'
import { checkSms, FIRST_SMS, isSameGateway, type SmsForm } from './sms-form.ts'

const GATEWAY: SmsForm = {
  driver: 'gateway',
  url: 'https://gateway.example/broker-api/send',
  user: 'agency',
  originator: '3700',
  reportToken: '',
}
const wrong = (change: Partial<SmsForm>, hasPassword = true, typed = '') =>
  checkSms({ ...GATEWAY, ...change }, hasPassword, typed).map(({ field, code }) => `${field} ${code}`)

/** The same address with a sign-in in it. */
function withSignIn(address: string): string {
  const url = new URL(address)
  url.username = 'agency'
  url.password = 'word'
  return url.href
}

test('only a gateway has to be filled in', () => {
  expect(checkSms(FIRST_SMS, false)).toEqual([])
  expect(checkSms({ ...FIRST_SMS, driver: 'demo' }, false)).toEqual([])
  expect(checkSms({ ...FIRST_SMS, driver: 'gateway' }, false).map(({ field }) => field)).toEqual([
    'url',
    'user',
    'originator',
    'password',
  ])
  expect(wrong({})).toEqual([])
  expect(wrong({}, false, 'typed')).toEqual([])
})

test.each<[Partial<SmsForm>, string]>([
  [{ url: 'gateway.example' }, 'url badUrl'],
  [{ url: withSignIn('https://gateway.example/') }, 'url badUrl'],
  [{ originator: 'x'.repeat(21) }, 'originator tooLong'],
  [{ reportToken: 'short' }, 'reportToken tooShort'],
  [{ reportToken: 'x'.repeat(101) }, 'reportToken tooLong'],
  [{ reportToken: 'twenty letters and a space' }, 'reportToken badToken'],
])('%o is told: %s', (change, told) => {
  expect(wrong(change)).toEqual([told])
})

test('a password is kept for the gateway and the user it was typed for', () => {
  expect(isSameGateway(GATEWAY, { ...GATEWAY, originator: '1195', driver: 'off' })).toBe(true)
  expect(isSameGateway(GATEWAY, { ...GATEWAY, url: 'https://elsewhere.example/' })).toBe(false)
  expect(isSameGateway(GATEWAY, { ...GATEWAY, user: 'other' })).toBe(false)
})
