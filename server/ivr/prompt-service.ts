/** The prompts as an administrator sees them: listed, heard, replaced by a recording, and given back to the voice. */
import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { PromptRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { promptsOf, type Say } from '#core/ivr/spoken.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { IvrEvent } from './events.ts'
import { prepareFallbacks } from './fallback-prompts.ts'
import {
  PROMPT_MAX_CHARACTERS,
  promptKey,
  type PromptSpeaker,
  removeHalfMade,
  uploadedPath,
} from './prompts.ts'
import { findPrompt, listPrompts, notePrompts, setPrompt } from './prompt-store.ts'
import { telephoneSound } from './uploads.ts'
import { keepPrompt } from './voice.ts'
import { wavOf } from './wav.ts'

export type PromptService = ReturnType<typeof promptService>

export type PromptServiceDeps = { db: Kysely<Database>; speaker: PromptSpeaker; log: Logger }

export function promptService({ db, speaker, log }: PromptServiceDeps) {
  const { folder } = speaker
  let current: Flow | undefined

  /** Speaks what is missing of the texts; says which could not be spoken, after all others have been. */
  async function prepareTexts(texts: readonly Say[]): Promise<void> {
    const outcomes = await Promise.allSettled(speaker.prepareEach(texts))
    await notePrompts(
      db,
      outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    )
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    if (reasons.length > 0) throw new AggregateError(reasons, `${reasons.length} texts could not be spoken`)
  }

  const prepareFallback = async () => await notePrompts(db, await prepareFallbacks(speaker, current))

  /** A text that is missing is tried again when a call needs it; calls that do not need it must go through. */
  function notReady(what: string) {
    return (error: unknown) => log.error({ error: String(error) }, `${what} not ready`)
  }

  return {
    list: () => listPrompts(db),

    /** So that no call waits for the voice: at start, and before a flow is published. */
    async prepareAll(flow: Flow | undefined, extraTexts: readonly Say[] = []): Promise<void> {
      await removeHalfMade(folder)
      current = flow
      // The fall-back first: it is what is heard if anything after it goes wrong.
      await prepareFallback().catch(notReady('the fall-back'))
      await prepareTexts([...(flow ? promptsOf(flow) : []), ...extraTexts]).catch(notReady('all prompts'))
    },

    prepareTexts,

    prepareFlow: (flow: Flow) =>
      prepareTexts(
        promptsOf(flow).filter(({ text }) => text.trim() !== '' && text.length <= PROMPT_MAX_CHARACTERS),
      ),

    /** Those of the texts that no caller could hear now. */
    async missingSounds(texts: readonly Say[]): Promise<Say[]> {
      const known = await Promise.all(texts.map((say) => speaker.hasSound(say)))
      return texts.filter((_, place) => !known[place])
    },

    /** A text that somebody is about to put into a flow, so that he hears it as callers would. */
    async speak(say: Say): Promise<PromptRow> {
      await prepareTexts([say]).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'a text could not be spoken')
        throw new Refusal('badInput', 'The text could not be spoken')
      })
      const [row] = await listPrompts(db, [promptKey(say)])
      if (!row) throw new Error('A prepared prompt is in its table')
      return row
    },

    /** From now on the fall-back greets as this flow does. */
    async flowPublished(flow: Flow): Promise<void> {
      current = flow
      await prepareFallback()
    },

    ...recordings({ db, speaker, log }, prepareFallback),
  }
}

/** The sound of a text, and what a person recorded in its stead. */
function recordings({ db, speaker, log }: PromptServiceDeps, prepareFallback: () => Promise<void>) {
  const { folder } = speaker

  async function knownPrompt(key: string) {
    const prompt = await findPrompt(db, key)
    if (!prompt) throw new Refusal('notFound', `No prompt ${key}`)
    return prompt
  }

  /** After its file has changed: the row, the event, and the fall-back if it is that which changed. */
  async function noteChange(
    prompt: Say & { key: string },
    type: 'promptUploaded' | 'promptReset',
    by: StaffId,
  ) {
    const prepared = await speaker.prepare({ language: prompt.language, text: prompt.text })
    const { key, seconds } = prepared
    await db.transaction().execute(async (trx) => {
      await setPrompt(trx, prepared, by)
      await record<IvrEvent>(trx, { type, prompt: key, seconds, by })
    })
    await prepareFallback()
    log.info({ prompt: key, source: prepared.source, by }, 'a prompt was changed')
  }

  return {
    async audio(key: string): Promise<Buffer> {
      const { language, text } = await knownPrompt(key)
      return wavOf(await readFile(`${await speaker.promptFile(language, text)}.alaw`))
    },

    async upload(key: string, recording: Uint8Array, by: StaffId): Promise<void> {
      const prompt = await knownPrompt(key)
      const alaw = await telephoneSound(recording, folder)
      // The file first: a row that promises a recording which is not there would be a lie; the other way is put right
      // at the next start.
      await keepPrompt(alaw, join(folder, `.making-${randomUUID()}`), uploadedPath(folder, key))
      await noteChange(prompt, 'promptUploaded', by)
    },

    async reset(key: string, by: StaffId): Promise<void> {
      const prompt = await knownPrompt(key)
      await rm(uploadedPath(folder, key), { force: true })
      await noteChange(prompt, 'promptReset', by)
    },
  }
}
