/** The people who work here, as an administrator sees and changes them. */
import { z } from 'zod'
import { PASSWORD_MIN_CHARACTERS } from '#core/staff/check-person.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { ROLES } from '#core/staff/permissions.ts'
import { QueueName } from './queues.ts'

/** The shape only; whether it makes sense is for core/staff/check-person.ts. */
const FIELD_MAX_CHARACTERS = 400
const QUEUES_MAX = 200

const form = {
  name: z.string().max(FIELD_MAX_CHARACTERS),
  role: z.enum(ROLES),
  languages: z.array(z.enum(CALL_LANGUAGES)).max(CALL_LANGUAGES.length),
  queues: z.array(QueueName).max(QUEUES_MAX),
  /** By which a signature is known to be his; null where it is not known. */
  pinfl: z.string().trim().max(FIELD_MAX_CHARACTERS).nullable().default(null),
}

/** GET /api/people. */
export const PersonRow = z.object({
  id: z.uuid(),
  login: z.string(),
  ...form,
  isActive: z.boolean(),
  /** He has not chosen a password of his own yet. */
  hasOneTimePassword: z.boolean(),
  isSignedIn: z.boolean(),
  version: z.number().int(),
  addedAt: z.number(),
})
export type PersonRow = z.infer<typeof PersonRow>

/** POST /api/people. */
export const AddPerson = z.strictObject({
  login: z.string().trim().toLowerCase().max(FIELD_MAX_CHARACTERS),
  ...form,
})
export type AddPerson = z.infer<typeof AddPerson>

/** PUT /api/people/:id. `basedOn`: the version that was changed; another one meanwhile is not overwritten. */
export const ChangePerson = z.strictObject({ basedOn: z.number().int().min(1), ...form })
export type ChangePerson = z.infer<typeof ChangePerson>

/** The one time that the password is told. */
export const PersonWithPassword = z.object({ person: PersonRow, password: z.string() })
export type PersonWithPassword = z.infer<typeof PersonWithPassword>

/** PUT /api/me/password. */
export const ChoosePassword = z.strictObject({
  old: z.string().min(1).max(256),
  new: z.string().min(PASSWORD_MIN_CHARACTERS).max(256),
})
export type ChoosePassword = z.infer<typeof ChoosePassword>
