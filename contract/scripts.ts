/** The guided script of a call, and what an agent has ticked of it. */
import { z } from 'zod'
import { CALL_OUTCOMES } from '#core/calls/call.ts'
import { STEPS_MAX } from '#core/scripts/script.ts'

const Texts = z.object({ uz: z.string(), ru: z.string() })
const Name = z.string().min(1).max(64)

const ScriptStep = z.object({
  id: Name,
  title: Texts,
  say: z.array(Texts).readonly(),
  toDo: Texts.optional(),
  asksName: z.boolean().optional(),
  next: Name.nullable(),
  branches: z
    .array(z.object({ id: Name, label: Texts, to: Name, outcome: z.enum(CALL_OUTCOMES).optional() }))
    .readonly()
    .optional(),
})

export const Script = z.object({
  names: Texts,
  start: Name,
  steps: z.array(ScriptStep).readonly(),
  asides: z.array(ScriptStep).readonly(),
  rules: z.array(Texts).readonly(),
})

/** The published version of a script. */
export const ScriptVersion = z.object({ key: Name, version: z.number().int(), body: Script })
export type ScriptVersion = z.infer<typeof ScriptVersion>

const DoneSteps = z.array(z.object({ step: Name, branch: Name.nullable() })).max(STEPS_MAX)

/** What was ticked, and in which version of which script. */
export const ScriptDone = z.object({ key: Name, version: z.number().int().min(1), done: DoneSteps })
export type ScriptDone = z.infer<typeof ScriptDone>

/** While the call goes on: also how the citizen wants to be called, and in which language it is read out. */
export const ScriptDraft = z.object({
  done: DoneSteps,
  name: z.string().max(100),
  language: z.enum(['uz', 'ru']).nullable(),
})
export type ScriptDraft = z.infer<typeof ScriptDraft>

/** Of a part of a call, to be read: the way it took, with what was not done on it. */
export const ScriptRead = z.object({
  names: Texts,
  version: z.number().int(),
  steps: z.array(z.object({ title: Texts, isDone: z.boolean(), branch: Texts.nullable() })),
})
export type ScriptRead = z.infer<typeof ScriptRead>
