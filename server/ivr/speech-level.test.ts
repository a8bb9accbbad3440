import { expect, test } from 'vitest'
import { ALAW_RATE, decodeALaw } from '#core/lib/a-law.ts'
import { levelled, SPEECH_LEVEL_DB } from './speech-level.ts'

/** A second of silence, `seconds` of a tone, a second of silence. */
function tone(amplitude: number, seconds: number): Int16Array {
  const length = seconds * ALAW_RATE
  const samples = new Int16Array(length + 2 * ALAW_RATE)
  for (let at = 0; at < length; at++)
    samples[ALAW_RATE + at] = amplitude * Math.sin((2 * Math.PI * 440 * at) / ALAW_RATE)
  return samples
}

const peakDb = (alaw: Uint8Array) =>
  20 * Math.log10(alaw.reduce((highest, byte) => Math.max(highest, Math.abs(decodeALaw(byte))), 0) / 32_768)

test.each([300, 3_000, 30_000])('a tone of amplitude %i comes to the named level', (amplitude) => {
  const alaw = levelled(tone(amplitude, 2))
  expect(peakDb(alaw ?? new Uint8Array())).toBeCloseTo(SPEECH_LEVEL_DB, 0)
})

test('silence before and after is cut to a fraction of a second', () => {
  const alaw = levelled(tone(5_000, 2))
  expect((alaw?.length ?? 0) / ALAW_RATE).toBeCloseTo(2.24, 1)
})

test('a lone peak lowers the prompt instead of being cut off', () => {
  const samples = tone(200, 2)
  samples[ALAW_RATE * 2] = 30_000
  expect(peakDb(levelled(samples) ?? new Uint8Array())).toBeLessThan(-2.5)
})

test('a recording without a sound is told from a prompt', () => {
  expect(levelled(new Int16Array(ALAW_RATE))).toBeUndefined()
  expect(levelled(new Int16Array(0))).toBeUndefined()
})
