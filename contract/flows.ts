/** Flows and their prompts as an administrator sees them. */
import { z } from 'zod'
import { MAX_TEXT_CHARACTERS } from '#core/ivr/check-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { FLOW_PROBLEM_CODES } from '#core/ivr/flow-problems.ts'
import { FLOW_STATUSES } from '#core/ivr/flow-status.ts'
import type { InformationText } from '#core/ivr/waiting-information.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { Day } from '#core/lib/time.ts'

/** A version of a flow, without its body: GET /api/flows lists these, newest first. */
export const FlowRow = z.object({
  flow: z.string(),
  version: z.number().int(),
  status: z.enum(FLOW_STATUSES),
  savedAt: z.number(),
  savedByName: z.string().nullable(),
  /** From when calls walk it; of a scheduled version a moment that lies ahead. */
  publishedAt: z.number().nullable(),
  publishedByName: z.string().nullable(),
  /** The older version that this one brings back. */
  restored: z.number().int().nullable(),
})
export type FlowRow = z.infer<typeof FlowRow>

export const FlowProblem = z.object({
  node: z.string(),
  field: z.string(),
  code: z.enum(FLOW_PROBLEM_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

/** The shape of a flow as it crosses the network; its inside is read by server/ivr/flow-body.ts alone. */
const FlowOut = z.custom<Flow>((body) => typeof body === 'object' && body !== null)

/** GET /api/flows/:flow/:version. */
export const FlowCard = FlowRow.extend({ body: FlowOut, problems: z.array(FlowProblem) })
export type FlowCard = z.infer<typeof FlowCard>

/** `basedOn`: when the draft was saved that one has seen; null where there was none. */
export const SaveFlow = z.strictObject({ basedOn: z.number().nullable(), body: FlowOut })
export type SaveFlow = z.infer<typeof SaveFlow>

export const DiscardFlow = z.strictObject({ basedOn: z.number() })

/** `from`: the moment from which calls walk it; null for now. */
export const RestoreFlow = z.strictObject({ from: z.number().nullable() })
export const PublishFlow = RestoreFlow.extend({ basedOn: z.number() })
export type PublishFlow = z.infer<typeof PublishFlow>

export const PROMPT_SOURCES = ['spoken', 'uploaded'] as const

/** GET /api/prompts. `key` is the prompt's address; its sound is at /api/prompts/:key/audio. */
export const PromptRow = z.object({
  key: z.string(),
  language: z.enum(CALL_LANGUAGES),
  text: z.string(),
  source: z.enum(PROMPT_SOURCES),
  seconds: z.number(),
  madeAt: z.number().nullable(),
  madeByName: z.string().nullable(),
})
export type PromptRow = z.infer<typeof PromptRow>

/** A choice is spoken as a sentence around its name. */
const SPOKEN_MAX_CHARACTERS = MAX_TEXT_CHARACTERS + 100

/** POST /api/prompts: makes the sound of a text that is in no flow yet, so that it can be heard. */
export const SpeakText = z.strictObject({
  language: z.enum(CALL_LANGUAGES),
  text: z.string().min(1).max(SPOKEN_MAX_CHARACTERS),
})
export type SpeakText = z.infer<typeof SpeakText>

/** Longer than any text may be: what is too long is told by its row. */
const Information = z.string().max(2_000)
const OnDay = z.string().max(40) as unknown as z.ZodType<Day, Day>

/** What those who wait in a queue are told, one text after another; core/ivr/waiting-information.ts says what is wrong. */
const InformationRow = z.object({
  uz: Information,
  ru: Information,
  from: OnDay.optional(),
  until: OnDay.optional(),
}) satisfies z.ZodType<InformationText>
export const InformationTexts = z.array(InformationRow).max(100)

export const QueueInformation = z.object({ queue: z.string(), texts: InformationTexts })
export type QueueInformation = z.infer<typeof QueueInformation>

/** GET /api/waiting-information: each queue that is open, in its order. */
export const WaitingInformation = z.object({
  changedAt: z.number().nullable(),
  queues: z.array(QueueInformation),
})
export type WaitingInformation = z.infer<typeof WaitingInformation>

/** PUT /api/waiting-information/:queue, all of that queue. `basedOn`: the `changedAt` that was read. */
export const SaveInformation = z.strictObject({ basedOn: z.number().nullable(), texts: InformationTexts })
export type SaveInformation = z.infer<typeof SaveInformation>
