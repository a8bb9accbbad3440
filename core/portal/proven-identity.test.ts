import { expect, test } from 'vitest'
import { OPENED_BY_PROOFS, opens, personOf, phoneOf, type ProvenIdentity } from './proven-identity.ts'

const PHONE: ProvenIdentity = { by: 'phone', e164: '+998901234567' }
const PERSON: ProvenIdentity = { by: 'person', pinfl: '41203950240013', name: 'Rahimova Gulnora' }

test.each([
  ['namingIt', true, false],
  ['filedWithIt', false, true],
  ['writtenDownOnItsCards', false, true],
  ['calls', true, false],
  ['filingWithoutCode', false, true],
] as const)('%s: by a telephone %s, by OneID %s', (what, byPhone, byPerson) => {
  expect([opens(PHONE, what), opens(PERSON, what)]).toEqual([byPhone, byPerson])
})

test('everything that a proof can open is decided for both', () => {
  expect(OPENED_BY_PROOFS).toHaveLength(5)
})

test('only a telephone has calls, and only a person files without a code', () => {
  expect([phoneOf(PHONE), phoneOf(PERSON)]).toEqual(['+998901234567', undefined])
  expect([personOf(PHONE), personOf(undefined)]).toEqual([undefined, undefined])
  expect(personOf(PERSON)).toMatchObject({ pinfl: '41203950240013' })
})
