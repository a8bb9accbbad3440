/** Whoever can say whether a signature is right is asked; what he cannot say now is a refusal, and tried again later. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { SigningTest } from '#contract/signatures.ts'
import type { SigningSettings } from '#core/signatures/signing-settings.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import { type SignatureVerifier, type ToVerify, VerifierAway, type Verdict } from './ports.ts'
import { SIGNING } from './settings.ts'

export type CheckingDeps = {
  db: Kysely<Database>
  log: Logger
  /** None where no server has been set up. */
  verifier: (settings: SigningSettings) => SignatureVerifier | undefined
}

/** `by`: who found it right. */
export type Right = Extract<Verdict, { isRight: true }> & { readonly by: string }

export function checking({ db, log, verifier }: CheckingDeps) {
  async function checker(): Promise<SignatureVerifier> {
    const found = verifier(await SIGNING.read(db))
    if (!found) throw new Refusal('signingOff', 'No server that checks signatures has been set up')
    return found
  }

  /** Nothing of whoever is away: the log says why. */
  async function asked<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof VerifierAway)) throw error
      const cause = error.cause instanceof Error ? error.cause.message : undefined
      log.warn({ reason: error.message, cause }, 'signatures cannot be checked now')
      return undefined
    }
  }

  return {
    async mustBeRight(signed: ToVerify): Promise<Right> {
      const by = await checker()
      const verdict = await asked(by.verify(signed))
      if (!verdict) throw new Refusal('verifierAway', 'The signature cannot be checked now')
      if (verdict.isRight) return { ...verdict, by: by.name }
      const code = verdict.because === 'certificate' ? 'certificateNotValid' : 'signatureNotValid'
      throw new Refusal(code, `The signature is not right: ${verdict.detail}`)
    },

    /** Of what is saved. */
    async test(): Promise<SigningTest> {
      const said = await asked((await checker()).ping())
      return said ? { isThere: true, ...said } : { isThere: false, keyValidTo: null }
    },
  }
}
