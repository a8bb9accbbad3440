/** What belongs to one telephone or one person, beside the appeals: sign-ins, calls, recordings asked for, who opened what. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { CallStatus } from '#core/calls/call.ts'
import { CARD_OPENINGS } from '#core/portal/openings.ts'
import type { CallId } from '#core/lib/ids.ts'
import { phoneOf, type ProvenIdentity } from '#core/portal/proven-identity.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { Database } from '../database/schema.ts'
import { cardsOf, ownAppeals } from './appeal-store.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const CALLS_MAX = 50
const OPENINGS_MAX = 100
const OVER: CallStatus = 'ended'

export type NewSignIn = {
  token_hash: Buffer
  identity: ProvenIdentity
  language: WrittenLanguage
  expires_at: Date
  /** Sealed. */
  provider_token?: Buffer
}

export async function insertSignIn(db: Db, { identity, ...signIn }: NewSignIn): Promise<void> {
  await db
    .insertInto('citizen_sign_ins')
    .values({
      ...signIn,
      ...(identity.by === 'phone' ? { e164: identity.e164 } : { pinfl: identity.pinfl, name: identity.name }),
    })
    .execute()
}

export async function findSignIn(db: Db, tokenHash: Buffer, at: Date): Promise<ProvenIdentity | undefined> {
  const row = await db
    .selectFrom('citizen_sign_ins')
    .select(['e164', 'pinfl', 'name'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', at)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { e164, name, pinfl } = row
  if (e164 !== null) return { by: 'phone', e164 }
  return pinfl !== null && name !== null ? { by: 'person', pinfl, name } : undefined
}

/** With what OneID is told of it, if it was by OneID; nothing where it had ended already. */
export async function endSignIn(db: Db, tokenHash: Buffer, at: Date): Promise<Buffer | null | undefined> {
  const { rows } = await sql<{ provider_token: Buffer | null }>`
    with open as (select token_hash, provider_token from citizen_sign_ins
      where token_hash = ${tokenHash} and ended_at is null for update)
    update citizen_sign_ins set ended_at = ${at}, provider_token = null from open
    where citizen_sign_ins.token_hash = open.token_hash returning open.provider_token`.execute(db)
  return rows[0]?.provider_token
}

/** Nobody is signed in by them any more, and they say who was here. */
export async function deleteOldSignIns(db: Db, endedBefore: Date): Promise<void> {
  await db.deleteFrom('citizen_sign_ins').where('expires_at', '<', endedBefore).execute()
}

/** The newest calls from this number that are over. */
export async function listOwnCalls(db: Db, e164: string) {
  return await db
    .selectFrom('calls')
    .leftJoin('recordings', 'recordings.call', 'calls.id')
    .leftJoin('recording_requests as asked', (join) =>
      join.onRef('asked.call', '=', 'calls.id').on('asked.e164', '=', e164),
    )
    .select(['calls.id', 'arrived_at', 'queued_at', 'connected_at', 'calls.ended_at', 'talk_seconds'])
    .select(['lost_reason', 'callback', 'recordings.status as recording', 'asked.status as asked'])
    .select('asked.reason')
    .where('caller_e164', '=', e164)
    // A number of which a part was guessed may be a stranger's.
    .where('caller_confidence', '=', 'high')
    .where('calls.status', '=', OVER)
    .orderBy('arrived_at', 'desc')
    .limit(CALLS_MAX)
    .execute()
}

export type OwnCallRow = Awaited<ReturnType<typeof listOwnCalls>>[number]

/** Whether there is a recording of a call from this number. */
export async function hasRecordedCall(db: Db, call: CallId, e164: string): Promise<boolean> {
  const row = await db
    .selectFrom('calls')
    .innerJoin('recordings', 'recordings.call', 'calls.id')
    .select('calls.id')
    .where('calls.id', '=', call)
    .where('caller_e164', '=', e164)
    .where('caller_confidence', '=', 'high')
    .where('calls.status', '=', OVER)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether it is new; whoever asks twice has asked once. */
export async function addRecordingRequest(
  trx: Trx,
  request: { call: CallId; e164: string; asked_at: Date },
): Promise<boolean> {
  const added = await trx
    .insertInto('recording_requests')
    .values(request)
    .onConflict((conflict) => conflict.columns(['call', 'e164']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function isRecordingGranted(db: Db, call: CallId, e164: string): Promise<boolean> {
  const row = await db
    .selectFrom('recording_requests')
    .select('id')
    .where('call', '=', call)
    .where('e164', '=', e164)
    .where('status', '=', 'granted')
    .executeTakeFirst()
  return row !== undefined
}

/** `who`: a role of the staff, or by which proof a citizen opened it. */
export type OpeningRow = {
  at: Date
  type: string
  who: Role | 'code' | 'telephone' | 'person'
  name: string | null
}

/**
 * What the staff did with the calls, the appeals and the card of whoever is signed in; and who fetched what was replied,
 * because number and code may be in other hands.
 */
export async function listOpenings(db: Db, identity: ProvenIdentity): Promise<OpeningRow[]> {
  const cards = await cardsOf(db, identity)
  const e164 = phoneOf(identity) ?? null
  const { rows } = await sql<OpeningRow>`
    with calls_of as (
      select id from calls where caller_e164 = ${e164} and caller_confidence = 'high'
      order by arrived_at desc limit ${CALLS_MAX}
    ), appeals_of as ${ownAppeals(identity, cards)}, seen as (
      (select id, at, type, actor, body from events where call in (select id from calls_of) and type = 'recordingHeard')
      union all
      (select id, at, type, actor, body from events where appeal in (select id from appeals_of))
      union all
      (select id, at, type, actor, body from events where body ->> 'citizen' = any(${cards}::text[])
        and type = any(${CARD_OPENINGS}))
    )
    select seen.at, seen.type, coalesce(staff_members.role, seen.body ->> 'proof') as who, staff_members.name
    from seen left join staff_members on staff_members.id = seen.actor
    where seen.actor is not null or seen.type = 'replyFileOpenedByCitizen'
    order by seen.id desc limit ${OPENINGS_MAX}`.execute(db)
  return rows
}
