/**
 * ITU-T G.711 A-law, the code of the telephone: one byte per sample, 8,000 samples a second.
 * Prompts are made in it and recordings arrive in it.
 */
export const ALAW_RATE = 8_000
/** The byte for a sample of 0; its opposite number is 0x55. */
export const ALAW_SILENCE = 0xd5

/** A-law stores every other bit inverted, so that silence still has edges to keep a line's clock by. */
const INVERTED_BITS = 0x55
const SIGN = 0x80
const LOUDEST = 0x7fff

const SAMPLES = Int16Array.from({ length: 256 }, (_, byte) => expand(byte))

/** The sample, -32,256 … 32,256, that a byte stands for. */
export function decodeALaw(byte: number): number {
  return SAMPLES[byte & 0xff] ?? 0
}

export function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? SIGN : 0
  // Negative numbers are mirrored about -½, as in the recommendation: -1 becomes 0.
  const size = Math.min(sample >= 0 ? sample : -sample - 1, LOUDEST) >> 4
  const segment = size < 32 ? (size < 16 ? 0 : 1) : 28 - Math.clz32(size)
  const step = segment === 0 ? size : (size >> (segment - 1)) & 0x0f
  return (sign | (segment << 4) | (step & 0x0f)) ^ INVERTED_BITS
}

function expand(byte: number): number {
  const code = byte ^ INVERTED_BITS
  const segment = (code >> 4) & 0x07
  const middle = ((code & 0x0f) << 4) + 8
  const size = segment === 0 ? middle : (middle + 0x100) << (segment - 1)
  return code & SIGN ? size : -size
}
