/** G.711 A-law, the telephone's own sound: 8000 samples a second, one byte each. */

export const SAMPLES_PER_SECOND = 8000
export const FRAME_MS = 20
export const FRAME_SAMPLES = (SAMPLES_PER_SECOND * FRAME_MS) / 1000
export const SILENCE = 0xd5

const DECODED = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte))

function decodeByte(byte: number): number {
  const bits = byte ^ 0x55
  const exponent = (bits >> 4) & 7
  const mantissa = bits & 15
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return bits & 0x80 ? size : -size
}

function encodeSample(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const size = Math.min(sample >= 0 ? sample : -sample - 1, 32_635) >> 4
  if (size < 16) return (sign | size) ^ 0x55
  const exponent = 27 - Math.clz32(size)
  return (sign | ((exponent + 1) << 4) | ((size >> exponent) & 15)) ^ 0x55
}

export function decodeAlaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, (byte) => DECODED[byte] ?? 0)
}

export function encodeAlaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, encodeSample)
}

/** Below this a frame counts as silence: about −54 dB of full scale, under any speech and over any coding noise. */
const QUIET_RMS = 64

export function isSilent(frame: Uint8Array): boolean {
  let energy = 0
  for (const byte of frame) energy += (DECODED[byte] ?? 0) ** 2
  return energy < QUIET_RMS ** 2 * frame.length
}
