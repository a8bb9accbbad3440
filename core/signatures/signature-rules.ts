/**
 * The rule of signatures: who may sign what, whose certificate it must be, and whether a decision may be carried out
 * with the signatures that are there.
 *
 * That the bytes of a signature are right (O‘z DSt 1092) and its certificate was in force is for the E-IMZO server of the
 * organisation to say; here is decided what follows from what it said.
 */
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { type MovedAppeal, moveProblem, type MovingPerson } from '#core/appeals/move-rules.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { decisionOf, SIGNED_ACTIONS, type SignedAction, type SignedDecision } from './signed-decision.ts'

export const SIGNATURE_PROBLEMS = [
  /** Nobody has set up a server that could say whether a signature is right. */
  'signingOff',
  'signatureMissing',
  /** There is one, of something else: it was changed after signing. */
  'signedOtherwise',
  'signatureNotValid',
  'certificateNotValid',
  /** The certificate is of another person than the one who signs in here. */
  'signerIsAnother',
  /** The server that checks signatures does not answer, or cannot say. */
  'verifierAway',
] as const
export type SignatureProblem = (typeof SIGNATURE_PROBLEMS)[number]

/** Base64 of it, and what is typed beside it, fit into a request. A PKCS#7 with its certificates and time stamp has 5 to 20 KB. */
export const PKCS7_MAX_BYTES = 96 * 1024

export function isSigned(action: AppealAction): action is SignedAction {
  return SIGNED_ACTIONS.some((one) => one === action)
}

/** Whoever may make the decision may sign it, as long as it can be made. */
export function maySign(appeal: MovedAppeal, action: SignedAction, by: MovingPerson, today: string): boolean {
  return moveProblem(appeal, action, by, today) === undefined
}

/**
 * Whether the certificate is this member of staff's. By PINFL where it is known of him: then a certificate without one, or
 * of somebody else, is refused. Else nobody can say (`null`), and whose certificate it was is shown.
 */
export function isSamePerson(certificate: { pinfl: string | null }, staff: { pinfl: string | null }) {
  return staff.pinfl === null ? null : certificate.pinfl === staff.pinfl
}

export type GivenSignature = {
  readonly decision: SignedDecision
  readonly by: StaffId
  readonly documentSha256: string
  /** It went with a decision already. */
  readonly isUsed: boolean
}

/**
 * The signature that goes with a decision, or why it may not be made; nothing where none is needed and none is there. Of
 * another person, of another text or already used, it is none.
 */
export function signatureFor<Signature extends GivenSignature>(
  signatures: readonly Signature[],
  decision: { action: SignedAction; by: StaffId | null; documentSha256: string },
  required: readonly SignedDecision[],
): { signature: Signature } | { problem: SignatureProblem } | undefined {
  const kind = decisionOf(decision.action)
  const own = signatures.filter((one) => one.decision === kind && one.by === decision.by && !one.isUsed)
  const signature = own.find((one) => one.documentSha256 === decision.documentSha256)
  if (signature) return { signature }
  if (kind === undefined || !required.includes(kind)) return undefined
  return { problem: own.length > 0 ? 'signedOtherwise' : 'signatureMissing' }
}

/** PKCS #7 SignedData (RFC 2315, 9.1): a sequence that begins with the name 1.2.840.113549.1.7.2. */
const SIGNED_DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
const SEQUENCE = 0x30
const LENGTH_MAX_BYTES = 4

/** Whether it can be a signature at all, before anybody else is asked. */
export function looksLikePkcs7(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes
  if (tag !== SEQUENCE || bytes.length > PKCS7_MAX_BYTES) return false
  // Short, of so many bytes, or (0x80, as the module writes it) until its end is marked.
  const after = length < 0x80 ? 0 : length - 0x80
  if (after > LENGTH_MAX_BYTES) return false
  return SIGNED_DATA.every((byte, place) => bytes[2 + after + place] === byte)
}
