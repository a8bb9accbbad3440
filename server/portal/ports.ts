/** What the portal needs from outside. */
import type { ProvenPerson, SignInProblem } from '#core/portal/proven-identity.ts'

export type SentTo = {
  /** Comes back with the citizen, so that what began in one browser ends in no other. */
  readonly state: string
  /** Where he comes back to. */
  readonly redirectUri: string
}

export type Proven =
  | { readonly person: ProvenPerson; readonly token: string }
  /** `detail` is for the log: at which step, never who. */
  | { readonly problem: SignInProblem; readonly detail: string }

/** Whoever knows persons, and proves who one is. */
export type IdentityProvider = {
  /** Where the citizen goes to say who he is. */
  addressFor(sent: SentTo): string
  /** Who came back with this code. Does not throw: what went wrong is an answer too. */
  prove(came: { readonly code: string; readonly redirectUri: string }): Promise<Proven>
  /** He signs out here, so he does there: the next one at the same computer is not he. False where it was not heard. */
  signOut(token: string): Promise<boolean>
}
