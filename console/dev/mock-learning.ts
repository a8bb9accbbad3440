/** Courses and quizzes of the make-believe server, marked by the very rules of the real one. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  AddCourse,
  AnswerQuiz,
  Attestations,
  CourseCard,
  type CourseForm,
  CourseRow,
  type CourseVersion,
  GiveTries,
  MyCourse,
  MyCourseCard,
  QuizResult,
  QuizToAnswer,
  SaveCourse,
} from '#contract/learning.ts'
import type { KnowledgeCard } from '#contract/knowledge.ts'
import type { Me } from '#contract/staff.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import { isAttested, standingOf, validUntil } from '#core/learning/attestation.ts'
import { checkCourse } from '#core/learning/check-course.ts'
import { markQuiz, percentOf, triesLeft } from '#core/learning/mark-quiz.ts'
import { closedQueues } from '#core/learning/qualification.ts'
import type { CourseId, KnowledgeItemId, QuizAttemptId, StaffId } from '#core/lib/ids.ts'
import { type Day, tashkentDay } from '#core/lib/time.ts'
import { FIRST_COURSE, type MockQueues } from './mock-queues.ts'
import { Refused } from './mock-refused.ts'

type Attempt = {
  id: QuizAttemptId
  course: CourseId
  staff: string
  form: CourseForm
  version: number
  result?: QuizResult
  passedOn?: Day
}
type Course = { course: CourseId; retired: boolean; versions: CourseVersion[]; tries: Map<string, number> }

export type MockLearning = ReturnType<typeof mockLearning>
type World = {
  learning: MockLearning
  queues: MockQueues
  staff: Me[]
  knowledge: { cards: KnowledgeCard[]; read: { id: number; version: number; staff: string }[] }
}
type Asked = { world: World; me: Me; path: string[]; body: unknown }

const SAVED_AT = 1_790_000_000_000
const both = (uz: string, ru: string) => ({ uz, ru })

/** In the morning there is one, which no queue requires. */
export function mockLearning() {
  const form: CourseForm = {
    names: FIRST_COURSE,
    items: [1 as KnowledgeItemId],
    questions: [
      {
        text: both('Fuqaro kutib qolganda nima deyiladi?', 'Что сказать гражданину, который долго ждал?'),
        options: [
          { text: both('Kutganingiz uchun rahmat', 'Спасибо за ожидание'), isRight: true },
          { text: both('Hech narsa', 'Ничего'), isRight: false },
        ],
        explanation: both('', ''),
      },
    ],
    passPercent: 80,
    validMonths: 12,
    triesMax: 3,
  }
  const saved = { savedAt: SAVED_AT, savedByName: 'Malika Yusupova' }
  const first: Course = {
    course: 1 as CourseId,
    retired: false,
    versions: [{ version: 1, published: true, againBy: null, form, ...saved }],
    tries: new Map(),
  }
  return { courses: [first], attempts: [] as Attempt[] }
}

