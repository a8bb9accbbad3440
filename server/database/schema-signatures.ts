/** The table of signatures. */
import type { Generated } from 'kysely'
import type { AppealId, SignatureId, StaffId } from '#core/lib/ids.ts'
import type { SignedDecision } from '#core/signatures/signed-decision.ts'

export interface SignatureTables {
  signatures: {
    id: Generated<SignatureId>
    appeal: AppealId
    decision: SignedDecision
    text: string
    text_sha256: string
    pkcs7: Buffer
    given_sha256: string
    signer_name: string
    signer_organisation: string | null
    signer_pinfl: string | null
    certificate_serial: string
    certificate_issuer: string
    certificate_valid_to: Date
    is_same_person: boolean | null
    signed_at: Date
    verified_at: Date
    verified_by: string
    signed_by: StaffId
    step: string | null
  }
}
