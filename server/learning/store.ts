/** The SQL of courses: their versions, and who may take them. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { CourseBody, ItemVersion } from '#core/learning/course.ts'
import type { CourseId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

const COURSES_LOCK = 7_290_021
const VERSIONS_MAX = 200
export const COURSES_MAX = 100

/** One change of courses at a time: their number is bounded, and a queue must not require what is being retired. */
export async function lockCourses(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${COURSES_LOCK})`.execute(trx)
}

export async function insertCourse(trx: Trx): Promise<CourseId> {
  const row = await trx.insertInto('courses').defaultValues().returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function countCourses(trx: Trx): Promise<number> {
  const counted = trx.selectFrom('courses').select(({ fn }) => fn.countAll<string>().as('count'))
  return Number((await counted.where('retired_at', 'is', null).executeTakeFirstOrThrow()).count)
}

export type NewCourseVersion = {
  course: CourseId
  version: number
  body: CourseBody
  writtenFor: readonly ItemVersion[]
  published: boolean
  againBy: Day | null
  by: StaffId
  at: Date
}

export async function insertCourseVersion(trx: Trx, row: NewCourseVersion): Promise<void> {
  await trx
    .insertInto('course_versions')
    .values({
      course: row.course,
      version: row.version,
      body: JSON.stringify(row.body),
      written_for: JSON.stringify(row.writtenFor),
      published: row.published,
      again_by: row.againBy,
      saved_at: row.at,
      saved_by: row.by,
    })
    .execute()
}

export async function findCourse(db: Db, course: CourseId) {
  return await db.selectFrom('courses').selectAll().where('id', '=', course).executeTakeFirst()
}

export async function setRetired(trx: Trx, course: CourseId, at: Date | null): Promise<void> {
  await trx.updateTable('courses').set({ retired_at: at }).where('id', '=', course).execute()
}

/** Newest first. */
export async function listVersions(db: Db, course: CourseId) {
  return await db
    .selectFrom('course_versions as versions')
    .leftJoin('staff_members as staff', 'staff.id', 'versions.saved_by')
    .selectAll('versions')
    .select('staff.name as saved_by_name')
    .where('course', '=', course)
    .orderBy('version', 'desc')
    .limit(VERSIONS_MAX)
    .execute()
}

/** Of every course the newest version. */
export async function listNewest(db: Db) {
  return await db
    .selectFrom('course_versions as versions')
    .innerJoin('courses', 'courses.id', 'versions.course')
    .leftJoin('staff_members as staff', 'staff.id', 'versions.saved_by')
    .distinctOn('versions.course')
    .selectAll('versions')
    .select(['courses.retired_at', 'staff.name as saved_by_name'])
    .orderBy('versions.course')
    .orderBy('versions.version', 'desc')
    .execute()
}

/** What agents have: of every course in use its newest published version. */
export async function listPublished(db: Db) {
  return await db
    .selectFrom('course_versions as versions')
    .innerJoin('courses', 'courses.id', 'versions.course')
    .distinctOn('versions.course')
    .selectAll('versions')
    .where('courses.retired_at', 'is', null)
    .where('versions.published', '=', true)
    .orderBy('versions.course')
    .orderBy('versions.version', 'desc')
    .execute()
}

export async function listRenewals(db: Db) {
  return await db
    .selectFrom('course_versions')
    .select(['course', 'version', 'again_by'])
    .where('again_by', 'is not', null)
    .execute()
}