export const LEARNING: Record<string, (asked: Asked) => unknown> = {
  'GET /courses': ({ world }) =>
    z.array(CourseRow).parse(world.learning.courses.map((one) => rowOf(world, one))),
  'GET /courses/:id': ({ world, path }) => cardOf(world, found(world, path[1])),
  'POST /courses': ({ world, me, body }) => {
    const { form, published } = AddCourse.parse(body)
    const course = (world.learning.courses.length + 1) as CourseId
    const made: Course = { course, retired: false, versions: [], tries: new Map() }
    put(world, made, { form, published, againBy: null, by: me.name })
    world.learning.courses.push(made)
    return cardOf(world, made)
  },
  'POST /courses/:id/versions': ({ world, me, path, body }) => {
    const { form, published, basedOn, againBy } = SaveCourse.parse(body)
    const course = found(world, path[1])
    if (course.versions[0]?.version !== basedOn) throw new Refused('changedMeanwhile')
    put(world, course, { form, published, againBy, by: me.name })
    return cardOf(world, course)
  },
  'POST /courses/:id/retire': ({ world, path }) => retired(world, path[1], true),
  'POST /courses/:id/reopen': ({ world, path }) => retired(world, path[1], false),
  'GET /attestations': ({ world }) => attestations(world),
  'POST /courses/:id/tries': ({ world, path, body }) => {
    const course = found(world, path[1])
    const { agent } = GiveTries.parse(body)
    course.tries.set(agent, failures(world, course, agent))
    return attestations(world)
  },
  'GET /my-courses': ({ world, me }) =>
    z.array(MyCourse).parse(published(world).map((one) => mine(world, one, me))),
  'GET /my-courses/:id': ({ world, me, path }) => {
    const course = found(world, path[1])
    const { form, version } = newestPublished(course)
    const last = world.learning.attempts.findLast(
      (one) => one.course === course.course && one.staff === me.id && one.result,
    )
    return MyCourseCard.parse({
      ...mine(world, course, me),
      version,
      passPercent: form.passPercent,
      validMonths: form.validMonths,
      items: itemsToRead(world, form, me),
      lastResult: last?.result ?? null,
    })
  },
  'POST /my-courses/:id/quiz': ({ world, me, path }) => {
    const course = found(world, path[1])
    const { form, version } = newestPublished(course)
    if (itemsToRead(world, form, me).some(({ isRead }) => !isRead)) throw new Refused('articlesNotRead')
    if (triesLeft(form.triesMax, failed(world, course, me.id)) === 0) throw new Refused('noTriesLeft')
    const { attempts } = world.learning
    const isHis = (one: Attempt) => one.course === course.course && one.staff === me.id && !one.result
    const open = attempts.find(isHis)
    const attempt = open ?? {
      id: randomUUID() as string as QuizAttemptId,
      course: course.course,
      staff: me.id,
      form,
      version,
    }
    if (!open) attempts.push(attempt)
    const questions = form.questions.map(({ text, options }) => ({
      text,
      severalRight: options.filter(({ isRight }) => isRight).length > 1,
      options: options.map((option) => option.text),
    }))
    return QuizToAnswer.parse({ attempt: attempt.id, passPercent: form.passPercent, questions })
  },
  'POST /quizzes/:id/answers': ({ world, me, path, body }) => {
    const attempt = world.learning.attempts.find(({ id, staff }) => id === path[1] && staff === me.id)
    if (!attempt) throw new Refused('notFound')
    attempt.result ??= marked(attempt, AnswerQuiz.parse(body).answers)
    tellQueues(world, found(world, String(attempt.course)))
    return attempt.result
  },
}

function marked(attempt: Attempt, answers: number[][]): QuizResult {
  const { form, id } = attempt
  const mark = markQuiz(form, answers)
  if (!mark) throw new Refused('badInput')
  const today = tashkentDay(Date.now())
  if (mark.isPassed) attempt.passedOn = today
  return QuizResult.parse({
    attempt: id,
    answeredAt: Date.now(),
    right: mark.right,
    of: mark.of,
    percent: percentOf(mark),
    passPercent: form.passPercent,
    isPassed: mark.isPassed,
    validUntil: mark.isPassed ? validUntil(today, form.validMonths) : null,
    questions: form.questions.map(({ text, options, explanation }, place) => ({
      text,
      explanation,
      isRight: mark.isRight[place],
      options: options.map((option, at) => ({ ...option, isChosen: answers[place]?.includes(at) ?? false })),
    })),
  })
}

type Saving = Pick<CourseVersion, 'form' | 'published' | 'againBy'> & { by: string }

function put(world: World, course: Course, { by, form, published: isPublished, againBy }: Saving): void {
  const known = form.items.filter((item) => articleNow(world, item))
  const problems = checkCourse(form, { published: new Set<KnowledgeItemId>(known) })
  if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
  const version = (course.versions[0]?.version ?? 0) + 1
  const saved = { savedAt: Date.now(), savedByName: by }
  course.versions.unshift({ version, published: isPublished, againBy, form, ...saved })
  tellQueues(world, course)
}

/** The table that queues are checked against knows what is published and who is attested. */
function tellQueues(world: World, course: Course): void {
  const { table } = world.queues
  const others = table.courses.filter((one) => one.course !== course.course)
  const isThere = !course.retired && course.versions.some((version) => version.published)
  const names = course.versions[0]?.form.names ?? { uz: '', ru: '' }
  table.courses = isThere
    ? [...others, { course: course.course, names, attested: [...attestedIn(world, course)] }]
    : others
}

function attestedIn(world: World, course: Course): StaffId[] {
  return world.staff
    .map(({ id }) => id as StaffId)
    .filter((id) => isAttested(stands(world, course, id).standing))
}

function stands(world: World, course: Course, staff: string) {
  const passed = world.learning.attempts.flatMap(({ course: id, staff: who, version, passedOn, result }) =>
    id === course.course && who === staff && passedOn
      ? [{ version, passedOn, validUntil: (result?.validUntil ?? null) as Day | null }]
      : [],
  )
  return standingOf(passed, [], tashkentDay(Date.now()))
}

