/**
 * Learning: courses made of articles, quizzes, and who is attested in what. Routing asks it only one thing, without which
 * queues an agent is to be known (`qualified`).
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Attestations } from '#contract/learning.ts'
import { triesLeft } from '#core/learning/mark-quiz.ts'
import type { CourseId, QueueId, StaffId } from '#core/lib/ids.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import { insertTriesGiven, listFailures } from './attempt-store.ts'
import { courseService } from './courses.ts'
import type { LearningEvent } from './events.ts'
import type { Articles, RequiringQueue } from './ports.ts'
import { qualification } from './qualified.ts'
import { quizService } from './quizzes.ts'
import { readStandings } from './standings.ts'
import { findCourse, listPublished } from './store.ts'

export { attestedIn } from './standings.ts'

type Agent = { readonly id: StaffId; readonly name: string; readonly queues: readonly QueueId[] }

export type LearningDeps = {
  db: Kysely<Database>
  log: Logger
  now?: () => Instant
  articles: Articles
  queues(): Promise<readonly RequiringQueue[]>
  agents(): Promise<readonly Agent[]>
}

export type LearningService = Awaited<ReturnType<typeof learningService>>

export async function learningService({ now = Date.now, ...deps }: LearningDeps) {
  const { agents, db, log, queues } = deps
  const known = qualification({ ...deps, now })
  await known.reload()
  const queuesOf = async (staff: StaffId) => (await agents()).find(({ id }) => id === staff)?.queues ?? []

  return {
    courses: courseService({ ...deps, now, changed: known.changed }),
    quizzes: quizService({ ...deps, now, queuesOf, qualification: known }),
    qualified: known.qualified,
    onChanged: known.onChanged,
    lookAtTheDay: known.lookAtTheDay,
    /** Queues were saved: others may be required from now on. */
    queuesChanged: () => known.changed(),

    async attestations(): Promise<Attestations> {
      const [published, standings] = [await listPublished(db), await readStandings(db)]
      const [failures, everybody] = [await listFailures(db), await agents()]
      const requiring = await queues()
      const namesOf = (queue: QueueId) =>
        requiring.find((one) => one.queue === queue)?.names ?? { uz: queue, ru: queue }
      const requiredOf = (agent: Agent) =>
        requiring.filter(({ queue }) => agent.queues.includes(queue)).flatMap(({ courses }) => courses)
      const today = tashkentDay(now())
      return {
        courses: published.map(({ course, body }) => ({ course, names: body.names })),
        agents: everybody.map((agent) => ({
          agent: agent.id,
          name: agent.name,
          courses: published.map(({ course, body }) => ({
            course,
            ...standings.of(agent.id, course, today),
            isRequired: requiredOf(agent).includes(course),
            triesLeft: triesLeft(
              body.triesMax,
              Number(failures.find((one) => one.staff === agent.id && one.course === course)?.count ?? 0),
            ),
          })),
          closedQueues: known.closedTo(agent).map(({ queue, courses }) => ({
            queue,
            names: namesOf(queue),
            courses: [...courses],
          })),
        })),
      }
    },

    /** Whoever has used up his tries may try again, as often as before. */
    async giveTries(course: CourseId, staff: StaffId, by: StaffId): Promise<void> {
      if (!(await findCourse(db, course))) throw new Refusal('notFound', `No course ${course}`)
      if (!(await agents()).some(({ id }) => id === staff)) throw new Refusal('notFound', `No agent ${staff}`)
      await db.transaction().execute(async (trx) => {
        await insertTriesGiven(trx, { course, staff, by, at: new Date(now()) })
        await record<LearningEvent>(trx, { type: 'courseTriesGiven', course, staff, by })
      })
      log.info({ course, staff, by }, 'more tries were given')
    },
  }
}
