import { expect, test } from 'vitest'
import { ALAW_SILENCE, decodeALaw, encodeALaw } from './a-law.ts'

test('every byte comes back as itself', () => {
  for (let byte = 0; byte < 256; byte++) expect(encodeALaw(decodeALaw(byte))).toBe(byte)
})

test('a sample comes back within a thirty-second of its size, or within 16', () => {
  for (let sample = -32_768; sample <= 32_767; sample += 7) {
    const allowed = Math.max(16, Math.abs(sample) / 31)
    expect(Math.abs(decodeALaw(encodeALaw(sample)) - sample)).toBeLessThanOrEqual(allowed)
  }
})

test.each([
  [0, ALAW_SILENCE],
  [-1, 0x55],
  [32_767, 0xaa],
  [-32_768, 0x2a],
])('%i is coded as the recommendation says', (sample, byte) => {
  expect(encodeALaw(sample)).toBe(byte)
})
