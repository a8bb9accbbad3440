/** The picture of a leg: how loud its loudest sample is in each of about 400 slices, 0 … 1. */
import { createReadStream } from 'node:fs'
import { decodeALaw } from '#core/lib/a-law.ts'

export const PEAK_SLICES = 400
const LOUDEST = 32_768
const DECIMALS = 1_000

const LOUDNESS = Float64Array.from({ length: 256 }, (_, byte) => Math.abs(decodeALaw(byte)) / LOUDEST)

export type Waveform = { peaks: number[]; samples: number }

/** Reads the leg once from end to end, which also proves that it can be read. */
export async function waveform(path: string, samples: number): Promise<Waveform> {
  const highest = new Float64Array(Math.min(PEAK_SLICES, Math.max(samples, 1)))
  if (samples === 0) return { peaks: [...highest], samples: 0 }

  let at = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      const slice = Math.min(highest.length - 1, Math.floor((at++ * highest.length) / samples))
      const loudness = LOUDNESS[byte] ?? 0
      if (loudness > (highest[slice] ?? 0)) highest[slice] = loudness
    }
  }
  return { peaks: Array.from(highest, (peak) => Math.round(peak * DECIMALS) / DECIMALS), samples: at }
}
