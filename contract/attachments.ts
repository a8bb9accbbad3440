/** What is attached to an appeal: listed, sent, opened. */
import { z } from 'zod'
import { ATTACHMENT_PARTS } from '#core/attachments/attaching.ts'

export const AttachmentRow = z.object({
  id: z.uuid(),
  part: z.enum(ATTACHMENT_PARTS),
  /** None once it was removed. */
  name: z.string().nullable(),
  type: z.string(),
  bytes: z.number().int(),
  addedAt: z.number(),
  /** None where the citizen sent it. */
  addedBy: z.uuid().nullable(),
  addedByName: z.string().nullable(),
  removedAt: z.number().nullable(),
  removedByName: z.string().nullable(),
  /** Who opened it last, and how often it was opened at all. */
  opened: z.object({ count: z.number().int(), lastAt: z.number(), lastByName: z.string() }).nullable(),
})
export type AttachmentRow = z.infer<typeof AttachmentRow>

export const AddAttachment = z.object({
  /** Made by the form once: the same form sent twice attaches once. */
  requestKey: z.uuid(),
})

/** Where the file can be fetched within the next minute, and only as a file. */
export const OpenedAttachment = z.object({ address: z.string() })
export type OpenedAttachment = z.infer<typeof OpenedAttachment>
