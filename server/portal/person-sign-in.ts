/**
 * Signing in by OneID: the citizen is sent there, and comes back with who he is.
 *
 * What must hold: what began in one browser ends in no other, and not after ten minutes. So the browser keeps a ticket
 * that only it and OneID's answer bring together: what comes back is a hash of both the ticket and the browser's own name.
 * A link that somebody else prepared signs nobody in as him.
 */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Instant } from '#core/lib/time.ts'
import { SIGN_IN_WITHIN_MS, type SignInProblem } from '#core/portal/proven-identity.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { addresses, publicAddress } from '../../portal/addresses.ts'
import type { cabinet } from './cabinet.ts'
import type { Keyed } from './keyed.ts'
import type { IdentityProvider } from './ports.ts'

const TICKET_BYTES = 16
const CODE_MAX_CHARACTERS = 2_000

/** Where he was going: to his cabinet, or to file an appeal. */
export const WAYS_ON = ['cabinet', 'file'] as const
export type WayOn = (typeof WAYS_ON)[number]

export type PersonSignInDeps = {
  log: Logger
  keys: Keyed
  cabinet: Pick<ReturnType<typeof cabinet>, 'signInPerson'>
  identityProvider(): Promise<IdentityProvider | undefined>
  /** Where citizens find the portal; empty where nobody has said it. */
  address(): Promise<string>
  now: () => Instant
}

type CameBack = {
  visitor: Buffer
  /** What the browser kept. */
  ticket: string
  asked: Readonly<Partial<Record<'code' | 'state', string>>>
  language: WrittenLanguage
}

export function personSignIn({ address, cabinet, identityProvider, keys, log, now }: PersonSignInDeps) {
  /** Nothing while it is off, or nobody has said where citizens come back to. */
  async function open(): Promise<{ provider: IdentityProvider; redirectUri: string } | undefined> {
    const [provider, portal] = await Promise.all([identityProvider(), address()])
    const redirectUri = publicAddress(portal, addresses.oneIdBack)
    return provider && redirectUri !== undefined ? { provider, redirectUri } : undefined
  }

  const stateOf = (visitor: Buffer, ticket: string) =>
    keys.hash('state', visitor.toString('hex'), ticket).toString('base64url')

  return {
    isOffered: async (): Promise<boolean> => (await open()) !== undefined,

    /** Where to send the browser, and what it is to keep. */
    async begin(visitor: Buffer, on: WayOn): Promise<{ to: string; ticket: string } | undefined> {
      const opened = await open()
      if (!opened) return undefined
      const ticket = [now(), on, randomBytes(TICKET_BYTES).toString('base64url')].join('.')
      const { provider, redirectUri } = opened
      return { to: provider.addressFor({ state: stateOf(visitor, ticket), redirectUri }), ticket }
    },

    async finish(came: CameBack): Promise<{ token: string; on: WayOn } | { problem: SignInProblem }> {
      const { asked, language, ticket, visitor } = came
      const not = (problem: SignInProblem, detail: string) => {
        log.info({ problem, detail }, 'nobody was signed in by OneID')
        return { problem }
      }
      const on = wayOnIn(ticket, now())
      if (!on || !keys.isSame(asked.state ?? '', stateOf(visitor, ticket)))
        return not('stale', 'the state is of another browser, or old')
      const { code = '' } = asked
      if (code === '' || code.length > CODE_MAX_CHARACTERS) return not('declined', 'there is no code')
      const opened = await open()
      if (!opened) return not('away', 'it was switched off meanwhile')
      const proven = await opened.provider.prove({ code, redirectUri: opened.redirectUri })
      if ('problem' in proven) return not(proven.problem, proven.detail)
      const token = await cabinet.signInPerson(proven.person, proven.token, language)
      log.info('a citizen has signed in by OneID')
      return { token, on }
    },
  }
}

function wayOnIn(ticket: string, now: Instant): WayOn | undefined {
  const [begunAt = '', on] = ticket.split('.')
  const age = now - Number(begunAt)
  return age >= 0 && age <= SIGN_IN_WITHIN_MS ? WAYS_ON.find((one) => one === on) : undefined
}
