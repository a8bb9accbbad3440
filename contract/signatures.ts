/** Signatures of officials under decisions: what to sign, what was signed, and how signing is set up. */
import { z } from 'zod'
import type { SigningSettings as Rules } from '#core/signatures/signing-settings.ts'
import { PKCS7_MAX_BYTES } from '#core/signatures/signature-rules.ts'
import { SIGNED_ACTIONS, SIGNED_DECISIONS } from '#core/signatures/signed-decision.ts'
import { MoveDetails } from './appeals.ts'

const BASE64_OF_3_BYTES = 4

/** POST /api/appeals/:id/signing: what would be decided, as it is typed. */
export const DecisionToSign = z.object({ action: z.enum(SIGNED_ACTIONS), details: MoveDetails })
export type DecisionToSign = z.infer<typeof DecisionToSign>

/** The very text to be signed. */
export const TextToSign = z.object({ text: z.string(), sha256: z.string() })
export type TextToSign = z.infer<typeof TextToSign>

/** POST /api/appeals/:id/signatures. The same one sent twice is kept once. */
export const SignDecision = DecisionToSign.extend({
  /** Base64, of a detached signature under that text. */
  pkcs7: z
    .base64()
    .min(1)
    .max(Math.ceil(PKCS7_MAX_BYTES / 3) * BASE64_OF_3_BYTES),
})
export type SignDecision = z.infer<typeof SignDecision>

/** GET /api/appeals/:id/signatures. */
export const SignatureRow = z.object({
  id: z.uuid(),
  decision: z.enum(SIGNED_DECISIONS),
  textSha256: z.string(),
  /** As the certificate names him. */
  signerName: z.string(),
  /** Of the legal entity that the certificate is of too. */
  signerOrganisation: z.string().nullable(),
  /** Covered but for a few digits. */
  signerPinfl: z.string().nullable(),
  certificateSerial: z.string(),
  /** Whether it is that member of staff's certificate by PINFL; null where his is not known here. */
  isSamePerson: z.boolean().nullable(),
  /** Who was signed in here. */
  byName: z.string(),
  /** By the time stamp. */
  signedAt: z.number(),
  verifiedAt: z.number(),
  /** The server that found it right. */
  verifiedBy: z.string(),
  /** The place of the move it went with; null while it goes with none. */
  place: z.number().int().nullable(),
})
export type SignatureRow = z.infer<typeof SignatureRow>

/** GET /api/signing: what a desk needs to sign. */
export const SigningHere = z.object({
  isOn: z.boolean(),
  module: z.string(),
  apiKeys: z.array(z.string()),
  required: z.array(z.enum(SIGNED_DECISIONS)),
})
export type SigningHere = z.infer<typeof SigningHere>

/** The shape only; whether it makes sense is for core/signatures/signing-settings.ts. */
export const SigningRules = z.strictObject({
  server: z.string().trim().max(400),
  module: z.string().trim().max(400),
  apiKeys: z.array(z.string().max(1_000)).max(100),
  required: z.array(z.enum(SIGNED_DECISIONS)).max(SIGNED_DECISIONS.length),
}) satisfies z.ZodType<Rules>

/** GET /api/signing-settings. */
export const SigningSettings = z.object({ changedAt: z.number().nullable(), rules: SigningRules })
export type SigningSettings = z.infer<typeof SigningSettings>

/** PUT /api/signing-settings. `basedOn`: the `changedAt` that was read. */
export const SaveSigning = z.strictObject({ basedOn: z.number().nullable(), rules: SigningRules })
export type SaveSigning = z.infer<typeof SaveSigning>

/** POST /api/signing-settings/test: what the server that is saved says of itself. */
export const SigningTest = z.object({
  isThere: z.boolean(),
  /** Until when its own key lets it reach the certification centre, as it says it. */
  keyValidTo: z.string().nullable(),
})
export type SigningTest = z.infer<typeof SigningTest>
