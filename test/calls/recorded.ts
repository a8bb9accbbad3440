/** A stored recording as a player hears it: two sides at 8 kHz, and how loud a tone is on each. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { SAMPLES_PER_SECOND } from '../../tools/callers/alaw.ts'
import { toneShare } from '../../tools/callers/tone.ts'

const SIDES = 2
const MOMENT_SAMPLES = SAMPLES_PER_SECOND / 50
const DECODED_MAX_BYTES = 64 * 1024 * 1024

export type Recorded = { left: Int16Array; right: Int16Array; seconds: number }

export async function decode(ogg: Buffer): Promise<Recorded> {
  const words = ['-v', 'error', '-i', 'pipe:0', '-f', 's16le', '-ar', String(SAMPLES_PER_SECOND), 'pipe:1']
  const options = { encoding: 'buffer', maxBuffer: DECODED_MAX_BYTES } as const
  const decoding = promisify(execFile)('ffmpeg', words, options)
  decoding.child.stdin?.end(ogg)
  const { stdout } = await decoding
  const samples = stdout.length / 2 / SIDES
  const side = (n: number) =>
    Int16Array.from({ length: samples }, (_, at) => stdout.readInt16LE((at * SIDES + n) * 2))
  return { left: side(0), right: side(1), seconds: samples / SAMPLES_PER_SECOND }
}

/** The energy of one tone between two moments, as decibels of nothing in particular: to be compared with another. */
export function toneDecibels(
  side: Int16Array,
  hz: number,
  { from, to }: { from: number; to: number },
): number {
  let energy = 1
  const end = Math.min(side.length, to * SAMPLES_PER_SECOND) - MOMENT_SAMPLES
  for (let at = Math.max(0, Math.round(from * SAMPLES_PER_SECOND)); at < end; at += MOMENT_SAMPLES) {
    const moment = side.subarray(at, at + MOMENT_SAMPLES)
    energy += toneShare(moment, hz) * moment.reduce((sum, sample) => sum + sample * sample, 0)
  }
  return 10 * Math.log10(energy)
}
