import { type Kysely, sql, type Transaction } from 'kysely'
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import type { Texts } from '#core/lib/languages.ts'
import { defaultQueueSettings, type QueueSettings } from '#core/routing/queue-settings.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const SETTINGS_LOCK = 7_290_003
/** Whoever looks further back reads the event log. */
const LISTED_MAX_VERSIONS = 100

/** Settings are checked all together, so they are changed one after another: two good changes may be bad in company. */
export async function lockSettings(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SETTINGS_LOCK})`.execute(trx)
}

/** Every queue in use with its newest settings. */
export async function listQueues(db: Db) {
  const rows = await db
    .selectFrom('queues')
    .leftJoinLateral(
      (newest) =>
        newest
          .selectFrom('queue_settings')
          .selectAll()
          .whereRef('queue_settings.queue', '=', 'queues.id')
          .orderBy('version', 'desc')
          .limit(1)
          .as('saved'),
      (join) => join.onTrue(),
    )
    .leftJoin('staff_members', 'staff_members.id', 'saved.saved_by')
    .select([
      'queues.id as queue',
      'queues.names',
      'saved.version',
      'saved.body',
      'saved.saved_at as savedAt',
      'staff_members.name as savedByName',
    ])
    .where('queues.retired_at', 'is', null)
    .orderBy('queues.position')
    .orderBy('queues.id')
    .execute()
  return rows.map(({ queue, names, version, body, savedAt, savedByName }) => ({
    queue,
    names: names as Texts,
    version: version ?? 0,
    savedAt: savedAt?.getTime() ?? null,
    savedByName,
    settings: settingsOf(queue, body),
  }))
}

export async function listVersions(db: Db, queue: QueueId) {
  const rows = await db
    .selectFrom('queue_settings')
    .leftJoin('staff_members', 'staff_members.id', 'queue_settings.saved_by')
    .select(['version', 'body', 'saved_at as savedAt', 'restored', 'staff_members.name as savedByName'])
    .where('queue', '=', queue)
    .orderBy('version', 'desc')
    .limit(LISTED_MAX_VERSIONS)
    .execute()
  return rows.map(({ body, savedAt, ...row }) => ({
    ...row,
    savedAt: savedAt.getTime(),
    settings: settingsOf(queue, body),
  }))
}

export async function findVersion(db: Db, queue: QueueId, version: number) {
  const row = await db
    .selectFrom('queue_settings')
    .select('body')
    .where('queue', '=', queue)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && settingsOf(queue, row.body)
}

/** Settings saved before something could be set are as if it had been left alone. */
function settingsOf(queue: QueueId, body: QueueSettings | null): QueueSettings {
  return { ...defaultQueueSettings(queue), ...body, queue }
}

export type NewVersion = {
  version: number
  settings: QueueSettings
  by: StaffId | undefined
  restored: number | undefined
}

export async function insertVersion(trx: Trx, { version, settings, by, restored }: NewVersion) {
  const body = JSON.stringify(settings)
  await trx
    .insertInto('queue_settings')
    .values({
      queue: settings.queue,
      version,
      body,
      saved_by: by ?? null,
      restored: restored ?? null,
    })
    .execute()
}

// Which there are -----------------------------------------------------------------

/** As the last one. */
export async function insertQueue(trx: Trx, queue: QueueId, names: Texts): Promise<void> {
  await trx
    .insertInto('queues')
    .values(({ selectFrom, fn, lit }) => ({
      id: queue,
      names: JSON.stringify(names),
      position: selectFrom('queues').select(
        fn.coalesce(sql<number>`max(position) + 1`, lit(0)).as('position'),
      ),
    }))
    .execute()
}

export async function setNames(trx: Trx, queue: QueueId, names: Texts): Promise<void> {
  await trx
    .updateTable('queues')
    .set({ names: JSON.stringify(names) })
    .where('id', '=', queue)
    .execute()
}

export async function setRetired(trx: Trx, queue: QueueId, at: Date | null): Promise<void> {
  await trx.updateTable('queues').set({ retired_at: at }).where('id', '=', queue).execute()
}

export async function listRetired(db: Db) {
  const rows = await db
    .selectFrom('queues')
    .select(['id as queue', 'names', 'retired_at as retiredAt'])
    .where('retired_at', 'is not', null)
    .orderBy('retired_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, names: row.names as Texts, retiredAt: row.retiredAt?.getTime() ?? 0 }))
}

// Skills ------------------------------------------------------------------------

export async function listSkills(db: Db) {
  const rows = await db
    .selectFrom('skills')
    .select(['id as skill', 'names', 'position'])
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, names: row.names as Texts }))
}

/** As the last one. */
export async function insertSkill(trx: Trx, { skill, names }: { skill: SkillId; names: Texts }) {
  await trx
    .insertInto('skills')
    .values(({ selectFrom, fn, lit }) => ({
      id: skill,
      names: JSON.stringify(names),
      position: selectFrom('skills').select(
        fn.coalesce(sql<number>`max(position) + 1`, lit(0)).as('position'),
      ),
    }))
    .execute()
}

export async function deleteSkill(trx: Trx, skill: SkillId) {
  await trx.deleteFrom('agent_skills').where('skill_id', '=', skill).execute()
  await trx.deleteFrom('skills').where('id', '=', skill).execute()
}
