/** What an administrator sets for the citizens' portal. */
import { z } from 'zod'

export const ANNOUNCEMENT_MAX_CHARACTERS = 500
/** Why a recording is not given out. */
export const REFUSAL_MAX_CHARACTERS = 2_000
const words = z.string().trim().max(ANNOUNCEMENT_MAX_CHARACTERS)

export const PortalSettings = z.object({
  /** Where citizens find the portal: it stands in messages to them. None where nobody has said it. */
  address: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200)]).default(''),
  /** Shown on every page while there is one in Uzbek; other languages fall back to it. */
  announcement: z.object({ uz: words, ru: words, en: words }).default({ uz: '', ru: '', en: '' }),
  /** Whether citizens see who opened their data, or only in which role. */
  showsStaffNames: z.boolean().default(false),
})
export type PortalSettings = z.infer<typeof PortalSettings>

/** GET /api/portal-settings. `changedAt`: null where nobody has saved them yet. */
export const ShownPortalSettings = z.object({ changedAt: z.number().nullable(), form: PortalSettings })
export type ShownPortalSettings = z.infer<typeof ShownPortalSettings>

/** PUT /api/portal-settings. `basedOn`: the `changedAt` that was read. */
export const SavePortalSettings = z.strictObject({ basedOn: z.number().nullable(), form: PortalSettings })
export type SavePortalSettings = z.infer<typeof SavePortalSettings>

export const RECORDING_REQUEST_STATUSES = ['asked', 'granted', 'refused'] as const

/** A citizen asks for the sound of a call from his telephone. */
export const RecordingRequest = z.object({
  id: z.uuid(),
  call: z.uuid(),
  arrivedAt: z.number(),
  /** Shown so far that its owner knows it again. */
  number: z.string(),
  /** As the agent named the caller of that call; a telephone is no proof of who spoke. */
  citizenName: z.string().nullable(),
  askedAt: z.number(),
  status: z.enum(RECORDING_REQUEST_STATUSES),
  reason: z.string(),
  decidedByName: z.string().nullable(),
})
export type RecordingRequest = z.infer<typeof RecordingRequest>

export const DecideRecording = z
  .object({ granted: z.boolean(), reason: z.string().trim().max(REFUSAL_MAX_CHARACTERS).default('') })
  .refine(({ granted, reason }) => granted || reason !== '', {
    message: 'a refusal needs a reason',
    path: ['reason'],
  })
export type DecideRecording = z.infer<typeof DecideRecording>
