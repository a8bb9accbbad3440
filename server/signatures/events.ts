import type { AppealId, SignatureId, StaffId } from '#core/lib/ids.ts'
import type { SignedDecision } from '#core/signatures/signed-decision.ts'

/** Without whose certificate it is: the log is for ever. */
export type SignatureEvent =
  | {
      type: 'decisionSigned'
      appeal: AppealId
      signature: SignatureId
      decision: SignedDecision
      /** Of the text. */
      sha256: string
      isSamePerson: boolean | null
      by: StaffId
    }
  /** It went with the move. */
  | { type: 'signatureUsed'; appeal: AppealId; signature: SignatureId; step: string; by: StaffId }
  | { type: 'signatureSaved'; appeal: AppealId; signature: SignatureId; part: SignaturePart; by: StaffId }
  | { type: 'signingSettingsChanged'; isOn: boolean; required: readonly SignedDecision[]; by: StaffId }

export const SIGNATURE_PARTS = ['text', 'pkcs7'] as const
/** What of a signature can be saved, for having it checked elsewhere. */
export type SignaturePart = (typeof SIGNATURE_PARTS)[number]
