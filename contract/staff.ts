/** Signing in, who one is, and the agent's phone. */
import { z } from 'zod'
import { PHONE_MODES } from '#core/calls/call.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { ACTIONS, ROLES } from '#core/staff/permissions.ts'

export const SignIn = z.object({
  login: z.string().trim().toLowerCase().min(2).max(64),
  password: z.string().min(1).max(256),
})
export type SignIn = z.infer<typeof SignIn>

export const INTERFACE_LANGUAGES = ['uz', 'uz-Cyrl', 'ru', 'en'] as const

export const Me = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  may: z.array(z.enum(ACTIONS)),
  interfaceLanguage: z.enum(INTERFACE_LANGUAGES),
  languages: z.array(z.enum(CALL_LANGUAGES)),
  /** He may do nothing before he has chosen a password of his own. */
  hasOneTimePassword: z.boolean(),
  organisation: z.string(),
})
export type Me = z.infer<typeof Me>

export const ChangeMe = z.object({ interfaceLanguage: z.enum(INTERFACE_LANGUAGES) })

/** Which phone the agent wants to use from now on. */
export const OpenPhone = z.object({ mode: z.enum(PHONE_MODES).default('alwaysOn') })

/** What the agent's phone needs to call in or, in per-call mode, to register; good until the agent signs out or asks again. */
export const PhoneAccess = z.object({
  username: z.string(),
  password: z.string(),
  domain: z.string(),
  lineUri: z.string(),
  /** Path of the SIP WebSocket on this origin. */
  socketPath: z.string(),
  /** Where an ordinary phone registers on this machine, by UDP. */
  sipPort: z.number().int().optional(),
})
export type PhoneAccess = z.infer<typeof PhoneAccess>

/** Audio packets the browser has received on its line. */
export const LineProven = z.object({ packetsReceived: z.number().int().min(0) })
