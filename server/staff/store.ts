import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { SkillLevels } from '#core/routing/skill-rules.ts'
import type { Role } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** The cookie holds the token, the table its hash: a stolen table opens nothing. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export async function findByLogin(db: Db, login: string) {
  return await db
    .selectFrom('staff_members')
    .select(['id', 'password_hash', 'active'])
    .where('login', '=', login)
    .executeTakeFirst()
}

export async function findStaffMember(db: Db, id: StaffId) {
  return await db
    .selectFrom('staff_members')
    .select(['id', 'login', 'name', 'role', 'languages', 'interface_language', 'password_is_one_time'])
    .where('id', '=', id)
    .where('active', '=', true)
    .executeTakeFirst()
}

export async function setInterfaceLanguage(trx: Trx, id: StaffId, language: string): Promise<void> {
  await trx.updateTable('staff_members').set({ interface_language: language }).where('id', '=', id).execute()
}

export type NewStaffRow = {
  login: string
  name: string
  role: Role
  languages: readonly CallLanguage[]
  queues: readonly QueueId[]
  skills: SkillLevels
  passwordHash: string
}

export async function insertStaffMember(trx: Trx, member: NewStaffRow): Promise<StaffId> {
  const { login, name, role, languages, passwordHash } = member
  const { id } = await trx
    .insertInto('staff_members')
    .values({ login, name, role, languages: [...languages], password_hash: passwordHash })
    .returning('id')
    .executeTakeFirstOrThrow()
  const queues = member.queues.map((queue) => ({ staff_id: id, queue_id: queue }))
  if (queues.length > 0) await trx.insertInto('agent_queues').values(queues).execute()
  await putSkillLevels(trx, id, member.skills)
  return id
}

/** Sets these levels and leaves the others; 0 takes the skill away. */
export async function putSkillLevels(trx: Trx, staff: StaffId, levels: SkillLevels): Promise<void> {
  for (const [skill, level] of Object.entries(levels) as [SkillId, number][]) {
    const row = { staff_id: staff, skill_id: skill }
    if (level > 0) {
      await trx
        .insertInto('agent_skills')
        .values({ ...row, level })
        .onConflict((conflict) => conflict.columns(['staff_id', 'skill_id']).doUpdateSet({ level }))
        .execute()
    } else {
      const ofHim = trx.deleteFrom('agent_skills').where('staff_id', '=', staff)
      await ofHim.where('skill_id', '=', skill).execute()
    }
  }
}

export async function putQueueAgents(
  trx: Trx,
  { queue, add, remove }: { queue: QueueId; add: readonly StaffId[]; remove: readonly StaffId[] },
): Promise<void> {
  const rows = add.map((staff) => ({ staff_id: staff, queue_id: queue }))
  if (rows.length > 0) await trx.insertInto('agent_queues').values(rows).execute()
  const of = trx.deleteFrom('agent_queues').where('queue_id', '=', queue)
  if (remove.length > 0) await of.where('staff_id', 'in', remove).execute()
  const changed = [...add, ...remove]
  if (changed.length === 0) return
  // Whoever has one of them open for changing must see it first.
  const counted = trx.updateTable('staff_members').set({ edits: sql`edits + 1` })
  await counted.where('id', 'in', changed).execute()
}

export async function setLanguages(trx: Trx, staff: StaffId, languages: readonly CallLanguage[]) {
  await trx
    .updateTable('staff_members')
    .set({ languages: [...languages] })
    .where('id', '=', staff)
    .execute()
}

/** Active members of these roles, with what routing needs to know of them. */
export async function listAgents(db: Db, roles: readonly Role[], only?: StaffId) {
  const queues = sql<QueueId[]>`array(
    select queue_id from agent_queues where staff_id = staff_members.id order by queue_id)`
  const skills = sql<SkillLevels>`coalesce(
    (select jsonb_object_agg(skill_id, level) from agent_skills where staff_id = staff_members.id), '{}')`
  return await db
    .selectFrom('staff_members')
    .select(['id', 'name', queues.as('queues'), skills.as('skills')])
    .where('active', '=', true)
    .where('role', 'in', roles)
    .$if(only !== undefined, (query) => query.where('id', '=', only as StaffId))
    // By number, where logins end in one: agent2 before agent10.
    .orderBy(sql`length(login)`)
    .orderBy('login')
    .execute()
}

// Sign-ins --------------------------------------------------------------------

export type NewSignIn = {
  hash: Buffer
  staff: StaffId
  at: Date
  expiresAt: Date
  address: string
  userAgent: string
}

export async function insertSignIn(
  trx: Trx,
  { hash, staff, at, expiresAt, address, userAgent }: NewSignIn,
): Promise<void> {
  await trx
    .insertInto('sign_ins')
    .values({
      token_hash: hash,
      staff_id: staff,
      created_at: at,
      last_seen_at: at,
      expires_at: expiresAt,
      address,
      user_agent: userAgent,
      ended_at: null,
    })
    .execute()
}

/** The sign-in of a cookie while it is good, and whose it is. */
export async function findSignIn(db: Db, hash: Buffer, at: Date) {
  return await db
    .selectFrom('sign_ins')
    .innerJoin('staff_members', 'staff_members.id', 'sign_ins.staff_id')
    .select([
      'staff_members.id',
      'name',
      'role',
      'password_is_one_time',
      'sign_ins.created_at',
      'last_seen_at',
    ])
    .where('token_hash', '=', hash)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .where('active', '=', true)
    .executeTakeFirst()
}

export async function touchSignIn(db: Db, hash: Buffer, at: Date, expiresAt: Date): Promise<void> {
  await db
    .updateTable('sign_ins')
    .set({ last_seen_at: at, expires_at: expiresAt })
    .where('token_hash', '=', hash)
    .execute()
}

/** Which sign-ins to end: one, all of a person, or those whose time has passed. */
export type Ending = { hash: Buffer } | { staff: StaffId } | { expiredBy: Date }

/** Ends them and returns them; one that has ended already is not among them. */
export async function endSignIns(trx: Trx, which: Ending, at: Date) {
  return await trx
    .updateTable('sign_ins')
    .set({ ended_at: at })
    .where('ended_at', 'is', null)
    .$if('hash' in which, (query) => query.where('token_hash', '=', (which as { hash: Buffer }).hash))
    .$if('staff' in which, (query) => query.where('staff_id', '=', (which as { staff: StaffId }).staff))
    .$if('expiredBy' in which, (query) =>
      query.where('expires_at', '<=', (which as { expiredBy: Date }).expiredBy),
    )
    .returning(['token_hash', 'staff_id'])
    .execute()
}

/** Those of `staff` who are still signed in somewhere. */
export async function stillSignedIn(trx: Trx, staff: readonly StaffId[], at: Date): Promise<Set<StaffId>> {
  if (staff.length === 0) return new Set()
  const rows = await trx
    .selectFrom('sign_ins')
    .select('staff_id')
    .distinct()
    .where('staff_id', 'in', staff)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .execute()
  return new Set(rows.map((row) => row.staff_id))
}
