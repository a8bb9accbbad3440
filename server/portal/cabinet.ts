/**
 * The cabinet of a telephone, signed in by a code, or of a person, signed in by OneID; ended by the citizen or by time.
 *
 * A sign-in is found by the hash of its cookie, so a stolen table opens nothing. What each proof opens is decided in
 * core/portal/proven-identity.ts.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { openingOf } from '#core/portal/openings.ts'
import type { CodeProblem } from '#core/portal/proof-code.ts'
import type { ProvenIdentity, ProvenPerson } from '#core/portal/proven-identity.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { CallEnd, Opening, OwnCall, RecordingStand } from '../../portal/pages/cabinet.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { RecordingService } from '../recordings/service.ts'
import {
  addRecordingRequest,
  deleteOldSignIns,
  endSignIn,
  findSignIn,
  hasRecordedCall,
  insertSignIn,
  isRecordingGranted,
  listOpenings,
  listOwnCalls,
  type OwnCallRow,
} from './cabinet-store.ts'
import type { PhoneCodes } from './codes.ts'
import type { PortalEvent } from './events.ts'
import type { Keyed } from './keyed.ts'
import type { IdentityProvider } from './ports.ts'
import { PORTAL_SETTINGS } from './settings.ts'

/** Telephones and computers are shared: nobody stays signed in overnight. */
export const SIGNED_IN_SECONDS = 2 * 3600
const TOKEN_BYTES = 32
const KEPT_AFTER_END_MS = 24 * 3_600_000

export type CabinetDeps = {
  db: Kysely<Database>
  log: Logger
  codes: PhoneCodes
  keys: Keyed
  /** None while nobody has set one up. */
  identityProvider(): Promise<IdentityProvider | undefined>
  recordings: Pick<RecordingService, 'openForCitizen'>
  now: () => Instant
}

export function cabinet(deps: CabinetDeps) {
  return { ...signingIn(deps), ...belongings(deps) }
}

function signingIn({ db, log, codes, identityProvider, keys, now }: CabinetDeps) {
  const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url')
  const expiry = () => new Date(now() + SIGNED_IN_SECONDS * 1000)

  /** Whoever sits at this computer next is not he: OneID would let him in without asking. */
  async function signOutThere(cookie: string, sealed: Buffer): Promise<void> {
    try {
      const isHeard = await (await identityProvider())?.signOut(keys.unseal(cookie, sealed))
      if (!isHeard) log.warn('OneID was not told that a citizen has signed out')
    } catch (error) {
      log.warn({ error: String(error) }, 'OneID could not be told that a citizen has signed out')
    }
  }

  return {
    /** The code that was asked for, or when another one may be. Whether anything is known of the number is not said. */
    async askCode(asking: { e164: string; visitor: Buffer; language: WrittenLanguage }) {
      const asked = await db.transaction().execute((trx) => codes.ask(trx, asking))
      if ('id' in asked) await codes.send(asked)
      return asked
    },

    async signIn(
      given: { id: string; visitor: Buffer; typed: string },
      language: WrittenLanguage,
    ): Promise<{ token: string } | { problem: CodeProblem }> {
      const token = newToken()
      const problem = await codes.check(given, async (trx, e164) => {
        const identity = { by: 'phone', e164 } as const
        await insertSignIn(trx, { token_hash: hashOf(token), identity, language, expires_at: expiry() })
      })
      return problem ? { problem } : { token }
    },

    /** Who it is has just been proven; `providerToken` says there afterwards that he has gone. */
    async signInPerson(
      { name, pinfl }: ProvenPerson,
      providerToken: string,
      language: WrittenLanguage,
    ): Promise<string> {
      const token = newToken()
      await insertSignIn(db, {
        token_hash: hashOf(token),
        identity: { by: 'person', name, pinfl },
        language,
        expires_at: expiry(),
        provider_token: keys.seal(token, providerToken),
      })
      return token
    },

    /** Whose telephone, or who, is behind a cookie. */
    identityOf: (token: string): Promise<ProvenIdentity | undefined> =>
      findSignIn(db, hashOf(token), new Date(now())),

    async signOut(token: string): Promise<void> {
      const sealed = await endSignIn(db, hashOf(token), new Date(now()))
      if (sealed) await signOutThere(token, sealed)
    },

    forgetOldSignIns: (): Promise<void> => deleteOldSignIns(db, new Date(now() - KEPT_AFTER_END_MS)),
  }
}

function belongings({ db, recordings, now }: CabinetDeps) {
  return {
    async calls(e164: string): Promise<OwnCall[]> {
      return (await listOwnCalls(db, e164)).map(ownCall)
    },

    async askForRecording(e164: string, call: CallId): Promise<void> {
      if (!(await hasRecordedCall(db, call, e164)))
        throw new Refusal('notFound', `No recorded call ${call} of this number`)
      await db.transaction().execute(async (trx) => {
        if (await addRecordingRequest(trx, { call, e164, asked_at: new Date(now()) }))
          await record<PortalEvent>(trx, { type: 'recordingAskedFor', call })
      })
    },

    async recording(e164: string, call: CallId): Promise<Buffer> {
      if (!(await isRecordingGranted(db, call, e164)))
        throw new Refusal('notFound', `Call ${call} is not given out`)
      const sound = await recordings.openForCitizen(call)
      await db
        .transaction()
        .execute((trx) => record<PortalEvent>(trx, { type: 'recordingHeardByCitizen', call }))
      return sound
    },

    async openings(identity: ProvenIdentity): Promise<Opening[]> {
      const [rows, { showsStaffNames }] = await Promise.all([
        listOpenings(db, identity),
        PORTAL_SETTINGS.read(db),
      ])
      return rows.flatMap(({ at, type, who, name }) => {
        const what = openingOf(type)
        return what ? [{ at: at.getTime(), what, who, name: showsStaffNames ? name : null }] : []
      })
    },
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function ownCall(row: OwnCallRow): OwnCall {
  const seconds = (until: Date | null, since: Date | null) =>
    until && since ? Math.max(0, Math.round((until.getTime() - since.getTime()) / 1000)) : null
  return {
    id: row.id,
    at: row.arrived_at.getTime(),
    waitedSeconds: seconds(row.connected_at ?? row.ended_at, row.queued_at),
    talkedSeconds: row.connected_at && row.talk_seconds !== null ? Math.round(row.talk_seconds) : null,
    end: endOf(row),
    recording: recordingOf(row),
    reason: row.reason ?? '',
  }
}

function endOf({ callback, connected_at, lost_reason, queued_at }: OwnCallRow): CallEnd {
  if (connected_at) return callback ? 'calledBack' : 'answered'
  if (lost_reason === 'messageLeft') return 'messageLeft'
  return queued_at ? 'notAnswered' : 'inMenu'
}

function recordingOf({ asked, recording }: OwnCallRow): RecordingStand {
  if (asked) return asked
  return recording === null || recording === 'failed' ? 'none' : 'canBeAsked'
}
