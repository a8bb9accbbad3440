/** What signatures need from outside: somebody who can say whether one is right. */

/** What was signed, and by whom it was sent: the server that checks writes both down. */
export type ToVerify = {
  readonly document: Buffer
  /** Detached: without the document in it. */
  readonly pkcs7: Buffer
  readonly from: { readonly address: string; readonly host: string }
}

export type Certificate = {
  /** Whom it names. */
  readonly name: string
  readonly organisation: string | null
  readonly pinfl: string | null
  readonly serial: string
  readonly issuer: string
  readonly validTo: Date
}

export type Verdict =
  | {
      readonly isRight: true
      /** With the time stamp. */
      readonly pkcs7: Buffer
      readonly certificate: Certificate
      /** By the time stamp. */
      readonly signedAt: Date
    }
  | {
      readonly isRight: false
      readonly because: 'signature' | 'certificate'
      /** For the log, without a person in it. */
      readonly detail: string
    }

export type SignatureVerifier = {
  /** Where it is, for whoever asks later who found a signature right. */
  readonly name: string
  /** Stamps and checks. @throws VerifierAway when nobody can say it now. */
  verify(signed: ToVerify): Promise<Verdict>
  /** What it says of itself. @throws VerifierAway */
  ping(): Promise<{ keyValidTo: string | null }>
}

/** Nothing is wrong with the signature as far as anybody knows: it is to be tried again. */
export class VerifierAway extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'VerifierAway'
  }
}
