/**
 * Courses as agents take them: read the articles, answer the quiz, be attested. The right answers leave the server only
 * after the chosen ones have come; what is sent twice is marked once.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { MyCourse, MyCourseCard, QuizResult, QuizToAnswer } from '#contract/learning.ts'
import { isAttested, validUntil } from '#core/learning/attestation.ts'
import type { CourseBody } from '#core/learning/course.ts'
import { areSameAnswers, markQuiz, percentOf, type QuizAnswers, triesLeft } from '#core/learning/mark-quiz.ts'
import type { CourseId, KnowledgeItemId, QuizAttemptId, StaffId } from '#core/lib/ids.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import {
  deleteOpen,
  findAttempt,
  findLastAnswered,
  findOpen,
  insertAttempt,
  listFailures,
  lockAttempt,
  putAnswers,
} from './attempt-store.ts'
import type { LearningEvent } from './events.ts'
import type { Articles, ItemNow, RequiringQueue } from './ports.ts'
import type { Qualification } from './qualified.ts'
import { readStandings } from './standings.ts'
import { listPublished, listVersions } from './store.ts'

export type QuizDeps = {
  db: Kysely<Database>
  log: Logger
  now: () => Instant
  articles: Articles
  queues(): Promise<readonly RequiringQueue[]>
  queuesOf(staff: StaffId): Promise<readonly RequiringQueue['queue'][]>
  qualification: Qualification
}

type Published = Awaited<ReturnType<typeof listPublished>>[number]

export function quizService(deps: QuizDeps) {
  const { db, log, now, qualification } = deps
  const mine = (staff: StaffId, only?: CourseId) => coursesOf(deps, staff, only)
  const readable = (items: readonly KnowledgeItemId[], staff: StaffId) => toRead(deps.articles, items, staff)

  return {
    /** What closes a queue to him comes first, then what his queues require. */
    async list(staff: StaffId): Promise<MyCourse[]> {
      const urgency = ({ closedQueues, queues }: MyCourse) => closedQueues.length * 100 + queues.length
      const courses = (await mine(staff)).map(({ row: _row, ...course }) => course)
      return courses.toSorted((a, b) => urgency(b) - urgency(a) || a.course - b.course)
    },

    async card(staff: StaffId, course: CourseId): Promise<MyCourseCard> {
      const [found] = await mine(staff, course)
      if (!found) throw new Refusal('notFound', `No course ${course} is published`)
      const { row, ...about } = found
      const last = await findLastAnswered(db, staff, course)
      return {
        ...about,
        version: row.version,
        passPercent: row.body.passPercent,
        validMonths: row.body.validMonths,
        items: await readable(row.body.items, staff),
        lastResult: last ? resultOf(last) : null,
      }
    },

    /** The questions; asked for again before they are answered, the same attempt. */
    async begin(staff: StaffId, course: CourseId): Promise<QuizToAnswer> {
      const { body, version } = await publishedVersion(db, course)
      if ((await readable(body.items, staff)).some(({ isRead }) => !isRead))
        throw new Refusal('articlesNotRead', `Articles of course ${course} are not read yet`)
      const attempt = await db.transaction().execute(async (trx) => {
        await lockReader(trx, staff)
        const open = await findOpen(trx, staff, course)
        if (open?.version === version) return open.id
        if (open) await deleteOpen(trx, open.id)
        await mustHaveTries(trx, { staff, course, triesMax: body.triesMax })
        return await insertAttempt(trx, { course, version, staff, at: new Date(now()) })
      })
      return toAnswer(attempt, body)
    },

    async answer(staff: StaffId, id: QuizAttemptId, answers: QuizAnswers): Promise<QuizResult> {
      const done = await db.transaction().execute((trx) => take(trx, { id, staff, answers, at: now() }))
      if (done) {
        log.info({ staff, attempt: id, course: done.course, passed: done.isPassed }, 'quiz answered')
        if (done.isPassed) await qualification.changed(staff)
      }
      const found = await findAttempt(db, id, staff)
      const result = found && resultOf(found)
      if (!result) throw new Refusal('notFound', `No attempt ${id}`)
      return result
    },
  }
}

async function publishedVersion(db: Kysely<Database>, course: CourseId): Promise<Published> {
  const found = (await listPublished(db)).find((one) => one.course === course)
  if (!found) throw new Refusal('notFound', `No course ${course} is published`)
  return found
}

async function toRead(articles: Articles, items: readonly KnowledgeItemId[], staff: StaffId) {
  const [itemsNow, read] = [await articles.now(items), await articles.readBy(staff, items)]
  return items.flatMap((item) => {
    const found = itemsNow.get(item)
    // Withdrawn articles are not in anybody's way.
    if (!found || found.version === null) return []
    const { content, version } = found as ItemNow & { version: number }
    return [{ item, version, content, isRead: read.has(`${item} ${version}`) }]
  })
}

