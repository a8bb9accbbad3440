import { expect, test } from 'vitest'
import { FOLLOWED_BY_TELEPHONE, followingTelephone, mayNameAnother } from './following.ts'

const TELEPHONE = '+998901234567'

test.each([
  ['general', 'phone', TELEPHONE],
  ['general', 'portal', TELEPHONE],
  ['testScore', 'phone', TELEPHONE],
  ['testScore', 'portal', TELEPHONE],
  // A code has proven who holds the telephone.
  ['trust', 'portal', TELEPHONE],
  ['trust', 'phone', null],
] as const)('an appeal of track %s that came by %s is followed by %s', (track, medium, by) => {
  expect(followingTelephone({ telephone: TELEPHONE, track, medium })).toBe(by)
  const isListed = FOLLOWED_BY_TELEPHONE.some((one) => one.track === track && one.medium === medium)
  expect(isListed, 'the database is asked by the same rule').toBe(by !== null)
})

test('an appeal that names no telephone is followed by none', () => {
  expect(followingTelephone({ telephone: null, track: 'general', medium: 'portal' })).toBeNull()
})

test('a telephone that its citizen has proven is nobody else’s to change', () => {
  expect([mayNameAnother({ medium: 'phone' }), mayNameAnother({ medium: 'portal' })]).toEqual([true, false])
})
