/**
 * Signing in and out, and whose a cookie is.
 *
 * A sign-in ends by hand, after hours without a request, or a day after it began,
 * whichever comes first. Whoever holds something open for it listens by onSignedOut.
 */
import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { SignIn } from '#contract/staff.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import type { signInAttempts } from './attempts.ts'
import type { SignedOut, SignOutReason, StaffEvent } from './events.ts'
import { isPasswordRight } from './passwords.ts'
import {
  type Ending,
  endSignIns,
  findByLogin,
  findSignIn,
  insertSignIn,
  stillSignedIn,
  tokenHash,
  touchSignIn,
} from './store.ts'

const HOUR_MS = 3_600_000
export const SIGN_IN_IDLE_MS = 12 * HOUR_MS
export const SIGN_IN_MAX_MS = 24 * HOUR_MS
/** A request writes to the table only when the last one that did is this old. */
const SEEN_EVERY_MS = 60_000
const TOKEN_BYTES = 32
const USER_AGENT_MAX = 256
const SIGN_IN_NAME_BYTES = 8

/** From where somebody signs in. */
export type From = { address: string; userAgent: string }

export type SignInDeps = {
  db: Kysely<Database>
  log: Logger
  now: () => Instant
  attempts: ReturnType<typeof signInAttempts>
}

/** Checks who signs in, and makes the sign-in. */
export function signingIn({ db, log, now, attempts }: SignInDeps) {
  async function refused(because: RefusedBecause, address: string, by?: StaffId): Promise<Refusal> {
    await db.transaction().execute(async (trx) => {
      await record<StaffEvent>(trx, { type: 'signInRefused', address, because, ...(by && { by }) })
    })
    log.info({ because, staff: by }, 'sign-in refused')
    return because === 'tooManyAttempts'
      ? tooMany()
      : new Refusal('wrongCredentials', 'Login or password is wrong')
  }

  async function checkedMember({ login, password }: SignIn, address: string): Promise<StaffId> {
    const attempt = await attempts.count(login, address)
    // Recorded once per window: a flood of attempts must not become a flood of events.
    if (attempt === 'firstTooMany') throw await refused('tooManyAttempts', address)
    if (attempt === 'tooMany') throw tooMany()

    const member = await findByLogin(db, login)
    const isRight = await isPasswordRight(password, member?.password_hash)
    if (!member) throw await refused('unknownLogin', address)
    if (!isRight) throw await refused('wrongPassword', address, member.id)
    if (!member.active) throw await refused('deactivated', address, member.id)
    await attempts.forgive(login, address)
    return member.id
  }

  /** The token goes into the cookie and nowhere else. */
  return async (who: SignIn, { address, userAgent }: From): Promise<{ token: string; staff: StaffId }> => {
    const staff = await checkedMember(who, address)
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const hash = tokenHash(token)
    const at = new Date(now())
    const expiresAt = new Date(at.getTime() + SIGN_IN_IDLE_MS)
    await db.transaction().execute(async (trx) => {
      await insertSignIn(trx, {
        hash,
        staff,
        at,
        expiresAt,
        address,
        userAgent: asPlainText(userAgent, USER_AGENT_MAX).text,
      })
      await record<StaffEvent>(trx, { type: 'signedIn', by: staff, address, signIn: signInName(hash) })
    })
    log.info({ staff, signIn: signInName(hash) }, 'signed in')
    return { token, staff }
  }
}

/** Who a cookie belongs to; each request keeps the sign-in alive. */
export async function lookUpSignIn(
  db: Kysely<Database>,
  hash: Buffer,
  at: Instant,
): Promise<SignedInStaff | undefined> {
  const found = await findSignIn(db, hash, new Date(at))
  if (!found) return undefined
  if (at - found.last_seen_at.getTime() >= SEEN_EVERY_MS) {
    const expires = Math.min(at + SIGN_IN_IDLE_MS, found.created_at.getTime() + SIGN_IN_MAX_MS)
    await touchSignIn(db, hash, new Date(at), new Date(expires))
  }
  const { id, name, role, password_is_one_time: hasOneTimePassword } = found
  return { id, name, role, signIn: signInName(hash), ...(hasOneTimePassword && { hasOneTimePassword }) }
}

export function signingOut({
  db,
  log,
  now,
  forget,
}: Omit<SignInDeps, 'attempts'> & { forget(hash: Buffer): void }) {
  const listeners = new Set<(signedOut: SignedOut) => void>()

  /** Ends sign-ins, records each, and tells who listens once it is committed. */
  async function end(which: Ending, because: SignOutReason, by?: StaffId): Promise<number> {
    const at = new Date(now())
    const ended = await db.transaction().execute(async (trx) => {
      const rows = await endSignIns(trx, which, at)
      const staying = await stillSignedIn(
        trx,
        rows.map((row) => row.staff_id),
        at,
      )
      for (const row of rows) {
        const signIn = signInName(row.token_hash)
        await record<StaffEvent>(trx, {
          type: 'signedOut',
          staff: row.staff_id,
          signIn,
          because,
          ...(by && { by }),
        })
      }
      return rows.map(({ staff_id: staff, token_hash: hash }) => {
        return {
          hash,
          told: { staff, signIn: signInName(hash), because, isLast: !staying.has(staff) } satisfies SignedOut,
        }
      })
    })
    for (const { hash, told } of ended) {
      forget(hash)
      log.info({ staff: told.staff, signIn: told.signIn, because }, 'signed out')
      for (const listener of listeners) listener(told)
    }
    return ended.length
  }

  /** `listener` is told after a sign-in has ended. Returns how to stop listening. */
  function onSignedOut(listener: (signedOut: SignedOut) => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return { end, onSignedOut }
}

type RefusedBecause = Extract<StaffEvent, { type: 'signInRefused' }>['because']

const tooMany = () => new Refusal('tooManyAttempts', 'Too many attempts to sign in; later again')

/** Enough of the hash to tell sign-ins apart in the log, and too little to find the token by. */
function signInName(hash: Buffer): string {
  return hash.toString('hex', 0, SIGN_IN_NAME_BYTES)
}
