/**
 * What an E-IMZO server answers, as far as it is looked at (github.com/qo0p/e-imzo-doc, section 2.2). What it says beyond
 * that is left alone: versions differ.
 */
import { z } from 'zod'

/** The names by which a certificate says whose it is: a person's number and a legal entity's. */
export const PINFL_OID = '1.2.860.3.16.1.2'
export const TIN_OID = '1.2.860.3.16.1.1'

/** Of `1` all is well; `message` says what is not. */
const Status = z.object({ status: z.number().int(), message: z.string().nullish() })

/** Of /frontend/timestamp/pkcs7. */
export const Stamped = Status.extend({ pkcs7b64: z.string().nullish() })

/** `2022-09-27 11:17:53`, by the clock of Tashkent. */
const Moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/)
  .transform((text) => new Date(`${text.replace(' ', 'T')}+05:00`))

const CertificateInfo = z.object({
  subjectInfo: z.record(z.string(), z.string()),
  serialNumber: z.string().min(1),
  issuerName: z.string().default(''),
  validTo: Moment,
})

const Signer = z.object({
  verified: z.boolean(),
  certificateVerified: z.boolean(),
  certificateValidAtSigningTime: z.boolean(),
  /** When it was suspended or revoked, and why. */
  revokedStatusInfo: z.unknown().optional(),
  exception: z.unknown().optional(),
  /** The signer's own first. */
  certificate: z.array(CertificateInfo).min(1),
  timeStampInfo: z
    .object({
      verified: z.boolean(),
      digestVerified: z.boolean(),
      certificateVerified: z.boolean(),
      time: Moment,
    })
    .nullish(),
})
export type Signer = z.infer<typeof Signer>

/** Of /backend/pkcs7/verify/detached. What is said of a signature that is not right has no certain form. */
export const Verified = Status.extend({ pkcs7Info: z.unknown().optional() })
export const Pkcs7Info = z.object({ signers: z.array(Signer).min(1) })

/** Of /ping. */
export const Pinged = z.object({ vpnKeyInfo: z.object({ validTo: z.string() }).nullish() })

/** The statuses with a meaning of their own; each other one below 1 says that the signature is not right. */
export const STATUS_RIGHT = 1
/** The certificate could not be asked after: the way to the certification centre is closed. */
export const STATUS_CANNOT_SAY = [0, -1]
/** Not in force, or not in force when it was signed. */
export const STATUS_CERTIFICATE = [-11, -12]
/** About the time stamp, or its authority's certificate. */
export const STATUS_STAMP = [-20, -21, -22, -23]
