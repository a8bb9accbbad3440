/**
 * Whose a cookie is, remembered for the moments when the database is away: an
 * agent who is talking must be able to hold, to end and to take the next call.
 *
 * While the database answers, it is believed, at most FRESH_MS late; when it does
 * not, what it said last holds for WITHOUT_DATABASE_MS. A sign-in that ended here
 * is forgotten at once.
 */
import type { Logger } from 'pino'
import type { Instant } from '#core/lib/time.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import { tokenHash } from './store.ts'

/** Whoever may no longer work here is out after this. */
export const FRESH_MS = 2_000
export const WITHOUT_DATABASE_MS = 3_600_000
/** A database that takes longer is as good as away. */
const LOOK_UP_MS = 1_500
/** Found away, it is not asked for this long, so that not every request waits for it. */
const ASK_AGAIN_MS = 5_000
/** Every member of staff in several browsers; the one confirmed longest ago goes first. */
const KNOWN_MAX = 2_000

type Known = { staff: SignedInStaff; confirmedAt: Instant }
export type LookUp = (hash: Buffer, at: Instant) => Promise<SignedInStaff | undefined>

export function knownSignIns({ lookUp, now, log }: { lookUp: LookUp; now: () => Instant; log: Logger }) {
  const known = new Map<string, Known>()
  let isAwayUntil: Instant = 0

  function remember(key: string, staff: SignedInStaff | undefined, confirmedAt: Instant): void {
    // Deleted first, so that the map stays in the order of confirmation.
    known.delete(key)
    if (!staff) return
    known.set(key, { staff, confirmedAt })
    const [oldest] = known.keys()
    if (known.size > KNOWN_MAX && oldest !== undefined) known.delete(oldest)
  }

  return {
    async staffOf(token: string): Promise<SignedInStaff | undefined> {
      const hash = tokenHash(token)
      const key = keyOf(hash)
      const at = now()
      const before = known.get(key)
      if (before && (at - before.confirmedAt < FRESH_MS || (at < isAwayUntil && isStillGood(before, at))))
        return before.staff
      try {
        const staff = await within(LOOK_UP_MS, lookUp(hash, at))
        remember(key, staff, at)
        return staff
      } catch (error) {
        if (!before || !known.has(key) || !isStillGood(before, at)) throw error
        isAwayUntil = at + ASK_AGAIN_MS
        log.warn(
          { error: error instanceof Error ? error.message : error },
          'sign-ins are known from memory: the database is away',
        )
        return before.staff
      }
    },

    forget(hash: Buffer): void {
      known.delete(keyOf(hash))
    },
  }
}

const keyOf = (hash: Buffer) => hash.toString('base64url')
const isStillGood = ({ confirmedAt }: Known, at: Instant) => at - confirmedAt < WITHOUT_DATABASE_MS

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`The database did not answer within ${ms} ms`)), ms)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
