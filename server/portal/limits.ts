/**
 * How much may come from one address. Mobile networks put thousands of citizens behind one, so these limits only stop
 * programs; what guards a citizen's telephone and his appeal is counted by number and by code, in the database.
 *
 * The counts are in memory: there is one web process, and a restart forgives.
 */
import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../errors.ts'

const QUARTER_SECONDS = 15 * 60
const HOUR_SECONDS = 3600
export const FORMS_PER_QUARTER_MAX = 300
export const GUESSES_PER_QUARTER_MAX = 60
export const CODES_PER_HOUR_MAX = 100
/** An hour's files of one address are 1.2 GB at most, kept for a day if nobody proves a telephone. */
export const FILES_PER_HOUR_MAX = 60
export const SEARCHES_PER_MINUTE_MAX = 120

export const COUNTED = ['form', 'guess', 'code', 'file', 'search'] as const
export type Counted = (typeof COUNTED)[number]

export function addressLimits() {
  const limiters: Readonly<Record<Counted, RateLimiterMemory>> = {
    form: new RateLimiterMemory({ points: FORMS_PER_QUARTER_MAX, duration: QUARTER_SECONDS }),
    /** Of a number and a code together, or of a code that was sent. */
    guess: new RateLimiterMemory({ points: GUESSES_PER_QUARTER_MAX, duration: QUARTER_SECONDS }),
    code: new RateLimiterMemory({ points: CODES_PER_HOUR_MAX, duration: HOUR_SECONDS }),
    file: new RateLimiterMemory({ points: FILES_PER_HOUR_MAX, duration: HOUR_SECONDS }),
    search: new RateLimiterMemory({ points: SEARCHES_PER_MINUTE_MAX, duration: 60 }),
  }
  return {
    async count(what: Counted, address: string): Promise<void> {
      try {
        await limiters[what].consume(countedAs(address))
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw new Refusal('tooManyAttempts', `Too much of ${what} from one address`)
      }
    },
  }
}

const GROUPS = 8
const GROUPS_OF_NETWORK = 4

/** Whoever has one address of IPv6 has 2⁶⁴ of them and chooses among them freely: they count as one. */
export function countedAs(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (v4 !== undefined || !isIPv6(address)) return v4 ?? address
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter(Boolean))
  const left = address.includes('::') ? GROUPS - before.length - after.length : 0
  const groups = [...before, ...Array<string>(left).fill('0'), ...after].slice(0, GROUPS_OF_NETWORK)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

export type AddressLimits = ReturnType<typeof addressLimits>
