/** Callbacks as supervisors see them: who is to be called, when, and what became of it. */
import { z } from 'zod'
import type { CallbackSettings as Rules } from '#core/calls/callback-settings.ts'
import { CALLBACK_REASONS, CALLBACK_STATUSES } from '#core/calls/callback-status.ts'
import { PROMISE_REFUSALS, PROMISED_TO } from '#core/calls/promise-callback.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'

/** The last moment that a date can hold (ECMA-262, section 21.4.1.1). */
const LAST_INSTANT_MS = 8.64e15

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
  /** Of one that an agent promised: who did, and for whom, if not for anybody of the queue. */
  promisedByName: z.string().nullable(),
  meantForName: z.string().nullable(),
  agentName: z.string().nullable(),
  cancelledByName: z.string().nullable(),
  /** In its queue, 1 for the next; null while it is not in line. */
  place: z.number().int().nullable(),
})
export type CallbackRow = z.infer<typeof CallbackRow>

/** POST /api/calls/:id/callback. `at`: not before that moment; null: as soon as he has put down his phone. */
export const PromiseCallback = z.strictObject({
  to: z.enum(PROMISED_TO),
  at: z.number().int().min(0).max(LAST_INSTANT_MS).nullable(),
})
export type PromiseCallback = z.infer<typeof PromiseCallback>

const MinuteOfDay = z.number().int().min(0).max(1439)
const QuietHours = z.strictObject({ fromMinute: MinuteOfDay, toMinute: MinuteOfDay })

/** GET /api/calls/:id/callback: whether whoever called can be promised a call, and what he was promised. */
export const CallbackOptions = z.object({
  /** As people read it; empty where it is hidden. */
  number: z.string(),
  queueNames: z.object({ uz: z.string(), ru: z.string() }).nullable(),
  whyNot: z.enum(PROMISE_REFUSALS).nullable(),
  quiet: QuietHours,
  /** What is promised for at once is kept when the quiet hours are over. */
  isQuietNow: z.boolean(),
  /** The last moment that can be promised. */
  latest: z.number(),
  promised: z.array(CallbackRow),
})
export type CallbackOptions = z.infer<typeof CallbackOptions>

const Queue = z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/) as unknown as z.ZodType<QueueId, QueueId>

/** The shape only; what each means and may be stands in core/calls/callback-settings.ts. */
export const CallbackRules = z.strictObject({
  quiet: z.strictObject({ fromMinute: z.number(), toMinute: z.number() }),
  expiresAfterHours: z.number(),
  attemptsMax: z.number(),
  retryAfterMinutes: z.number(),
  aNumberADayMax: z.number(),
  firstAfterSeconds: z.number(),
  queuesWithout: z.array(Queue).max(1_000),
}) satisfies z.ZodType<Rules>

/** GET /api/callback-settings. */
export const CallbackSettings = z.object({ changedAt: z.number().nullable(), rules: CallbackRules })
export type CallbackSettings = z.infer<typeof CallbackSettings>

/** PUT /api/callback-settings. `basedOn`: the `changedAt` that was read. */
export const SaveCallbackSettings = z.strictObject({ basedOn: z.number().nullable(), rules: CallbackRules })
export type SaveCallbackSettings = z.infer<typeof SaveCallbackSettings>