const failures = (world: World, { course }: Course, staff: string) =>
  world.learning.attempts.filter(
    (one) => one.course === course && one.staff === staff && one.result?.isPassed === false,
  ).length
const failed = (world: World, course: Course, staff: string) =>
  failures(world, course, staff) - (course.tries.get(staff) ?? 0)

function mine(world: World, course: Course, me: Me): MyCourse {
  const { form } = newestPublished(course)
  const howItStands = stands(world, course, me.id)
  const requiring = requiringQueues(world, course)
  return {
    course: course.course,
    names: form.names,
    items: form.items.length,
    questions: form.questions.length,
    isRead: itemsToRead(world, form, me).every(({ isRead }) => isRead),
    triesLeft: triesLeft(form.triesMax, failed(world, course, me.id)),
    ...howItStands,
    queues: requiring,
    closedQueues: isAttested(howItStands.standing) ? [] : requiring,
  }
}

function itemsToRead({ knowledge }: World, { items }: CourseForm, me: Me) {
  return items.flatMap((item) => {
    const version = articleNow({ knowledge }, item)
    if (!version) return []
    const isRead = knowledge.read.some(
      (one) => one.id === item && one.version === version.version && one.staff === me.id,
    )
    return [{ item, version: version.version, content: version.content, isRead }]
  })
}

function articleNow({ knowledge }: Pick<World, 'knowledge'>, item: number) {
  const card = knowledge.cards.find(({ id }) => id === item)
  return card?.versions.find(({ status }) => status === 'published')
}

function attestations(world: World): Attestations {
  const courses = published(world)
  const requirements = new Map(
    world.queues.rows.flatMap(({ queue, versions: [newest] }) =>
      newest?.form.courses ? [[queue, newest.form.courses] as const] : [],
    ),
  )
  return Attestations.parse({
    courses: courses.map((course) => ({ course: course.course, names: newestPublished(course).form.names })),
    agents: world.queues.table.agents.map(({ agent, name, queues }) => {
      const isIn = (id: CourseId) =>
        courses.some((one) => one.course === id && isAttested(stands(world, one, agent).standing))
      return {
        agent,
        name,
        courses: courses.map((course) => ({
          course: course.course,
          ...stands(world, course, agent),
          isRequired: queues.some((queue) => requirements.get(queue)?.includes(course.course)),
          triesLeft: triesLeft(newestPublished(course).form.triesMax, failed(world, course, agent)),
        })),
        closedQueues: closedQueues(queues, requirements, isIn).map(({ queue, courses: missing }) => ({
          queue,
          names: world.queues.rows.find((row) => row.queue === queue)?.names,
          courses: missing,
        })),
      }
    }),
  })
}

const published = ({ learning }: World) =>
  learning.courses.filter((course) => !course.retired && course.versions.some((version) => version.published))

function newestPublished(course: Course): CourseVersion {
  const version = course.versions.find((one) => one.published)
  if (!version || course.retired) throw new Refused('notFound')
  return version
}

function found({ learning }: World, id: string | undefined): Course {
  const course = learning.courses.find((one) => String(one.course) === id)
  if (!course) throw new Refused('notFound')
  return course
}

function retired(world: World, id: string | undefined, isRetired: boolean): CourseCard {
  const course = found(world, id)
  course.retired = isRetired
  tellQueues(world, course)
  return cardOf(world, course)
}

function rowOf(world: World, course: Course) {
  const [newest] = course.versions
  return {
    course: course.course,
    names: newest?.form.names,
    version: newest?.version,
    publishedVersion: course.versions.find((version) => version.published)?.version ?? null,
    retired: course.retired,
    questions: newest?.form.questions.length,
    savedAt: newest?.savedAt,
    savedByName: newest?.savedByName,
    changedItems: 0,
    queues: requiringQueues(world, course),
  }
}

function requiringQueues({ queues }: World, { course }: Course) {
  return queues.rows
    .filter(({ versions: [newest] }) => newest?.form.courses?.includes(course))
    .map(({ queue, names }) => ({ queue, names }))
}

function cardOf(world: World, course: Course): CourseCard {
  const items = (course.versions[0]?.form.items ?? []).map((item) => {
    const version = articleNow(world, item)
    const title = (language: 'uz' | 'ru') => writtenIn(version?.content ?? {}, language)?.title ?? ''
    return {
      item,
      version: version?.version ?? null,
      kind: 'faq',
      titles: { uz: title('uz'), ru: title('ru') },
    }
  })
  return CourseCard.parse({
    course: course.course,
    retired: course.retired,
    versions: course.versions,
    queues: requiringQueues(world, course),
    items,
    changed: [],
  })
}
