/**
 * What whoever visits the portal has proven, and what each proof opens.
 *
 * A code by SMS proves a telephone and not who holds it; OneID proves a person and not which telephone he holds. So a
 * telephone opens its calls and the appeals that name it (following.ts), and a person what is filed under his PINFL. The number that OneID tells
 * of a person is what he once wrote there: it is no proof, and opens nothing.
 */
export const PROOFS = ['phone', 'person'] as const

export type ProvenPerson = {
  readonly pinfl: string
  /** As the state writes it. */
  readonly name: string
}

export type ProvenIdentity =
  | { readonly by: 'phone'; readonly e164: string }
  | ({ readonly by: 'person' } & ProvenPerson)

export type Proof = (typeof PROOFS)[number]

export const OPENED_BY_PROOFS = [
  /** The appeals that the telephone follows. */
  'namingIt',
  /** Whatever was filed with this very proof, reports of corruption among it. */
  'filedWithIt',
  /** What agents wrote down on the cards with this PINFL, but no report of corruption. */
  'writtenDownOnItsCards',
  'calls',
  /** To file without a code: it is known already who files. */
  'filingWithoutCode',
] as const
export type Opened = (typeof OPENED_BY_PROOFS)[number]

export const PROOF_OPENS: Readonly<Record<Proof, readonly Opened[]>> = {
  phone: ['namingIt', 'calls'],
  person: ['filedWithIt', 'writtenDownOnItsCards', 'filingWithoutCode'],
}

export function opens({ by }: ProvenIdentity, what: Opened): boolean {
  return PROOF_OPENS[by].includes(what)
}

/** The telephone whose calls are shown; nothing where what was proven opens none. */
export function phoneOf(identity: ProvenIdentity): string | undefined {
  return identity.by === 'phone' && opens(identity, 'calls') ? identity.e164 : undefined
}

/** The person who may file without a code. */
export function personOf(identity: ProvenIdentity | undefined): ProvenPerson | undefined {
  return identity?.by === 'person' && opens(identity, 'filingWithoutCode') ? identity : undefined
}

export const SIGN_IN_PROBLEMS = ['declined', 'stale', 'refused', 'away', 'notPerson', 'notVerified'] as const
/**
 * Why nobody is signed in by OneID. `declined`: by himself. `stale`: begun in another browser, or too long ago. `refused`:
 * OneID does not confirm it. `away`: it does not answer, or not as it should. `notPerson`: it is a legal entity's account.
 */
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number]

/** From leaving for OneID to coming back. */
export const SIGN_IN_WITHIN_MS = 10 * 60_000
