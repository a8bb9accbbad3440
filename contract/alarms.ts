/** Something a person must look at; open until somebody resolves it. */
import { z } from 'zod'

export const AlarmRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  /** What it is about: a call, a trunk, a disk. */
  subject: z.string(),
  detail: z.string(),
  raisedAt: z.number(),
  resolvedAt: z.number().nullable(),
  resolvedByName: z.string().nullable(),
})
export type AlarmRow = z.infer<typeof AlarmRow>
