import { expect, test } from 'vitest'
import { decodeAlaw, encodeAlaw, FRAME_SAMPLES, isSilent, SILENCE } from './alaw.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, hasTone, toneFrame } from './tone.ts'
import { alawFromWav, wavFromAlaw } from './wav.ts'

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte)

test('every A-law byte survives being decoded and encoded again', () => {
  expect(encodeAlaw(decodeAlaw(EVERY_BYTE))).toEqual(EVERY_BYTE)
})

test('A-law keeps any sample within a sixteenth of its size', () => {
  const samples = Int16Array.from({ length: 6553 }, (_, n) => n * 10 - 32_765)
  const errors = decodeAlaw(encodeAlaw(samples)).map(
    (heard, n) => Math.abs(heard - (samples[n] ?? 0)) - Math.abs(samples[n] ?? 0) / 16,
  )
  // The sixteenth is of large samples; the smallest steps are 16 apart, and the very loudest are clipped.
  expect(Math.max(...errors)).toBeLessThanOrEqual(16)
})

test('silence is silent and a tone is not', () => {
  expect(isSilent(new Uint8Array(FRAME_SAMPLES).fill(SILENCE))).toBe(true)
  expect(isSilent(toneFrame(CITIZEN_TONE_HZ))).toBe(false)
})

test('a marker tone is found, and not taken for the other one', () => {
  expect(hasTone(toneFrame(CITIZEN_TONE_HZ), CITIZEN_TONE_HZ)).toBe(true)
  expect(hasTone(toneFrame(CITIZEN_TONE_HZ), AGENT_TONE_HZ)).toBe(false)
  expect(hasTone(toneFrame(AGENT_TONE_HZ), CITIZEN_TONE_HZ)).toBe(false)
})

test('both tones at once are not found: a mixed line is no proof of either', () => {
  const [one, other] = [decodeAlaw(toneFrame(CITIZEN_TONE_HZ)), decodeAlaw(toneFrame(AGENT_TONE_HZ))]
  const mixed = encodeAlaw(one.map((sample, n) => sample * 0.5 + (other[n] ?? 0)))
  expect(hasTone(mixed, AGENT_TONE_HZ)).toBe(true)
  expect(hasTone(mixed, CITIZEN_TONE_HZ)).toBe(false)
})

test('sound written as a WAV file comes back the same', () => {
  const sound = toneFrame(CITIZEN_TONE_HZ)
  expect(alawFromWav(wavFromAlaw(sound))).toEqual(sound)
})

test('what is no WAV file is refused by name', () => {
  expect(() => alawFromWav(Buffer.from('not a sound at all'))).toThrow('not a WAV file')
})
