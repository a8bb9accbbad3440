import { expect, test } from 'vitest'
import { checkOneId, FIRST_ONE_ID, isSamePlace, type OneIdForm } from './one-id-form.ts'

const ON: OneIdForm = { ...FIRST_ONE_ID, isOn: true, clientId: 'agency', scope: 'agency' }
const READY = { hasSecret: true, hasPortal: true }
const wrong = (...asked: Parameters<typeof checkOneId>) =>
  checkOneId(...asked).map(({ field, code }) => `${field} ${code}`)

test('while it is off it may be half filled in; to be on it takes everything, and the place citizens come back to', () => {
  expect(wrong(FIRST_ONE_ID, { hasSecret: false, hasPortal: false })).toEqual([])
  expect(wrong(ON, READY)).toEqual([])
  expect(wrong({ ...FIRST_ONE_ID, isOn: true }, { hasSecret: false, hasPortal: false })).toEqual([
    'clientId required',
    'scope required',
    'secret required',
    'portal required',
  ])
  expect(wrong(ON, { ...READY, hasSecret: false }, 'typed')).toEqual([])
})

test.each([
  ['https://sso.egov.uz/sso/oauth/Authorization.do', true],
  ['http://127.0.0.1:5000/sso', true],
  ['http://sso.egov.uz/sso', false],
  ['https://user@elsewhere.example/', false],
  ['http://127.0.0.1.elsewhere.example/', false],
  ['sso.egov.uz', false],
  ['', false],
])('the secret may go to "%s": %s', (address, may) => {
  expect(wrong({ ...ON, address }, READY)).toEqual(may ? [] : ['address badUrl'])
})

test('a secret is kept for the place it was typed for', () => {
  expect(isSamePlace(ON, { ...ON, isOn: false, scope: 'other' })).toBe(true)
  expect(isSamePlace(ON, { ...ON, address: 'https://elsewhere.example/' })).toBe(false)
})
