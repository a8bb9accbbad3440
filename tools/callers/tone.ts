/**
 * Marker tones: a sound that is known when it is sent and can be found again at
 * the other end. Citizen and agent have different ones, so that neither end can
 * mistake its own echo for the other's voice.
 */
import { decodeAlaw, encodeAlaw, FRAME_SAMPLES, SAMPLES_PER_SECOND } from './alaw.ts'

/** Multiples of 50 Hz fall exactly between the frames of 20 ms, and none of these is a key tone or a harmonic of another. */
export const CITIZEN_TONE_HZ = 650
export const AGENT_TONE_HZ = 1150
const TONE_AMPLITUDE = 8000

/** One frame of a tone; any number of them in a row sound without a click. */
export function toneFrame(hz: number): Uint8Array {
  const samples = Int16Array.from({ length: FRAME_SAMPLES }, (_, n) =>
    Math.round(TONE_AMPLITUDE * Math.sin((2 * Math.PI * hz * n) / SAMPLES_PER_SECOND)),
  )
  return encodeAlaw(samples)
}

/** The share of a sound's energy that lies at one frequency, 0 … 1 (Goertzel's algorithm). */
export function toneShare(samples: Int16Array, hz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / SAMPLES_PER_SECOND)
  let last = 0
  let beforeLast = 0
  let energy = 0
  for (const sample of samples) {
    const now = sample + turn * last - beforeLast
    beforeLast = last
    last = now
    energy += sample * sample
  }
  if (energy === 0) return 0
  const atTone = last * last + beforeLast * beforeLast - turn * last * beforeLast
  return (2 * atTone) / (samples.length * energy)
}

/** Speech never gives half its energy to one frequency for a whole frame of ours; a tone through A-law gives nearly all. */
const TONE_MIN_SHARE = 0.5
const TONE_MIN_AMPLITUDE = 500

export function hasTone(frame: Uint8Array, hz: number): boolean {
  const samples = decodeAlaw(frame)
  return toneShare(samples, hz) >= TONE_MIN_SHARE && samples.some((sample) => sample >= TONE_MIN_AMPLITUDE)
}
