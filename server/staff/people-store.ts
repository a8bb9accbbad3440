import { type Kysely, sql, type Transaction } from 'kysely'
import type { PersonRow } from '#contract/people.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { SkillLevels } from '#core/routing/skill-rules.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

export type Person = Omit<PersonRow, 'id' | 'queues'> & {
  id: StaffId
  queues: QueueId[]
  skills: SkillLevels
}

/** Everybody there ever was, those who work here first. */
export async function listPeople(db: Db, at: Date): Promise<Person[]> {
  const queues = sql<QueueId[]>`array(
    select queue_id from agent_queues where staff_id = staff_members.id order by queue_id)`
  const skills = sql<SkillLevels>`coalesce(
    (select jsonb_object_agg(skill_id, level) from agent_skills where staff_id = staff_members.id), '{}')`
  const isSignedIn = sql<boolean>`exists (
    select from sign_ins where staff_id = staff_members.id and ended_at is null and expires_at > ${at})`
  const rows = await db
    .selectFrom('staff_members')
    .select(['id', 'login', 'name', 'role', 'languages', 'pinfl', 'edits as version'])
    .select(['active as isActive', 'password_is_one_time as hasOneTimePassword', 'created_at as addedAt'])
    .select([queues.as('queues'), skills.as('skills'), isSignedIn.as('isSignedIn')])
    .orderBy('active', 'desc')
    .orderBy('name')
    .orderBy('login')
    .execute()
  return rows.map((row) => ({ ...row, addedAt: row.addedAt.getTime() }))
}

export type PersonUpdate = Partial<{
  name: string
  role: Person['role']
  languages: Person['languages']
  pinfl: string | null
  active: boolean
  password_hash: string
  password_is_one_time: boolean
}>

export async function updatePerson(trx: Trx, id: StaffId, change: PersonUpdate): Promise<void> {
  await trx
    .updateTable('staff_members')
    .set({ ...change, edits: sql`edits + 1` })
    .where('id', '=', id)
    .execute()
}

export async function putQueues(trx: Trx, id: StaffId, queues: readonly QueueId[]): Promise<void> {
  await trx.deleteFrom('agent_queues').where('staff_id', '=', id).execute()
  const rows = queues.map((queue) => ({ staff_id: id, queue_id: queue }))
  if (rows.length > 0) await trx.insertInto('agent_queues').values(rows).execute()
}

export async function findPassword(db: Db, id: StaffId) {
  return await db
    .selectFrom('staff_members')
    .select(['login', 'password_hash'])
    .where('id', '=', id)
    .where('active', '=', true)
    .executeTakeFirst()
}
