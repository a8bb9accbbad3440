/** Messages that agents send to whoever calls: what an administrator has written, and what went in a call. */
import { z } from 'zod'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { MESSAGE_STATUSES } from '#core/messages/message-status.ts'
import { READY_REFUSALS } from '#core/messages/ready-messages.ts'

/** Longer than any of them may be: what is too long is told by its row. */
const FIELD_MAX_CHARACTERS = 2_000
const ROWS_MAX = 100
const Text = z.string().max(FIELD_MAX_CHARACTERS)
const Texts = z.object({ uz: Text, ru: Text })

/** The shape only; whether it makes sense is for core/messages/ready-messages.ts. */
export const ReadyMessageRow = z.object({ code: Text, names: Texts, texts: Texts, isOffered: z.boolean() })

/** GET /api/ready-messages, in the order in which they are shown. */
export const ReadyMessageSettings = z.object({
  changedAt: z.number().nullable(),
  /** What stands for the portal in them; null while nobody has said it. */
  portal: z.string().nullable(),
  messages: z.array(ReadyMessageRow),
})
export type ReadyMessageSettings = z.infer<typeof ReadyMessageSettings>

/** PUT /api/ready-messages. `basedOn`: the `changedAt` that was read. */
export const SaveReadyMessages = z.strictObject({
  basedOn: z.number().nullable(),
  messages: z.array(ReadyMessageRow).max(ROWS_MAX),
})
export type SaveReadyMessages = z.infer<typeof SaveReadyMessages>

/** A message that was sent in a call, or is on its way. */
export const CallMessage = z.object({
  id: z.uuid(),
  ready: z.string(),
  text: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  /** How many it was charged as; null until it has been handed over. */
  parts: z.number().int().nullable(),
  sentAt: z.number(),
  byName: z.string(),
})
export type CallMessage = z.infer<typeof CallMessage>

/** GET /api/calls/:id/messages: what could be sent to whoever called, and what was. */
export const CallMessages = z.object({
  /** As people read it; empty where it is hidden. */
  number: z.string(),
  language: z.enum(CALL_LANGUAGES),
  /** Why nothing can be sent. */
  whyNot: z.enum(READY_REFUSALS).nullable(),
  offered: z.array(
    z.object({
      code: z.string(),
      names: Texts,
      /** As it goes out; null where it names the portal and nobody has said where that is. */
      written: z.object({ text: z.string(), parts: z.number().int() }).nullable(),
      wasSent: z.boolean(),
    }),
  ),
  sent: z.array(CallMessage),
})
export type CallMessages = z.infer<typeof CallMessages>

/** POST /api/calls/:id/messages. `text`: what the agent saw; it goes as he saw it, or not at all. */
export const SendReadyMessage = z.strictObject({ code: Text, text: Text })
export type SendReadyMessage = z.input<typeof SendReadyMessage>
