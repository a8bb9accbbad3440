import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'
import { type MessageStatus, REPORTABLE } from '#core/messages/message-status.ts'
import { type MessageKind, tellsAsTheLawAsks } from '#core/messages/message-texts.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import { FOLLOWED_APPEAL } from '../database/followed-appeals.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** Once a message is over. What an agent chose is on the call's card; what else it said is not to be read here. */
const KEPT_TEXT = sql<string | null>`case when kind = 'ready' then text end`

export type NewMessage = {
  kind: MessageKind
  key: string
  e164: string
  language: WrittenLanguage
  /** Only where it cannot be made of the appeal when it is sent. */
  text: string | null
  /** Of one that an agent chose. */
  call?: CallId
  ready?: string
  sent_by?: StaffId
}

/** With the work that sends it, after `delaySeconds`: whoever waits for the code sends it himself before. */
export async function insertMessage(trx: Trx, message: NewMessage, delaySeconds: number): Promise<string> {
  const { id } = await trx.insertInto('messages').values(message).returning('id').executeTakeFirstOrThrow()
  await addSendJob(trx, id, delaySeconds)
  return id
}

async function addSendJob(trx: Trx, id: string, delaySeconds: number): Promise<void> {
  await sql`select graphile_worker.add_job('sendMessage', json_build_object('message', ${id}::text),
    run_at => now() + make_interval(secs => ${delaySeconds}))`.execute(trx)
}

export type AppealMessage = { appeal: AppealId; kind: MessageKind; key: string; from: Date }

/**
 * What the citizens of appeals are told, at the telephones that follow them with the work that sends it: one question to the
 * database, because whoever registers holds the numbers of the year meanwhile.
 */
export async function insertAppealMessages(trx: Trx, messages: readonly AppealMessage[]): Promise<void> {
  await sql`
    with addressee as (
      select wanted.kind, wanted.key, wanted.send_from, appeals.id as appeal, appeals.telephone as e164,
        coalesce(filing.language, citizens.language, 'uz') as language
      from unnest(${messages.map(({ appeal }) => appeal)}::uuid[], ${messages.map(({ kind }) => kind)}::text[],
        ${messages.map(({ key }) => key)}::text[], ${messages.map(({ from }) => from)}::timestamptz[])
        as wanted (appeal, kind, key, send_from)
      join appeals on appeals.id = wanted.appeal
      join citizens as filed on filed.id = appeals.citizen
      join citizens on citizens.id = filed.shown_as
      left join portal_filings as filing on filing.key = appeals.request_key
      where ${FOLLOWED_APPEAL}
    ), told as (
      insert into messages (kind, key, e164, language, appeal)
      select kind, key, e164, language, appeal from addressee
      on conflict (key) do nothing
      returning id, key
    )
    select graphile_worker.add_jobs(array_agg(row('sendMessage', json_build_object('message', told.id::text), null,
      addressee.send_from, null, null, null, null)::graphile_worker.job_spec))
    from told join addressee using (key) having count(*) > 0`.execute(trx)
}

/** What waits to be sent about the appeal goes to the telephone that it names by now; number and code are told anew. */
export async function redirectWaiting(trx: Trx, appeal: AppealId, e164: string): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ e164 })
    .where('appeal', '=', appeal)
    .where('status', '=', 'queued')
    .where('kind', '<>', 'appealRegistered')
    .execute()
}

/** Takes the message for sending; nothing when somebody else has it or had it. */
export async function takeMessage(db: Db, id: string, at: Date) {
  return await db
    .updateTable('messages')
    .set({ status: 'sending', taken_at: at, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .returning(['id', 'kind', 'e164', 'language', 'appeal', 'call', 'text', 'attempts'])
    .executeTakeFirst()
}

export type TakenMessage = NonNullable<Awaited<ReturnType<typeof takeMessage>>>

export async function findMessageAppeal(db: Db, appeal: AppealId) {
  return await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .select(['number', 'due_on', 'telephone', 'medium', 'track', 'follow_series'])
    .where('id', '=', appeal)
    .executeTakeFirstOrThrow()
}

type Ended = { status: MessageStatus; providerId?: string; problem?: string; segments?: number; at: Date }

export async function putMessageStatus(
  trx: Trx,
  id: string,
  { status, providerId, problem, segments, at }: Ended,
): Promise<boolean> {
  const isOver = status !== 'queued'
  const { numUpdatedRows } = await trx
    .updateTable('messages')
    .set({
      status,
      ended_at: isOver ? at : null,
      // A code that was sent must not be read here; one that is tried again is needed.
      ...(isOver && { text: KEPT_TEXT }),
      ...(providerId !== undefined && { provider_id: providerId }),
      ...(problem !== undefined && { problem }),
      ...(segments !== undefined && { segments }),
    })
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function findMessageStatus(db: Db, key: string): Promise<MessageStatus | undefined> {
  return (await db.selectFrom('messages').select('status').where('key', '=', key).executeTakeFirst())?.status
}

export async function listFailedKeys(db: Db, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const rows = await db
    .selectFrom('messages')
    .select('key')
    .where('key', 'in', keys)
    .where('status', '=', 'failed')
    .execute()
  return rows.map(({ key }) => key)
}

/** Taken before that moment and never ended: whoever had them died. */
export async function listLost(db: Db, before: Date, limit: number) {
  return await db
    .selectFrom('messages')
    .select(['id', 'kind', 'appeal', 'call'])
    .where('status', '=', 'sending')
    .where('taken_at', '<', before)
    .orderBy('taken_at')
    .limit(limit)
    .execute()
}

/** By a report of the gateway; nothing where none is waited for any more. */
export async function putReported(trx: Trx, id: string, { status, at }: { status: MessageStatus; at: Date }) {
  return await trx
    .updateTable('messages')
    // A report may be quicker than the answer; what was to be read until then is over too.
    .set({ status, ended_at: sql`coalesce(ended_at, ${at})`, text: KEPT_TEXT })
    .where('id', '=', id)
    .where('status', 'in', REPORTABLE)
    .returning(['id', 'kind', 'appeal', 'call'])
    .executeTakeFirst()
}

/** Whether the citizen who has the message was told by it what the law asks that he is told. */
export function isToldOf({ appeal, kind }: { appeal: AppealId | null; kind: MessageKind }): boolean {
  return appeal !== null && tellsAsTheLawAsks(kind)
}

/** In the transaction that knows it: what follows from it for the appeal is not lost, and is done once. */
export async function addToldJob(trx: Trx, message: string): Promise<void> {
  await sql`select graphile_worker.add_job('noteCitizenTold', json_build_object('message', ${message}::text),
    job_key => ${`told:${message}`})`.execute(trx)
}

export async function findMessageKey(db: Db, id: string): Promise<string | undefined> {
  return (await db.selectFrom('messages').select('key').where('id', '=', id).executeTakeFirst())?.key
}
