/**
 * Turns texts into files the engine can play, each text once.
 *
 * A text has a key, made of its language and its words. Its sound is the recording somebody uploaded for it, else what
 * the voice made of it. The files alone decide which, so that a call never waits for the database; the table
 * `prompts` (prompt-service.ts) says who did what.
 *
 * Spoken files carry the settings of the voice in their name: changing the voice speaks everything anew, and
 * uploaded recordings stay.
 */
import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import type { Say } from '#core/ivr/spoken.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { Refusal } from '../errors.ts'
import { speakAll, type ToSpeak, VOICES } from './voice.ts'

/** About two and a half minutes of speech: nobody listens longer. */
export const PROMPT_MAX_CHARACTERS = 2_000
const VOICES_AT_ONCE = 2
const BATCH_MAX_TEXTS = 16
/** Texts waiting to be spoken; a flow has about a hundred. */
const WAITING_MAX_TEXTS = 5_000
const KEY_CHARACTERS = 32
/** Hundreds who wait hear the same texts: where a sound lies is looked up once in so long. */
const LOOKED_UP_FOR_MS = 5_000
/** A flow, and what is said of places and times. */
const LOOKED_UP_MAX = 5_000

export type PreparedPrompt = Say & { key: string; seconds: number; source: 'spoken' | 'uploaded' }

export type PromptSpeaker = ReturnType<typeof promptSpeaker>

export function promptSpeaker({
  folder,
  log,
  speak = speakAll,
}: {
  folder: string
  log: Logger
  speak?: typeof speakAll
}) {
  const queue = speakingQueue(folder, log, speak)
  const lookedUp = new Map<string, { path: string; until: number }>()

  /** Speaks the text unless its sound is there. Whoever has changed its sound asks too: from then on it is the new one. */
  async function prepare(say: Say): Promise<PreparedPrompt> {
    lookedUp.delete(nameOf(say))
    return await find(say)
  }

  async function find(say: Say): Promise<PreparedPrompt> {
    const key = promptKey(say)
    const uploaded = await secondsOf(uploadedPath(folder, key))
    if (uploaded) return { ...say, key, seconds: uploaded, source: 'uploaded' }

    const path = spokenPath(folder, say)
    const seconds = await secondsOf(path)
    if (seconds) return { ...say, key, seconds, source: 'spoken' }

    await queue.speak({ ...say, key, path })
    return { ...say, key, seconds: (await secondsOf(path)) ?? 0, source: 'spoken' }
  }

  return {
    folder,
    prepare,
    /** Whether a caller would hear it without the voice having to speak it first. */
    async hasSound(say: Say): Promise<boolean> {
      const uploaded = await secondsOf(uploadedPath(folder, promptKey(say)))
      return (uploaded ?? (await secondsOf(spokenPath(folder, say)))) !== undefined
    },

    /** One promise per different text, in the order given. */
    prepareEach: (texts: readonly Say[]) => withoutRepeats(texts).map(prepare),

    /** The path of the text's sound, without its extension. */
    async promptFile(language: CallLanguage, text: string): Promise<string> {
      const say = { language, text }
      const before = lookedUp.get(nameOf(say))
      if (before && performance.now() < before.until) return before.path
      const { source, key } = await find(say)
      const file = source === 'uploaded' ? uploadedPath(folder, key) : spokenPath(folder, say)
      const path = file.slice(0, -'.alaw'.length)
      if (lookedUp.size >= LOOKED_UP_MAX) lookedUp.clear()
      lookedUp.set(nameOf(say), { path, until: performance.now() + LOOKED_UP_FOR_MS })
      return path
    },
  }
}

const nameOf = ({ language, text }: Say) => `${language} ${text}`

export function promptKey({ language, text }: Say): string {
  return hash(language, text)
}

export function uploadedPath(folder: string, key: string): string {
  return join(folder, `${key}-uploaded.alaw`)
}

export function spokenPath(folder: string, { language, text }: Say): string {
  return join(folder, `${hash(language, VOICES[language].join(' '), text)}.alaw`)
}

/** The seconds a file of A-law plays; undefined where there is none. */
export async function secondsOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && found.size > 0 ? found.size / ALAW_RATE : undefined
}

/** Takes away what a killed server was making. */
export async function removeHalfMade(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const halfMade = names.filter((name) => name.startsWith('.making-'))
  await Promise.all(halfMade.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, KEY_CHARACTERS)
}

function withoutRepeats(texts: readonly Say[]): Say[] {
  return [...new Map(texts.map((say) => [promptKey(say), say])).values()]
}

type Waiting = { text: ToSpeak; spoken: PromiseWithResolvers<void> }

/** Few voices at once, many texts to a batch; a text asked for twice is spoken once. */
function speakingQueue(folder: string, log: Logger, speak: typeof speakAll) {
  const waiting: Waiting[] = []
  const underWay = new Map<string, Promise<void>>()
  let voices = 0

  function speakNext(): void {
    while (voices < VOICES_AT_ONCE && waiting.length > 0) {
      voices++
      void speakBatch(waiting.splice(0, BATCH_MAX_TEXTS)).finally(() => {
        voices--
        speakNext()
      })
    }
  }

  async function speakBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await speak(
        batch.map(({ text }) => text),
        folder,
      )
      for (const { spoken } of batch) spoken.resolve()
    } catch (error) {
      // One text that cannot be spoken must not silence the others.
      if (batch.length > 1) for (const one of batch) await speakBatch([one])
      else
        for (const { text, spoken } of batch) {
          log.error({ prompt: text.key, error: String(error) }, 'a text could not be spoken')
          spoken.reject(error)
        }
    }
  }

  return {
    async speak(text: ToSpeak): Promise<void> {
      if (text.text.length > PROMPT_MAX_CHARACTERS) {
        throw new Refusal(
          'badInput',
          `A prompt of ${text.text.length} characters: ${PROMPT_MAX_CHARACTERS} at most`,
        )
      }
      const already = underWay.get(text.path)
      if (already) return already
      if (waiting.length >= WAITING_MAX_TEXTS)
        throw new Error(`${WAITING_MAX_TEXTS} texts are waiting to be spoken`)

      const spoken = Promise.withResolvers<void>()
      underWay.set(text.path, spoken.promise)
      waiting.push({ text, spoken })
      // Texts asked for in the same breath go into the same batch.
      setImmediate(speakNext)
      return spoken.promise.finally(() => underWay.delete(text.path))
    },
  }
}
