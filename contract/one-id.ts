/** How citizens sign in to the portal by OneID: shown without its secret, saved. */
import { z } from 'zod'

const Text = z.string().trim().max(400)

export const OneIdForm = z.object({ isOn: z.boolean(), address: Text, clientId: Text, scope: Text })

export const OneIdSettings = z.object({
  changedAt: z.number().nullable(),
  form: OneIdForm,
  /** Whether it is there; it is never shown. */
  hasSecret: z.boolean(),
  /** Where OneID sends citizens back to, to be told to it; none while nobody has said where the portal is. */
  comesBackTo: z.string().nullable(),
})
export type OneIdSettings = z.infer<typeof OneIdSettings>

export const SaveOneId = z.object({
  /** Of what its author has seen. */
  basedOn: z.number().nullable(),
  form: OneIdForm,
  /** Left out or empty: as before. */
  secret: z.string().max(400).optional(),
})
export type SaveOneId = z.infer<typeof SaveOneId>
