import { z } from 'zod'

/** One line of what happened, as a card shows it. */
export const TimelineEvent = z.object({
  at: z.number(),
  type: z.string(),
  actorName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
})
