/** Callbacks as supervisors see them: who is to be called, when, and what became of it. */
import { z } from 'zod'
import type { CallbackSettings as Settings } from '#core/calls/callback-settings.ts'
import { CALLBACK_REASONS, CALLBACK_STATUSES } from '#core/calls/callback-status.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'

export const CallbackRow = z.object({
  id: z.uuid(),
  /** The call whose place it keeps. */
  call: z.uuid(),
  number: z.string(),
  queue: z.string(),
  queueNames: z.object({ uz: z.string(), ru: z.string() }).optional(),
  language: z.enum(CALL_LANGUAGES),
  reason: z.enum(CALLBACK_REASONS),
  status: z.enum(CALLBACK_STATUSES),
  attempts: z.number().int(),
  /** From when on he has waited. */
  since: z.number(),
  promisedAt: z.number(),
  /** Not called before. */
  dueAt: z.number(),
  expiresAt: z.number(),
  endedAt: z.number().nullable(),
  /** Why he was not reached, or what made it needless. */
  cause: z.string().nullable(),
  agentName: z.string().nullable(),
  cancelledByName: z.string().nullable(),
  /** In its queue, 1 for the next; null while it is not in line. */
  place: z.number().int().nullable(),
})
export type CallbackRow = z.infer<typeof CallbackRow>

const MinuteOfDay = z.number().int().min(0).max(1439)
const Queue = z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/)

/** GET and PUT /api/callback-settings; what each means stands in core/calls/callback-settings.ts. */
export const CallbackSettings = z.strictObject({
  quiet: z.strictObject({ fromMinute: MinuteOfDay, toMinute: MinuteOfDay }),
  expiresAfterHours: z.number().int().min(1).max(168),
  attemptsMax: z.number().int().min(1).max(10),
  retryAfterMinutes: z.number().int().min(1).max(240),
  aNumberADayMax: z.number().int().min(1).max(20),
  firstAfterSeconds: z.number().int().min(5).max(600),
  queuesWithout: z.array(Queue.transform((id) => id as string as QueueId)).max(200),
}) satisfies z.ZodType<Settings>
