/** The SQL of what is done to many appeals at once. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { EditorChoice } from '#contract/appeal-office.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import { PERMISSIONS, type Role, ROLES } from '#core/staff/permissions.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const EDITING_ROLES: readonly Role[] = ROLES.filter((role) => PERMISSIONS[role].includes('editAppeals'))
/** More than any office has. */
const EDITORS_MAX = 500

export async function listForBulk(db: Db, ids: readonly AppealId[], withTrust: boolean) {
  return await db
    .selectFrom('appeals')
    .select(['id', 'number', 'status', 'track'])
    .select(
      sql<number>`(select count(*)::int from appeal_steps where appeal_steps.appeal = appeals.id)`.as(
        'version',
      ),
    )
    .where('id', 'in', ids)
    .$if(!withTrust, (query) => query.where('track', '<>', 'trust'))
    .execute()
}

/** In one order, so that two who change many never wait for each other. */
export async function lockForBulk(trx: Trx, ids: readonly AppealId[]) {
  if (ids.length === 0) return []
  return await trx
    .selectFrom('appeals')
    .select(['id', 'number', 'status', 'track', 'editor', 'under_control'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export type LockedForBulk = Awaited<ReturnType<typeof lockForBulk>>[number]

export async function setEditor(trx: Trx, ids: readonly AppealId[], editor: StaffId): Promise<void> {
  if (ids.length > 0) await trx.updateTable('appeals').set({ editor }).where('id', 'in', ids).execute()
}

export async function setControl(trx: Trx, ids: readonly AppealId[], isOn: boolean): Promise<void> {
  if (ids.length > 0)
    await trx.updateTable('appeals').set({ under_control: isOn }).where('id', 'in', ids).execute()
}

/** Whoever may edit, and is still here. */
export async function listEditors(db: Db): Promise<EditorChoice[]> {
  return await db
    .selectFrom('staff_members')
    .select(['id', 'name'])
    .where('role', 'in', EDITING_ROLES)
    .where('active', '=', true)
    .orderBy('name')
    .limit(EDITORS_MAX)
    .execute()
}

export async function findEditor(db: Db, id: StaffId): Promise<StaffId | undefined> {
  const row = await db
    .selectFrom('staff_members')
    .select('id')
    .where('id', '=', id)
    .where('role', 'in', EDITING_ROLES)
    .where('active', '=', true)
    .executeTakeFirst()
  return row?.id
}
