import { ALAW_RATE, decodeALaw } from '#core/lib/a-law.ts'

const HEADER_BYTES = 44
const SAMPLE_BYTES = 2

/** A WAV that every browser plays: 16-bit samples, since few know A-law. */
export function wavOf(alaw: Uint8Array): Buffer {
  const sound = alaw.length * SAMPLE_BYTES
  const wav = Buffer.alloc(HEADER_BYTES + sound)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(HEADER_BYTES - 8 + sound, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(ALAW_RATE, 24)
  wav.writeUInt32LE(ALAW_RATE * SAMPLE_BYTES, 28)
  wav.writeUInt16LE(SAMPLE_BYTES, 32)
  wav.writeUInt16LE(8 * SAMPLE_BYTES, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(sound, 40)
  for (const [at, byte] of alaw.entries())
    wav.writeInt16LE(decodeALaw(byte), HEADER_BYTES + at * SAMPLE_BYTES)
  return wav
}
