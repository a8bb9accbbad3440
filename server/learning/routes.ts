import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AddCourse,
  AnswerQuiz,
  Attestations,
  CourseCard,
  CourseId as CourseNumber,
  CourseRow,
  GiveTries,
  MyCourse,
  MyCourseCard,
  QuizResult,
  QuizToAnswer,
  SaveCourse,
} from '#contract/learning.ts'
import type { CourseId, QuizAttemptId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { LearningService } from './service.ts'

const params = z.object({ id: CourseNumber.transform((id) => id as CourseId) })
const AttemptParams = z.object({ id: z.uuid().transform((id) => id as QuizAttemptId) })
/** Fifty questions of eight answers in two languages, each as long as it may be. */
const BODY_MAX_BYTES = 4 * 1024 * 1024

export const learningRoutes =
  (learning: LearningService): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(courseRoutes(learning))
    await app.register(myCourseRoutes(learning))
  }

const courseRoutes =
  ({ attestations, courses, giveTries }: LearningService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('editCourses')
    const card = { 200: CourseCard }

    const list = { summary: 'Courses, each as it is now', response: { 200: z.array(CourseRow) } }
    app.get('/courses', { config, schema: list }, () => courses.list())

    const one = { summary: 'A course with its versions', params, response: card }
    app.get('/courses/:id', { config, schema: one }, ({ params: { id } }) => courses.card(id))

    const add = { summary: 'Add a course', body: AddCourse, response: { 201: CourseCard } }
    app.post(
      '/courses',
      { config, schema: add, bodyLimit: BODY_MAX_BYTES },
      async ({ body, staff }, response) => response.code(201).send(await courses.add(body, staff.id)),
    )

    const save = { summary: 'Save the next version of a course', params, body: SaveCourse, response: card }
    app.post('/courses/:id/versions', { config, schema: save, bodyLimit: BODY_MAX_BYTES }, (request) =>
      courses.save(request.params.id, request.body, request.staff.id),
    )

    const retire = { summary: 'Take a course out of use', params, response: card }
    app.post('/courses/:id/retire', { config, schema: retire }, ({ params: { id }, staff }) =>
      courses.retire(id, staff.id),
    )

    const reopen = { summary: 'Take a course into use again', params, response: card }
    app.post('/courses/:id/reopen', { config, schema: reopen }, ({ params: { id }, staff }) =>
      courses.reopen(id, staff.id),
    )

    const who = { summary: 'Who is attested in what', response: { 200: Attestations } }
    app.get('/attestations', { config, schema: who }, () => attestations())

    const give = {
      summary: 'Let an agent try again who has used up his tries',
      params,
      body: GiveTries,
      response: { 200: Attestations },
    }
    app.post('/courses/:id/tries', { config, schema: give }, async ({ params: { id }, body, staff }) => {
      await giveTries(id, body.agent, staff.id)
      return await attestations()
    })
  }

const myCourseRoutes =
  ({ quizzes }: LearningService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('takeCalls')

    const list = {
      summary: 'My courses, those that close a queue to me first',
      response: { 200: z.array(MyCourse) },
    }
    app.get('/my-courses', { config, schema: list }, ({ staff }) => quizzes.list(staff.id))

    const one = { summary: 'A course of mine to read', params, response: { 200: MyCourseCard } }
    app.get('/my-courses/:id', { config, schema: one }, ({ params: { id }, staff }) =>
      quizzes.card(staff.id, id),
    )

    const begin = {
      summary: 'The questions; asked for again before they are answered, the same attempt',
      params,
      response: { 200: QuizToAnswer },
    }
    app.post('/my-courses/:id/quiz', { config, schema: begin }, ({ params: { id }, staff }) =>
      quizzes.begin(staff.id, id),
    )

    const answer = {
      summary: 'Answer the quiz; the same answers sent again are marked once',
      params: AttemptParams,
      body: AnswerQuiz,
      response: { 200: QuizResult },
    }
    app.post('/quizzes/:id/answers', { config, schema: answer }, ({ params: { id }, body, staff }) =>
      quizzes.answer(staff.id, id, body.answers),
    )
  }
