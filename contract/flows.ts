/** Flows and their prompts as an administrator sees them. */
import { z } from 'zod'
import type { Flow } from '#core/ivr/flow.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'

export const FLOW_STATUSES = ['draft', 'published', 'retired'] as const

/** A version of a flow, without its body: GET /api/flows lists these, newest first. */
export const FlowRow = z.object({
  flow: z.string(),
  version: z.number().int(),
  status: z.enum(FLOW_STATUSES),
  createdAt: z.number(),
  createdByName: z.string().nullable(),
  publishedAt: z.number().nullable(),
  publishedByName: z.string().nullable(),
})
export type FlowRow = z.infer<typeof FlowRow>

export const FlowProblem = z.object({ node: z.string(), code: z.string(), message: z.string() })

/** GET /api/flows/:flow/:version. */
export const FlowCard = FlowRow.extend({
  body: z.custom<Flow>((body) => typeof body === 'object' && body !== null),
  problems: z.array(FlowProblem),
})
export type FlowCard = z.infer<typeof FlowCard>

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

export const INFORMATION_MAX_TEXTS = 10
const INFORMATION_MAX_CHARACTERS = 500
const Information = z.string().min(1).max(INFORMATION_MAX_CHARACTERS)

/** What those who wait in a queue are told, one text after another. PUT /api/waiting-information/:queue. */
export const InformationTexts = z.object({
  texts: z.array(z.object({ uz: Information, ru: Information })).max(INFORMATION_MAX_TEXTS),
})
export const QueueInformation = InformationTexts.extend({ queue: z.string() })
export type QueueInformation = z.infer<typeof QueueInformation>
