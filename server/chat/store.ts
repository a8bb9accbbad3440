/** The SQL of rooms and who has read what. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { ChatPerson } from '#contract/chat.ts'
import type { Room, RoomKind } from '#core/chat/rooms.ts'
import type { ChatRoomId, StaffId } from '#core/lib/ids.ts'
import { PERMISSIONS, type Role, ROLES } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

const ROOMS_MAX = 200
/** More is shown as „99+". */
const UNREAD_MAX = 100
const CHATTING: readonly Role[] = ROLES.filter((role) => PERMISSIONS[role].includes('chat'))

/** Everybody who chats, by name. */
export async function listPeople(db: Db): Promise<(ChatPerson & { id: StaffId })[]> {
  return await db
    .selectFrom('staff_members')
    .select(['id', 'name', 'role'])
    .where('active', '=', true)
    .where('role', 'in', CHATTING)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export type FoundRoom = Room & { id: ChatRoomId; title: string }

export async function findRoom(db: Db, id: ChatRoomId): Promise<FoundRoom | undefined> {
  const row = await db
    .selectFrom('chat_rooms')
    .select(['id', 'kind', 'title', membersOf.as('members')])
    .where('id', '=', id)
    .executeTakeFirst()
  return row
}

const membersOf = sql<StaffId[]>`array(
  select staff from chat_members where chat_members.room = chat_rooms.id order by staff)`

export type RoomRow = {
  id: ChatRoomId
  kind: RoomKind
  title: string
  members: StaffId[]
  unread: number
  isMentioned: boolean
  readUpTo: string
  last: { id: number; at: number; author: StaffId; authorName: string; text: string } | null
}

/** The rooms that are open or whose member he is, the latest spoken in first. What was said before he came is not unread. */
export async function listRooms(db: Db, reader: StaffId): Promise<RoomRow[]> {
  const { rows } = await sql<RoomRow>`
    select r.id, r.kind, r.title, coalesce(reads.up_to, 0) as "readUpTo",
      array(select staff from chat_members m where m.room = r.id order by staff) as members,
      (select count(*)::int from (
        select 1 from chat_messages m where m.room = r.id and m.id > coalesce(reads.up_to, 0)
          and m.author <> me.id and m.sent_at >= me.created_at limit ${UNREAD_MAX}) as new) as unread,
      exists (select from chat_messages m where m.room = r.id and m.id > coalesce(reads.up_to, 0)
        and me.id = any (m.mentions)) as "isMentioned",
      (select json_build_object('id', m.id, 'at', (extract(epoch from m.sent_at) * 1000)::bigint,
          'author', m.author, 'authorName', author.name, 'text', m.text)
        from chat_messages m join staff_members author on author.id = m.author
        where m.room = r.id order by m.id desc limit 1) as last
    from staff_members me cross join chat_rooms r
      left join chat_reads reads on reads.room = r.id and reads.staff = me.id
    where me.id = ${reader}
      and (r.kind = 'open' or exists (select from chat_members m where m.room = r.id and m.staff = me.id))
    order by coalesce((select max(id) from chat_messages m where m.room = r.id), 0) desc, r.created_at desc
    limit ${ROOMS_MAX}`.execute(db)
  return rows
}

export async function insertRoom(
  trx: Transaction<Database>,
  room: { kind: RoomKind; title: string; directKey: string | null; by: StaffId; members: readonly StaffId[] },
): Promise<ChatRoomId | undefined> {
  const { kind, title, directKey, by, members } = room
  const made = await trx
    .insertInto('chat_rooms')
    .values({ kind, title, direct_key: directKey, created_by: by })
    .onConflict((oc) => oc.column('direct_key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made && members.length > 0)
    await trx
      .insertInto('chat_members')
      .values(members.map((staff) => ({ room: made.id, staff })))
      .execute()
  return made?.id
}

export async function findDirectRoom(db: Db, key: string): Promise<ChatRoomId | undefined> {
  const row = await db.selectFrom('chat_rooms').select('id').where('direct_key', '=', key).executeTakeFirst()
  return row?.id
}

/** Never backwards: another window may have read further. Answers what counts now. */
export async function setReadUpTo(
  db: Db,
  { room, staff, upTo }: { room: ChatRoomId; staff: StaffId; upTo: number },
): Promise<number> {
  const row = await db
    .insertInto('chat_reads')
    .columns(['room', 'staff', 'up_to'])
    .expression((eb) =>
      eb
        .selectFrom('chat_messages')
        .select(({ cast, val }) => [
          cast<ChatRoomId>(val(room), 'uuid').as('room'),
          cast<StaffId>(val(staff), 'uuid').as('staff'),
          // Nobody has read what is not written yet.
          sql<number>`coalesce(max(id), 0)`.as('up_to'),
        ])
        .where('room', '=', room)
        .where('id', '<=', String(upTo)),
    )
    .onConflict((oc) =>
      oc.columns(['room', 'staff']).doUpdateSet({
        up_to: sql`greatest(chat_reads.up_to, excluded.up_to)`,
      }),
    )
    .returning('up_to')
    .executeTakeFirstOrThrow()
  return Number(row.up_to)
}