async function coursesOf(
  deps: QuizDeps,
  staff: StaffId,
  only?: CourseId,
): Promise<(MyCourse & { row: Published })[]> {
  const { articles, db, now, qualification } = deps
  const rows = (await listPublished(db)).filter(({ course }) => !only || course === only)
  const [standings, failures] = [await readStandings(db), await listFailures(db, staff)]
  const assigned = await deps.queuesOf(staff)
  const closed = qualification.closedTo({ id: staff, queues: assigned }).map(({ queue }) => queue)
  const requiring = (await deps.queues()).filter(({ queue }) => assigned.includes(queue))
  const reading = await toRead(articles, [...new Set(rows.flatMap(({ body }) => body.items))], staff)
  const unread = reading.filter(({ isRead }) => !isRead).map(({ item }) => item)
  return rows.map((row) => {
    const queues = requiring
      .filter(({ courses }) => courses.includes(row.course))
      .map(({ queue, names }) => ({ queue, names }))
    const failed = failures.find(({ course }) => course === row.course)?.count ?? 0
    const stands = standings.of(staff, row.course, tashkentDay(now()))
    return {
      row,
      course: row.course,
      names: row.body.names,
      items: row.body.items.length,
      questions: row.body.questions.length,
      isRead: !row.body.items.some((item) => unread.includes(item)),
      triesLeft: triesLeft(row.body.triesMax, Number(failed)),
      ...stands,
      queues,
      closedQueues: isAttested(stands.standing) ? [] : queues.filter(({ queue }) => closed.includes(queue)),
    }
  })
}

/** Nothing where the same answers have come before. */
async function take(
  trx: Transaction<Database>,
  { id, staff, answers, at }: { id: QuizAttemptId; staff: StaffId; answers: QuizAnswers; at: Instant },
) {
  const attempt = await lockAttempt(trx, id, staff)
  if (!attempt) throw new Refusal('notFound', `No attempt ${id}`)
  if (attempt.answers) {
    if (areSameAnswers(attempt.answers, answers)) return undefined
    throw new Refusal('onlyOnce', `Attempt ${id} is answered already`)
  }
  const { course, version } = attempt
  const body = (await listVersions(trx, course)).find((one) => one.version === version)?.body
  const mark = body && markQuiz(body, answers)
  if (!mark) throw new Refusal('badInput', `The answers are not those of attempt ${id}`)
  const passedOn = mark.isPassed ? tashkentDay(at) : null
  const until = passedOn && validUntil(passedOn, body.validMonths)
  await putAnswers(trx, { id, answers, mark, at: new Date(at), passedOn, validUntil: until })
  const { right, of, isPassed: passed } = mark
  const ends = until ? { validUntil: until } : {}
  const what = { course, version, attempt: id, right, of, passed, ...ends, by: staff }
  await record<LearningEvent>(trx, { type: 'quizAnswered', ...what })
  return { course, isPassed: passed }
}

/** One beginning at a time of one reader: two windows get the same attempt. */
async function lockReader(trx: Transaction<Database>, staff: StaffId): Promise<void> {
  await trx.selectFrom('staff_members').select('id').where('id', '=', staff).forNoKeyUpdate().execute()
}

async function mustHaveTries(
  trx: Transaction<Database>,
  { staff, course, triesMax }: { staff: StaffId; course: CourseId; triesMax: number | null },
): Promise<void> {
  const failed = (await listFailures(trx, staff)).find((one) => one.course === course)?.count ?? 0
  if (triesLeft(triesMax, Number(failed)) === 0)
    throw new Refusal('noTriesLeft', `Course ${course} was tried ${failed} times`)
}

function toAnswer(attempt: QuizAttemptId, { passPercent, questions }: CourseBody): QuizToAnswer {
  return {
    attempt,
    passPercent,
    questions: questions.map(({ text, options }) => ({
      text,
      severalRight: options.filter(({ isRight }) => isRight).length > 1,
      options: options.map((option) => option.text),
    })),
  }
}

type AttemptRow = NonNullable<Awaited<ReturnType<typeof findAttempt>>>

/** Nothing while it is not answered. */
function resultOf({ id, answered_at, answers, body, valid_until }: AttemptRow): QuizResult | null {
  const mark = answers && markQuiz(body, answers)
  if (!mark || !answered_at) return null
  return {
    attempt: id,
    answeredAt: answered_at.getTime(),
    right: mark.right,
    of: mark.of,
    percent: percentOf(mark),
    passPercent: body.passPercent,
    isPassed: mark.isPassed,
    validUntil: valid_until,
    questions: body.questions.map(({ text, options, explanation }, place) => ({
      text,
      isRight: mark.isRight[place] ?? false,
      options: options.map((option, at) => ({ ...option, isChosen: answers[place]?.includes(at) ?? false })),
      explanation,
    })),
  }
}
