/** Appeals in their first form: registered from a call, listed, opened. */
import { z } from 'zod'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const RegisterAppeal = z.object({
  /** Made by the form once: the same form sent twice registers one appeal. */
  requestKey: z.uuid(),
  kind: z.enum(APPEAL_KINDS),
  text: z.string().trim().min(1).max(20_000),
  topic: z
    .string()
    .regex(/^\d{2}(\.\d{2}){0,2}$/)
    .nullable(),
  call: z.uuid().nullable(),
  citizen: z.union([
    z.object({ id: z.uuid() }),
    z.object({ name: z.string().trim().min(2).max(200), number: z.string().max(40).optional() }),
  ]),
})
export type RegisterAppeal = z.infer<typeof RegisterAppeal>

export const DueStep = z.object({ text: z.string(), day: Day, article: z.string() })

export const AppealRow = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(APPEAL_KINDS),
  status: z.enum(APPEAL_STATUSES),
  citizenName: z.string(),
  topic: z.string().nullable(),
  excerpt: z.string(),
  registeredOn: Day,
  dueOn: Day,
})
export type AppealRow = z.infer<typeof AppealRow>

export const AppealsQuery = z.object({
  search: z.string().max(100).optional(),
  dueBy: Day.optional(),
  /** The id of the last row of the page before. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AppealsQuery = z.infer<typeof AppealsQuery>

export const AppealCard = AppealRow.extend({
  text: z.string(),
  citizen: z.object({ id: z.uuid(), name: z.string(), numbers: z.array(z.string()) }),
  call: z.object({ id: z.uuid(), arrivedAt: z.number() }).nullable(),
  receivedAt: z.number(),
  registeredByName: z.string(),
  /** How the due day came about, line by line with the article. */
  dueSteps: z.array(DueStep),
  timeline: z.array(z.object({ at: z.number(), type: z.string(), actorName: z.string().nullable() })),
})
export type AppealCard = z.infer<typeof AppealCard>
