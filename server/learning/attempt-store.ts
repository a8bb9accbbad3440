/** The SQL of attempts at quizzes. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { QuizAnswers, QuizMark } from '#core/learning/mark-quiz.ts'
import type { CourseId, QuizAttemptId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

export async function listPasses(db: Db) {
  return await db
    .selectFrom('quiz_attempts')
    .select(['course', 'version', 'staff', 'passed_on', 'valid_until'])
    .where('passed', '=', true)
    .execute()
}

/** How often each has failed since he last passed, and since more tries were given. */
export async function listFailures(db: Db, only?: StaffId) {
  return await db
    .selectFrom('quiz_attempts as tried')
    .select(({ fn }) => ['tried.staff', 'tried.course', fn.countAll<string>().as('count')])
    .where('tried.passed', '=', false)
    .where(
      sql<boolean>`tried.answered_at > greatest(
        (select max(answered_at) from quiz_attempts p where p.staff = tried.staff and p.course = tried.course and p.passed),
        (select max(given_at) from course_tries_given g where g.staff = tried.staff and g.course = tried.course),
        '-infinity')`,
    )
    .$if(only !== undefined, (query) => query.where('tried.staff', '=', only as StaffId))
    .groupBy(['tried.staff', 'tried.course'])
    .execute()
}

export async function findOpen(trx: Trx, staff: StaffId, course: CourseId) {
  return await trx
    .selectFrom('quiz_attempts')
    .select(['id', 'version'])
    .where('staff', '=', staff)
    .where('course', '=', course)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
}

/** Of a version that is asked no more; nothing was answered. */
export async function deleteOpen(trx: Trx, id: QuizAttemptId): Promise<void> {
  await trx.deleteFrom('quiz_attempts').where('id', '=', id).where('answered_at', 'is', null).execute()
}

type Begun = { course: CourseId; version: number; staff: StaffId; at: Date }

export async function insertAttempt(trx: Trx, { course, version, staff, at }: Begun): Promise<QuizAttemptId> {
  const row = await trx
    .insertInto('quiz_attempts')
    .values({ course, version, staff, begun_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Until the end of the transaction nobody else answers it. */
export async function lockAttempt(trx: Trx, id: QuizAttemptId, staff: StaffId) {
  return await trx
    .selectFrom('quiz_attempts')
    .selectAll()
    .where('id', '=', id)
    .where('staff', '=', staff)
    .forUpdate()
    .executeTakeFirst()
}

export type Answered = {
  id: QuizAttemptId
  answers: QuizAnswers
  mark: QuizMark
  at: Date
  passedOn: Day | null
  validUntil: Day | null
}

export async function putAnswers(trx: Trx, { id, answers, mark, at, passedOn, validUntil }: Answered) {
  await trx
    .updateTable('quiz_attempts')
    .set({
      answered_at: at,
      answers: JSON.stringify(answers),
      right_count: mark.right,
      passed: mark.isPassed,
      passed_on: passedOn,
      valid_until: validUntil,
    })
    .where('id', '=', id)
    .execute()
}

/** The one that was answered last. */
export async function findLastAnswered(db: Db, staff: StaffId, course: CourseId) {
  return await withBody(db)
    .where('quiz_attempts.staff', '=', staff)
    .where('quiz_attempts.course', '=', course)
    .where('answered_at', 'is not', null)
    .orderBy('answered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function findAttempt(db: Db, id: QuizAttemptId, staff: StaffId) {
  return await withBody(db)
    .where('quiz_attempts.id', '=', id)
    .where('quiz_attempts.staff', '=', staff)
    .executeTakeFirst()
}

/** With the version of the course that it was begun in. */
function withBody(db: Db) {
  return db
    .selectFrom('quiz_attempts')
    .innerJoin('course_versions as versions', (join) =>
      join
        .onRef('versions.course', '=', 'quiz_attempts.course')
        .onRef('versions.version', '=', 'quiz_attempts.version'),
    )
    .selectAll('quiz_attempts')
    .select('versions.body')
}

export async function insertTriesGiven(
  trx: Trx,
  { course, staff, by, at }: { course: CourseId; staff: StaffId; by: StaffId; at: Date },
): Promise<void> {
  await trx
    .insertInto('course_tries_given')
    .values({ course, staff, given_at: at, given_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
