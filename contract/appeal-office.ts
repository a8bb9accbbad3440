/** What an office does with many appeals: things done to several at once, taking a list out, warnings of due days; and who filed one. */
import { z } from 'zod'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import { BULK_ACTIONS, BULK_MAX_APPEALS } from '#core/appeals/bulk.ts'
import { APPEAL_OUTCOMES } from '#core/appeals/move-fields.ts'
import { APPEAL_TRACKS } from '#core/appeals/appeal-track.ts'
import { DUTIES } from '#core/deadlines/duties.ts'
import { DUE_WARNINGS } from '#core/deadlines/warnings.ts'
import { AppealsChosen, Filers, TELEPHONE_MAX_CHARACTERS } from './appeals.ts'
import { PROBLEM_CODES } from './problems.ts'

export const BulkAppeals = z.object({
  /** Made by the form once: sent twice it is done once to each. */
  requestKey: z.uuid(),
  action: z.enum(BULK_ACTIONS),
  /** Who is to take them, for `assign`. */
  editor: z.uuid().optional(),
  /** Each as the person saw it: what stands otherwise by now is left alone. */
  appeals: z
    .array(z.object({ id: z.uuid(), status: z.enum(APPEAL_STATUSES) }))
    .min(1)
    .max(BULK_MAX_APPEALS),
})
export type BulkAppeals = z.infer<typeof BulkAppeals>

export const BulkOutcome = z.object({
  id: z.uuid(),
  /** None where it is not for this person. */
  number: z.string().nullable(),
  /** Why it was left alone; none where it was done. */
  problem: z.enum(PROBLEM_CODES).nullable(),
})
export type BulkOutcome = z.infer<typeof BulkOutcome>

export const EditorChoice = z.object({ id: z.uuid(), name: z.string() })
export type EditorChoice = z.infer<typeof EditorChoice>

export const EXPORT_REASON_CHARACTERS = { min: 5, max: 500 }
export const EXPORT_MAX_ROWS = 10_000

export const ExportAppeals = z.object({
  reason: z.string().trim().min(EXPORT_REASON_CHARACTERS.min).max(EXPORT_REASON_CHARACTERS.max),
  chosen: AppealsChosen,
  /** Of what is chosen only these. */
  ids: z.array(z.uuid()).max(EXPORT_MAX_ROWS).optional(),
})
export type ExportAppeals = z.infer<typeof ExportAppeals>

/** Without numbers and documents of the citizen. */
export const ExportedAppeal = z.object({
  number: z.string(),
  kind: z.enum(APPEAL_KINDS),
  status: z.enum(APPEAL_STATUSES),
  track: z.enum(APPEAL_TRACKS),
  outcome: z.enum(APPEAL_OUTCOMES).nullable(),
  topic: z.string().nullable(),
  citizenName: z.string(),
  registeredOn: z.string(),
  dueOn: z.string().nullable(),
  editorName: z.string().nullable(),
  incomingNumber: z.string().nullable(),
  text: z.string(),
})
export type ExportedAppeal = z.infer<typeof ExportedAppeal>

/** What is taken out, with what stands on every line of it: who took it, when and why. */
export const AppealsExport = z.object({
  id: z.uuid(),
  at: z.number(),
  byName: z.string(),
  reason: z.string(),
  rows: z.array(ExportedAppeal),
})
export type AppealsExport = z.infer<typeof AppealsExport>

export const DueWarningRow = z.object({
  appeal: z.object({ id: z.uuid(), number: z.string() }),
  duty: z.enum(DUTIES),
  warning: z.enum(DUE_WARNINGS),
  dueOn: z.string(),
  status: z.enum(APPEAL_STATUSES),
  citizenName: z.string(),
  editorName: z.string().nullable(),
  at: z.number(),
})
export type DueWarningRow = z.infer<typeof DueWarningRow>

/** `was` is what the person saw: whoever changed it meanwhile is not overwritten. */
export const ChangeFilers = z.object({ was: Filers, filers: Filers })
export type ChangeFilers = z.infer<typeof ChangeFilers>

const Telephone = z.string().max(TELEPHONE_MAX_CHARACTERS).nullable()

/** `was`: as whoever changes it saw it. None: the citizen wants no message. */
export const ChangeTelephone = z.object({ was: Telephone, telephone: Telephone })
export type ChangeTelephone = z.infer<typeof ChangeTelephone>
