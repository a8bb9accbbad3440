/** What an organisation says of itself. */
import { z } from 'zod'
import type { OrganisationForm as Form } from '#core/organisation/organisation.ts'

/** Longer than anything may be: what is too long is told by its field. */
const Text = z.string().trim().max(1_000)
const Texts = z.object({ uz: Text, ru: Text })

/** The shape only; whether it makes sense is for core/organisation/organisation.ts. */
export const OrganisationForm = z.object({
  names: Texts.extend({ cyrillic: Text.optional(), en: Text.optional() }),
  shortNumber: z.string().trim().max(40),
  phones: z.array(z.string().trim().max(40)).max(100),
  address: Texts,
  hours: Texts,
  appealPrefix: z.string().trim().max(40),
}) satisfies z.ZodType<Form>

/** GET /api/organisation. */
export const OrganisationSettings = z.object({ changedAt: z.number().nullable(), form: OrganisationForm })
export type OrganisationSettings = z.infer<typeof OrganisationSettings>

/** PUT /api/organisation. `basedOn`: the `changedAt` that was read. */
export const SaveOrganisation = z.strictObject({ basedOn: z.number().nullable(), form: OrganisationForm })
export type SaveOrganisation = z.infer<typeof SaveOrganisation>
