/** The classifier and the FAQ. */
import { z } from 'zod'

const Texts = z.object({ uz: z.string(), ru: z.string() })

export const Topic = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  level: z.number().int(),
  names: Texts,
  defaultKind: z.string().nullable(),
})
export type Topic = z.infer<typeof Topic>

export const FaqEntry = z.object({
  id: z.number().int(),
  topic: z.string(),
  questions: Texts,
  answers: Texts,
})
export type FaqEntry = z.infer<typeof FaqEntry>

export const FaqQuery = z.object({
  topic: z.string().max(16).optional(),
  search: z.string().max(200).optional(),
})
