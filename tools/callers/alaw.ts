/** Frames of G.711 A-law, the telephone's own sound: one byte for a sample. */
import { ALAW_RATE, ALAW_SILENCE, decodeALaw, encodeALaw } from '#core/lib/a-law.ts'

export const SAMPLES_PER_SECOND = ALAW_RATE
export const FRAME_MS = 20
export const FRAME_SAMPLES = (SAMPLES_PER_SECOND * FRAME_MS) / 1000
export const SILENCE = ALAW_SILENCE

export function decodeAlaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, decodeALaw)
}

export function encodeAlaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, encodeALaw)
}

/** Below this a frame counts as silence: about −54 dB of full scale, under any speech and over any coding noise. */
const QUIET_RMS = 64

export function isSilent(frame: Uint8Array): boolean {
  let energy = 0
  for (const byte of frame) energy += decodeALaw(byte) ** 2
  return energy < QUIET_RMS ** 2 * frame.length
}
