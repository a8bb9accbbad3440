/**
 * How often a sign-in may be tried. Counted by login together with address, so
 * that nobody can lock out a colleague from elsewhere, and by address, so that
 * nobody can try one password on every login.
 *
 * The counts are in memory: there is one web process, and a restart forgives.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const WINDOW_SECONDS = 15 * 60
const MAX_BY_LOGIN_AND_ADDRESS = 5
/** A whole hall of agents signs in behind one address, some of them mistyping. */
const MAX_BY_ADDRESS = 100

export type Attempt = 'allowed' | 'firstTooMany' | 'tooMany'

export function signInAttempts(
  limits = { byLoginAndAddress: MAX_BY_LOGIN_AND_ADDRESS, byAddress: MAX_BY_ADDRESS },
) {
  const byBoth = new RateLimiterMemory({ points: limits.byLoginAndAddress, duration: WINDOW_SECONDS })
  const byAddress = new RateLimiterMemory({ points: limits.byAddress, duration: WINDOW_SECONDS })
  const both = (login: string, address: string) => `${login} ${address}`

  return {
    /** Counts an attempt before it is made, so that a hundred at once count as a hundred. */
    async count(login: string, address: string): Promise<Attempt> {
      const counts = await Promise.all([countOne(byBoth, both(login, address)), countOne(byAddress, address)])
      if (counts.every((attempt) => attempt === 'allowed')) return 'allowed'
      return counts.includes('firstTooMany') ? 'firstTooMany' : 'tooMany'
    },

    /** A right password was no attempt at guessing. */
    async forgive(login: string, address: string): Promise<void> {
      await Promise.all([byBoth.delete(both(login, address)), byAddress.reward(address, 1)])
    },
  }
}

async function countOne(limiter: RateLimiterMemory, key: string): Promise<Attempt> {
  try {
    await limiter.consume(key)
    return 'allowed'
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    return refused.consumedPoints === limiter.points + 1 ? 'firstTooMany' : 'tooMany'
  }
}
