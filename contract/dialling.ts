/** Which numbers outside may be called, and by whom. */
import { z } from 'zod'
import type { AgentId } from '#core/lib/ids.ts'
import type { DiallingSettings as Rules } from '#core/calls/dialling-settings.ts'

/** Longer than any line may be: what is too long is told by its line. */
const Line = z.string().max(100)
const Agent = z.uuid() as unknown as z.ZodType<AgentId, AgentId>
const Lines = z.array(Line).max(1_000)

/** The shape only; whether it makes sense is for core/calls/dialling-settings.ts. */
export const DiallingRules = z.strictObject({
  allowed: Lines,
  denied: Lines,
  callers: z.array(Agent).max(10_000).nullable(),
}) satisfies z.ZodType<Rules>

/** GET /api/dialling-rules. */
export const DiallingSettings = z.object({
  changedAt: z.number().nullable(),
  rules: DiallingRules,
  /** Our own numbers, which are never called whatever the rules say. */
  own: z.array(z.string()),
  /** Whoever takes calls, to be named among the callers. */
  agents: z.array(z.object({ id: z.uuid(), name: z.string() })),
})
export type DiallingSettings = z.infer<typeof DiallingSettings>

/** PUT /api/dialling-rules. `basedOn`: the `changedAt` that was read. */
export const SaveDialling = z.strictObject({ basedOn: z.number().nullable(), rules: DiallingRules })
export type SaveDialling = z.infer<typeof SaveDialling>
