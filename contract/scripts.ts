/** The guided script of a call, and what an agent has ticked of it. */
import { z } from 'zod'
import { CALL_OUTCOMES } from '#core/calls/call.ts'
import { STEPS_MAX } from '#core/scripts/script.ts'

/** Of what is sent: what is too long is told at its field, what nobody would type is refused. */
const TEXT_MAX_CHARACTERS = 20_000
const ROWS_MAX = 200
const Texts = z.object({
  uz: z.string().max(TEXT_MAX_CHARACTERS),
  ru: z.string().max(TEXT_MAX_CHARACTERS),
})
const Name = z.string().min(1).max(64)

const ScriptStep = z.object({
  id: Name,
  title: Texts,
  say: z.array(Texts).max(ROWS_MAX).readonly(),
  toDo: Texts.optional(),
  asksName: z.boolean().optional(),
  next: Name.nullable(),
  branches: z
    .array(z.object({ id: Name, label: Texts, to: Name, outcome: z.enum(CALL_OUTCOMES).optional() }))
    .max(ROWS_MAX)
    .readonly()
    .optional(),
})

export const Script = z.object({
  names: Texts,
  /** Nothing while there is no step yet. */
  start: z.string().max(64),
  steps: z.array(ScriptStep).max(ROWS_MAX).readonly(),
  asides: z.array(ScriptStep).max(ROWS_MAX).readonly(),
  rules: z.array(Texts).max(ROWS_MAX).readonly(),
})

/** The published version of a script. */
export const ScriptVersion = z.object({ key: Name, version: z.number().int(), body: Script })
export type ScriptVersion = z.infer<typeof ScriptVersion>

/** One version of it: 0 is the draft. */
export const ScriptRow = z.object({
  version: z.number().int(),
  savedAt: z.number(),
  savedByName: z.string().nullable(),
  publishedAt: z.number().nullable(),
  publishedByName: z.string().nullable(),
  restored: z.number().int().nullable(),
  steps: z.number().int(),
})
export type ScriptRow = z.infer<typeof ScriptRow>

/** GET /api/script/versions/:version. */
export const ScriptCard = ScriptRow.extend({ body: Script })
export type ScriptCard = z.infer<typeof ScriptCard>

/** PUT /api/script/draft. `basedOn`: when the draft was saved that was changed; null where there was none. */
export const SaveScript = z.strictObject({ basedOn: z.number().nullable(), body: Script })
export type SaveScript = z.infer<typeof SaveScript>

/** POST /api/script/draft/publish. `basedOn`: when the draft was saved that its publisher has seen. */
export const PublishScript = z.strictObject({ basedOn: z.number() })

const DoneSteps = z
  .array(z.object({ step: Name, branch: Name.nullable(), at: z.number().int().optional() }))
  .max(STEPS_MAX)

/** What was ticked, and in which version of which script. */
export const ScriptDone = z.object({ key: Name, version: z.number().int().min(1), done: DoneSteps })
export type ScriptDone = z.infer<typeof ScriptDone>

/** More than any form sends: what is too long is kept until it is shortened. */
export const DRAFT_MAX_CHARACTERS = 250_000
/** How the citizen wants to be called. */
export const ADDRESSED_MAX_CHARACTERS = 100

/** While the call goes on: also how the citizen wants to be called, and in which language it is read out. */
export const ScriptDraft = z.object({
  done: DoneSteps,
  name: z.string().max(DRAFT_MAX_CHARACTERS),
  language: z.enum(['uz', 'ru']).nullable(),
})
export type ScriptDraft = z.infer<typeof ScriptDraft>

/** Of a part of a call, to be read: the way it took, with what was not done on it. */
export const ScriptRead = z.object({
  names: Texts,
  version: z.number().int(),
  steps: z.array(
    z.object({
      title: Texts,
      isDone: z.boolean(),
      branch: Texts.nullable(),
      /** When it was done, where that is known. */
      at: z.number().nullable(),
    }),
  ),
})
export type ScriptRead = z.infer<typeof ScriptRead>
