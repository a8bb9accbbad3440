/**
 * A recording that a person made to be played instead of the voice. What it is called and what it claims to be counts
 * for nothing: ffprobe says what it holds, and it is decoded and coded anew before any caller hears it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../errors.ts'
import { ProgramFailed, runProgram } from '../program.ts'
import { levelFile, NothingToHear, TELEPHONE_PCM } from './voice.ts'

export const UPLOAD_MAX_BYTES = 10 * 1024 * 1024
export const UPLOAD_MAX_SECONDS = 120
const PROBE_TIMEOUT_MS = 5_000
const CONVERSION_TIMEOUT_MS = 20_000
const PROGRAM_OUTPUT_MAX_BYTES = 256 * 1024
/** Only kinds of sound files people record with; whatever can name other files or hosts is left out. */
const FILE_KINDS = 'wav,mp3,ogg,flac,mov,aiff'

const Probed = z.object({
  streams: z.array(z.object({ codec_type: z.string().optional(), duration: z.coerce.number().optional() })),
  format: z.object({ duration: z.coerce.number().optional() }),
})

/** The upload as A-law at the level of all prompts, or a refusal that says why not. */
export async function telephoneSound(upload: Uint8Array, folder: string): Promise<Uint8Array> {
  if (upload.length > UPLOAD_MAX_BYTES)
    throw new Refusal('tooLarge', `${upload.length} bytes: ${UPLOAD_MAX_BYTES} at most`)
  const making = await mkdtemp(join(folder, '.making-'))
  try {
    const original = join(making, 'upload')
    await writeFile(original, upload)
    await refuseNoSound(original)
    return await converted(original, join(making, 'telephone.pcm'))
  } catch (error) {
    if (error instanceof NothingToHear)
      throw new Refusal('badInput', 'There is nothing to be heard in the recording')
    throw error
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function refuseNoSound(original: string): Promise<void> {
  const probed = Probed.parse(JSON.parse((await probe(original)).toString('utf8')))
  const sound = probed.streams.find((stream) => stream.codec_type === 'audio')
  if (!sound) throw new Refusal('badInput', 'There is no sound in the file')
  const seconds = sound.duration ?? probed.format.duration ?? 0
  if (seconds > UPLOAD_MAX_SECONDS) {
    throw new Refusal(
      'tooLarge',
      `The recording lasts ${Math.round(seconds)} s: ${UPLOAD_MAX_SECONDS} s at most`,
    )
  }
}

async function probe(original: string): Promise<Buffer> {
  const words = ['-v', 'error', '-format_whitelist', FILE_KINDS, '-protocol_whitelist', 'file', '-of', 'json']
  try {
    return await runProgram(
      'ffprobe',
      [...words, '-show_entries', 'stream=codec_type,duration:format=duration', original],
      {
        timeoutMs: PROBE_TIMEOUT_MS,
        maxOutputBytes: PROGRAM_OUTPUT_MAX_BYTES,
      },
    )
  } catch (error) {
    throw notASound(error)
  }
}

async function converted(original: string, pcm: string): Promise<Uint8Array> {
  const input = ['-format_whitelist', FILE_KINDS, '-protocol_whitelist', 'file', '-i', original]
  // A header can lie about the length; one second over the limit is enough to know.
  const bounds = ['-t', String(UPLOAD_MAX_SECONDS + 1)]
  try {
    await runProgram(
      'ffmpeg',
      ['-v', 'error', '-nostdin', ...input, '-map', '0:a:0', ...bounds, ...TELEPHONE_PCM, pcm],
      {
        timeoutMs: CONVERSION_TIMEOUT_MS,
        maxOutputBytes: PROGRAM_OUTPUT_MAX_BYTES,
      },
    )
  } catch (error) {
    throw notASound(error)
  }
  return await levelFile(pcm)
}

/** That ffmpeg is missing is our fault; that it cannot read the file is the file's. What ffmpeg says names our folders. */
function notASound(error: unknown): unknown {
  const isMissing = !(error instanceof ProgramFailed) || error.isMissing
  return isMissing
    ? error
    : new Refusal(
        'badInput',
        'The file is not a recording that can be read: WAV, MP3, Ogg, FLAC, M4A or AIFF',
      )
}
