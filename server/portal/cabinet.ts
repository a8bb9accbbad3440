/**
 * The cabinet of a telephone: signed in by a code, ended by the citizen or by time.
 *
 * A sign-in is found by the hash of its cookie, so a stolen table opens nothing. The cabinet shows what was filed or
 * called from the telephone; who holds it now is all it knows.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { openingOf } from '#core/portal/openings.ts'
import type { CodeProblem } from '#core/portal/proof-code.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { CallEnd, Opening, OwnCall, RecordingStand } from '../../portal/pages/cabinet.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { RecordingService } from '../recordings/service.ts'
import {
  addRecordingRequest,
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
import { PORTAL_SETTINGS } from './settings.ts'

/** Telephones and computers are shared: nobody stays signed in overnight. */
export const SIGNED_IN_SECONDS = 2 * 3600
const TOKEN_BYTES = 32

export type CabinetDeps = {
  db: Kysely<Database>
  codes: PhoneCodes
  recordings: Pick<RecordingService, 'openForCitizen'>
  now: () => Instant
}

export function cabinet({ db, codes, recordings, now }: CabinetDeps) {
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
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const problem = await codes.check(given, async (trx, e164) => {
        const expires_at = new Date(now() + SIGNED_IN_SECONDS * 1000)
        await insertSignIn(trx, { token_hash: hashOf(token), e164, language, expires_at })
      })
      return problem ? { problem } : { token }
    },

    /** Whose telephone is behind a cookie. */
    numberOf: (token: string): Promise<string | undefined> => findSignIn(db, hashOf(token), new Date(now())),

    signOut: (token: string): Promise<void> => endSignIn(db, hashOf(token), new Date(now())),

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

    async openings(e164: string): Promise<Opening[]> {
      const [rows, { showsStaffNames }] = await Promise.all([
        listOpenings(db, e164),
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
