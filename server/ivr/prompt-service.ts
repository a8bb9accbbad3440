/** The prompts as an administrator sees them: listed, heard, replaced by a recording, and given back to the voice. */
import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Flow } from '#core/ivr/flow.ts'
import { promptsOf, type Say } from '#core/ivr/spoken.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { IvrEvent } from './events.ts'
import { prepareFallbacks } from './fallback-prompts.ts'
import { type PromptSpeaker, removeHalfMade, uploadedPath } from './prompts.ts'
import { findPrompt, listPrompts, noteSpoken, setPrompt } from './store.ts'
import { telephoneSound } from './uploads.ts'
import { keepPrompt } from './voice.ts'
import { wavOf } from './wav.ts'

export type PromptService = ReturnType<typeof promptService>

export function promptService({
  db,
  speaker,
  log,
}: {
  db: Kysely<Database>
  speaker: PromptSpeaker
  log: Logger
}) {
  const { folder } = speaker
  let current: Flow | undefined

  async function knownPrompt(key: string) {
    const prompt = await findPrompt(db, key)
    if (!prompt) throw new Refusal('notFound', `No prompt ${key}`)
    return prompt
  }

  /** Speaks what is missing of the texts; says which could not be spoken, after all others have been. */
  async function prepareTexts(texts: readonly Say[]): Promise<void> {
    const outcomes = await Promise.allSettled(speaker.prepareEach(texts))
    await noteSpoken(
      db,
      outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    )
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    if (failed.length > 0)
      throw new AggregateError(
        failed.map(({ reason }) => reason),
        `${failed.length} texts could not be spoken`,
      )
  }

  return {
    list: () => listPrompts(db),

    /** So that no call waits for the voice: at start, and before a flow is published. */
    async prepareAll(flow: Flow | undefined, extraTexts: readonly Say[] = []): Promise<void> {
      await removeHalfMade(folder)
      current = flow
      try {
        // The fall-back first: it is what is heard if anything after it goes wrong.
        await noteSpoken(db, await prepareFallbacks(speaker, flow))
        await prepareTexts([...(flow ? promptsOf(flow) : []), ...extraTexts])
      } catch (error) {
        // A text that is missing is tried again when a call needs it; calls that do not need it must go through.
        log.error({ error: String(error) }, 'not every prompt is ready')
      }
    },

    prepareFlow: (flow: Flow) => prepareTexts(promptsOf(flow)),

    /** From now on the fall-back greets as this flow does. */
    async flowPublished(flow: Flow): Promise<void> {
      current = flow
      await noteSpoken(db, await prepareFallbacks(speaker, flow))
    },

    async audio(key: string): Promise<Buffer> {
      const { language, text } = await knownPrompt(key)
      return wavOf(await readFile(`${await speaker.promptFile(language, text)}.alaw`))
    },

    async upload(key: string, recording: Uint8Array, by: StaffId): Promise<void> {
      const prompt = await knownPrompt(key)
      const alaw = await telephoneSound(recording, folder)
      const path = uploadedPath(folder, key)
      // The file first: a row that promises a recording which is not there would be a lie; the other way mends itself.
      await keepPrompt(alaw, join(folder, `.making-${randomUUID()}`), path)
      const prepared = await speaker.prepare({ language: prompt.language, text: prompt.text })
      await db.transaction().execute(async (trx) => {
        await setPrompt(trx, prepared, by)
        await record<IvrEvent>(trx, { type: 'promptUploaded', prompt: key, seconds: prepared.seconds, by })
      })
      await prepareFallbacks(speaker, current)
      log.info({ prompt: key, by }, 'a prompt was replaced by a recording')
    },

    async reset(key: string, by: StaffId): Promise<void> {
      const prompt = await knownPrompt(key)
      await rm(uploadedPath(folder, key), { force: true })
      const prepared = await speaker.prepare({ language: prompt.language, text: prompt.text })
      await db.transaction().execute(async (trx) => {
        await setPrompt(trx, prepared, by)
        await record<IvrEvent>(trx, { type: 'promptReset', prompt: key, by })
      })
      await prepareFallbacks(speaker, current)
      log.info({ prompt: key, by }, 'a prompt was given back to the voice')
    },
  }
}
