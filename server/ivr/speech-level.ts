/**
 * Brings a spoken text to the loudness of every other: what is measured is the speech alone, without its pauses, as
 * people judge it. Longer silence before and after is cut, so that prompts follow each other like sentences.
 */
import { ALAW_RATE, encodeALaw } from '#core/lib/a-law.ts'

/** The loudness of the speaking parts, in dB below the loudest sine: as loud as a person who speaks into a handset. */
export const SPEECH_LEVEL_DB = -20
/** No single peak goes above this: a lone loud syllable lowers the whole prompt rather than being cut off. */
export const PEAK_LEVEL_DB = -3
/** What is quieter than this, below the loudest part, is a pause. */
const PAUSE_BELOW_LOUDEST_DB = 30
/** A recording without anything louder than this holds no speech. */
const SILENCE_DB = -60
const FRAME_SAMPLES = (ALAW_RATE * 20) / 1000
/** Kept before the first and after the last sound, so that soft beginnings stay and sentences are apart. */
const KEPT_BEFORE_SAMPLES = (ALAW_RATE * 60) / 1000
const KEPT_AFTER_SAMPLES = (ALAW_RATE * 180) / 1000

const FULL_SCALE = 32_768
const decibels = (ratio: number) => 10 ** (ratio / 20)

/** The prompt in A-law, or undefined where there is nothing to be heard. */
export function levelled(samples: Int16Array): Uint8Array | undefined {
  const loudness = frameLoudness(samples)
  const loudest = Math.max(0, ...loudness)
  if (loudest <= FULL_SCALE * decibels(SILENCE_DB)) return undefined

  const speaks = loudness.map((level) => level > loudest * decibels(-PAUSE_BELOW_LOUDEST_DB))
  const from = Math.max(0, speaks.indexOf(true) * FRAME_SAMPLES - KEPT_BEFORE_SAMPLES)
  const to = Math.min(samples.length, (speaks.lastIndexOf(true) + 1) * FRAME_SAMPLES + KEPT_AFTER_SAMPLES)
  const gain = gainFor(
    samples,
    loudness.filter((_, frame) => speaks[frame]),
  )
  return Uint8Array.from(samples.subarray(from, to), (sample) => encodeALaw(Math.round(sample * gain)))
}

function gainFor(samples: Int16Array, speech: readonly number[]): number {
  const power = speech.reduce((sum, level) => sum + level * level, 0) / speech.length
  // A full-scale sine has an effective value of 1/√2, hence the √2.
  const wanted = (FULL_SCALE * decibels(SPEECH_LEVEL_DB)) / (Math.sqrt(power) * Math.SQRT2)
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1)
  return Math.min(wanted, (FULL_SCALE * decibels(PEAK_LEVEL_DB)) / peak)
}

/** The effective value of each 20 ms. */
function frameLoudness(samples: Int16Array): number[] {
  const loudness: number[] = []
  for (let start = 0; start < samples.length; start += FRAME_SAMPLES) {
    const frame = samples.subarray(start, start + FRAME_SAMPLES)
    loudness.push(Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length))
  }
  return loudness
}
