/**
 * Two A-law legs become one stereo Opus in Ogg: left the citizen, right the agent.
 *
 * `voip` keeps telephone speech clearest at this rate. Complexity 0 and frames of 60 ms are what make ten minutes of
 * call take about two seconds of one core; complexity 10 takes four times as long for a difference nobody hears in
 * speech that has been through a telephone.
 */
import { ALAW_RATE } from '#core/lib/a-law.ts'
import { runProgram } from '../program.ts'
import type { Legs, LegSizes } from './legs.ts'

const BITS_PER_SECOND = 24_000
/** Five hours and more; a call is ended long before. */
export const OPUS_MAX_BYTES = 64 * 1024 * 1024
const ENCODING_START_MS = 20_000
/** A generous share of the call's length: fifty times what it takes. */
const ENCODING_SHARE_OF_CALL = 0.25
/** The clock of Ogg Opus, whatever the sound was sampled at. */
const OPUS_CLOCK_HZ = 48_000

export async function encodeOpus(legs: Legs, sizes: LegSizes, samples: number): Promise<Buffer> {
  const sides = [input(legs.citizen, sizes.citizen), input(legs.agent, sizes.agent)]
  // A leg that is shorter gets silence at its end, so that the sides stay in step and nothing of the longer is cut.
  const whole = `apad=whole_len=${samples},atrim=end_sample=${samples}`
  const graph = `[0:a]${whole}[l];[1:a]${whole}[r];[l][r]join=inputs=2:channel_layout=stereo[out]`
  const words = [
    '-v',
    'error',
    '-nostdin',
    ...sides.flat(),
    '-filter_complex',
    graph,
    '-map',
    '[out]',
    ...OPUS,
    'pipe:1',
  ]
  return await runProgram('ffmpeg', words, {
    timeoutMs: ENCODING_START_MS + Math.ceil((samples / ALAW_RATE) * 1000 * ENCODING_SHARE_OF_CALL),
    maxOutputBytes: OPUS_MAX_BYTES,
    standsBack: true,
  })
}

const ALAW_INPUT = ['-f', 'alaw', '-ar', String(ALAW_RATE), '-ac', '1']
const OPUS = [
  ...['-c:a', 'libopus', '-b:a', String(BITS_PER_SECOND), '-application', 'voip'],
  ...['-compression_level', '0', '-frame_duration', '60', '-map_metadata', '-1', '-f', 'ogg'],
]

function input(path: string, size: number): string[] {
  const silence = ['-f', 'lavfi', '-i', `anullsrc=r=${ALAW_RATE}:cl=mono:d=0.02`]
  return size === 0 ? silence : [...ALAW_INPUT, '-i', `file:${path}`]
}

/** How long an Ogg Opus plays, as its last page says (RFC 7845, section 4); 0 where it is none. */
export function opusSeconds(ogg: Buffer): number {
  const head = ogg.indexOf('OpusHead')
  const lastPage = ogg.lastIndexOf('OggS')
  if (head < 0 || lastPage < 0) return 0
  const granule = Number(ogg.readBigInt64LE(lastPage + 6))
  return (granule - ogg.readUInt16LE(head + 10)) / OPUS_CLOCK_HZ
}
