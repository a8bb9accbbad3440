/**
 * The voice that speaks any text: espeak-ng, brought to the telephone's 8 kHz and to the level of all prompts.
 *
 * Texts are spoken in batches, because starting ffmpeg takes four times as long as its work on one sentence.
 */
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import type { Say } from '#core/ivr/spoken.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { runProgram } from '../program.ts'
import { speakable } from './speakable.ts'
import { levelled } from './speech-level.ts'

/** A little slower than the voice's own 175 words a minute: a telephone swallows consonants. */
export const VOICES: Readonly<Record<CallLanguage, readonly string[]>> = {
  uz: ['-v', 'uz', '-s', '160', '-p', '45', '-g', '1'],
  ru: ['-v', 'ru', '-s', '165', '-p', '45', '-g', '1'],
}

const SPEAKING_TIMEOUT_MS = 20_000
/** A batch at most: what ffmpeg writes to standard output is nothing. */
const PROGRAM_OUTPUT_MAX_BYTES = 64 * 1024

export type ToSpeak = Say & { key: string; path: string }

/** Speaks all texts, each to its own path, or none. A file appears under its name only when it is whole. */
export async function speakAll(texts: readonly ToSpeak[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const making = await mkdtemp(join(folder, '.making-'))
  try {
    for (const text of texts) await speak(text, join(making, `${text.key}.wav`))
    await toTelephone(
      texts.map(({ key }) => key),
      making,
    )
    for (const { key, path } of texts)
      await keepPrompt(await levelFile(join(making, `${key}.pcm`)), join(making, key), path)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function speak({ language, text }: Say, wav: string): Promise<void> {
  await runProgram('espeak-ng', [...VOICES[language], '--stdin', '-w', wav], {
    input: speakable(language, text),
    timeoutMs: SPEAKING_TIMEOUT_MS,
    maxOutputBytes: PROGRAM_OUTPUT_MAX_BYTES,
  })
}

async function toTelephone(keys: readonly string[], making: string): Promise<void> {
  const inputs = keys.flatMap((key) => ['-i', join(making, `${key}.wav`)])
  const outputs = keys.flatMap((key, at) => ['-map', `${at}:a`, ...TELEPHONE_PCM, join(making, `${key}.pcm`)])
  await runProgram('ffmpeg', ['-v', 'error', '-nostdin', ...inputs, ...outputs], {
    timeoutMs: SPEAKING_TIMEOUT_MS,
    maxOutputBytes: PROGRAM_OUTPUT_MAX_BYTES,
  })
}

/** How ffmpeg is told to write one channel of 16-bit samples at the telephone's rate. */
export const TELEPHONE_PCM: readonly string[] = ['-ac', '1', '-ar', String(ALAW_RATE), '-f', 's16le']

export async function levelFile(pcm: string): Promise<Uint8Array> {
  const bytes = await readFile(pcm)
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
  const alaw = levelled(samples)
  if (!alaw) throw new NothingToHear()
  return alaw
}

export class NothingToHear extends Error {
  constructor() {
    super('there is nothing to be heard in it')
    this.name = 'NothingToHear'
  }
}

/** Written beside, made sure of, and only then named: a call never plays half a prompt, not even after a power cut. */
export async function keepPrompt(alaw: Uint8Array, temporary: string, path: string): Promise<void> {
  // Readable by the group: the engine plays it as a user of its own.
  const file = await open(temporary, 'w', 0o640)
  try {
    await file.writeFile(alaw)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}
