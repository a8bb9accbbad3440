/** Reads and writes sound files: any PCM or A-law WAV comes in as 8 kHz A-law, and goes out as 16-bit PCM. */
import { decodeAlaw, encodeAlaw, SAMPLES_PER_SECOND } from './alaw.ts'

const PCM = 1
const ALAW = 6
const HEADER_BYTES = 44

type Format = { coding: number; sides: number; rate: number; bits: number }

export function alawFromWav(file: Buffer): Uint8Array {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('This is not a WAV file')
  let format: Format | undefined
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4)
    const body = file.subarray(at + 8, at + 8 + file.readUInt32LE(at + 4))
    if (name === 'fmt ' && body.length >= 16) format = readFormat(body)
    if (name === 'data' && format) return toTelephone(body, format)
    at += 8 + body.length + (body.length % 2)
  }
  throw new Error('The WAV file holds no sound')
}

function readFormat(body: Buffer): Format {
  const format = {
    coding: body.readUInt16LE(0),
    sides: body.readUInt16LE(2),
    rate: body.readUInt32LE(4),
    bits: body.readUInt16LE(14),
  }
  const known = (format.coding === PCM && format.bits === 16) || (format.coding === ALAW && format.bits === 8)
  if (!known || format.sides < 1 || format.rate < 1)
    throw new Error('Only 16-bit PCM and A-law WAV files can be spoken')
  return format
}

/** Takes the first side, and the nearest sample at 8 kHz: good enough for a simulated voice. */
function toTelephone(body: Buffer, format: Format): Uint8Array {
  const bytes = format.bits / 8
  const frames = Math.floor(body.length / (bytes * format.sides))
  const length = Math.floor((frames * SAMPLES_PER_SECOND) / format.rate)
  const offset = (n: number) =>
    Math.min(frames - 1, Math.round((n * format.rate) / SAMPLES_PER_SECOND)) * bytes * format.sides
  if (format.coding === ALAW) return Uint8Array.from({ length }, (_, n) => body.readUInt8(offset(n)))
  return encodeAlaw(Int16Array.from({ length }, (_, n) => body.readInt16LE(offset(n))))
}

export function wavFromAlaw(alaw: Uint8Array): Buffer {
  const samples = decodeAlaw(alaw)
  const file = Buffer.alloc(HEADER_BYTES + samples.length * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(PCM, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(SAMPLES_PER_SECOND, 24)
  file.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, n) => {
    file.writeInt16LE(sample, HEADER_BYTES + n * 2)
  })
  return file
}
