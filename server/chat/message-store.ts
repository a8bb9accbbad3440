/** The SQL of messages. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import type { AppealId, CallId, ChatRoomId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

export type Message = {
  id: number
  room: ChatRoomId
  at: number
  author: StaffId
  authorName: string
  text: string
  mentions: StaffId[]
  call: CallId | null
  appeal: { id: AppealId; number: string; track: AppealTrack } | null
}

function messages(db: Db) {
  return db
    .selectFrom('chat_messages as m')
    .innerJoin('staff_members as author', 'author.id', 'm.author')
    .leftJoin('appeals', 'appeals.id', 'm.appeal')
    .select([
      'm.id',
      'm.room',
      'm.sent_at',
      'm.author',
      'author.name as author_name',
      'm.text',
      'm.mentions',
      'm.call',
      'm.appeal',
      'appeals.number as appeal_number',
      'appeals.track as appeal_track',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof messages>['execute']>>[number]

const asMessage = (row: Row): Message => ({
  id: Number(row.id),
  room: row.room,
  at: row.sent_at.getTime(),
  author: row.author,
  authorName: row.author_name,
  text: row.text,
  mentions: row.mentions,
  call: row.call,
  appeal:
    row.appeal && row.appeal_number && row.appeal_track
      ? { id: row.appeal, number: row.appeal_number, track: row.appeal_track }
      : null,
})

/** Oldest first, the last ones before `before`. */
export async function listMessages(
  db: Db,
  { room, before, limit }: { room: ChatRoomId; before: number | undefined; limit: number },
): Promise<Message[]> {
  const rows = await messages(db)
    .where('m.room', '=', room)
    .$if(before !== undefined, (query) => query.where('m.id', '<', String(before)))
    .orderBy('m.id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse().map(asMessage)
}

export type NewMessage = {
  room: ChatRoomId
  author: StaffId
  at: Date
  text: string
  mentions: readonly StaffId[]
  call: CallId | null
  appeal: AppealId | null
  requestKey: string
}

/**
 * Writes it once, and says whether it was new. Of one room, messages are written one after another, so that their numbers
 * are in the order in which they can be read: whoever has read up to one has read all before it.
 */
export async function insertMessage(
  trx: Transaction<Database>,
  message: NewMessage,
): Promise<{ message: Message; isNew: boolean }> {
  const { room, author, at, text, mentions, call, appeal, requestKey } = message
  await trx.selectFrom('chat_rooms').select('id').where('id', '=', room).forUpdate().executeTakeFirst()
  const inserted = await trx
    .insertInto('chat_messages')
    .values({
      room,
      author,
      text,
      call,
      appeal,
      sent_at: at,
      mentions: [...mentions],
      request_key: requestKey,
    })
    .onConflict((oc) => oc.columns(['author', 'request_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const row = await messages(trx)
    .where('m.author', '=', author)
    .where('m.request_key', '=', requestKey)
    .executeTakeFirstOrThrow()
  return { message: asMessage(row), isNew: inserted !== undefined }
}

export async function countSince(db: Db, author: StaffId, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('chat_messages')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('author', '=', author)
    .where('sent_at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

/** Which procedure counts for the appeal; nothing when there is none. */
export async function trackOfAppeal(db: Db, id: AppealId): Promise<AppealTrack | undefined> {
  const row = await db.selectFrom('appeals').select('track').where('id', '=', id).executeTakeFirst()
  return row?.track
}
