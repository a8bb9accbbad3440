/** Citizens as they are looked up. */
import { z } from 'zod'

export const CitizenRow = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Shown as `+998 90 123 45 67`. */
  numbers: z.array(z.string()),
  calls: z.number().int(),
  openAppeals: z.number().int(),
})
export type CitizenRow = z.infer<typeof CitizenRow>

/** A name in either script, or any part of a number of at least four digits. */
export const CitizensQuery = z.object({ search: z.string().trim().min(2).max(100) })
