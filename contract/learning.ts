/** Courses, their quizzes, and who is attested in what. */
import { z } from 'zod'
import type { KnowledgeItemId, QuizAttemptId, StaffId } from '#core/lib/ids.ts'
import { isDay, type Day as CalendarDay } from '#core/lib/time.ts'
import { STANDINGS } from '#core/learning/attestation.ts'
import { KnowledgeContent, Kind } from './knowledge.ts'
import { CourseNumber } from './queues.ts'

/** Of what is sent: more than fits is refused as too large, what is too long is told at its field. */
const TEXT_MAX_CHARACTERS = 20_000
const ROWS_MAX = 200
const NUMBER_MAX = 2_147_483_647

const Names = z.object({ uz: z.string(), ru: z.string() })
const Wording = z.strictObject({
  uz: z.string().max(TEXT_MAX_CHARACTERS),
  ru: z.string().max(TEXT_MAX_CHARACTERS),
})
const Item = z.number().int().min(1).max(NUMBER_MAX) as unknown as z.ZodType<KnowledgeItemId, KnowledgeItemId>
const Day = z.string().refine(isDay, 'a day is written 2026-05-31') as unknown as z.ZodType<
  CalendarDay,
  CalendarDay
>
const Person = z.uuid() as unknown as z.ZodType<StaffId, StaffId>
const Attempt = z.uuid() as unknown as z.ZodType<QuizAttemptId, QuizAttemptId>
const HowItStands = z.object({ standing: z.enum(STANDINGS), endsOn: z.string().nullable() })

export const CourseId = z.coerce.number().int().min(1).max(NUMBER_MAX)

/** The shape only; whether it makes sense is for core/learning/check-course.ts. */
export const CourseForm = z.strictObject({
  names: Wording,
  items: z.array(Item).max(ROWS_MAX),
  questions: z
    .array(
      z.strictObject({
        text: Wording,
        options: z.array(z.strictObject({ text: Wording, isRight: z.boolean() })).max(ROWS_MAX),
        explanation: Wording,
      }),
    )
    .max(ROWS_MAX),
  passPercent: z.number(),
  validMonths: z.number().nullable(),
  triesMax: z.number().nullable(),
})
export type CourseForm = z.infer<typeof CourseForm>

/** Published: agents have it from now on. `againBy`: attestations of earlier versions hold until then only. */
export const AddCourse = z.strictObject({ form: CourseForm, published: z.boolean() })
export type AddCourse = z.infer<typeof AddCourse>

export const SaveCourse = AddCourse.extend({
  basedOn: z.number().int().min(1),
  againBy: Day.nullable(),
})
export type SaveCourse = z.infer<typeof SaveCourse>

/** An article as a course names it: with the title of what is published, or else the newest. */
export const CourseItem = z.object({
  item: Item,
  version: z.number().int().nullable(),
  kind: Kind,
  titles: z.object({ uz: z.string(), ru: z.string() }),
})
export type CourseItem = z.infer<typeof CourseItem>

export const CourseRow = z.object({
  course: CourseNumber,
  names: Names,
  version: z.number().int(),
  /** The version that agents have. */
  publishedVersion: z.number().int().nullable(),
  retired: z.boolean(),
  questions: z.number().int(),
  savedAt: z.number(),
  savedByName: z.string().nullable(),
  /** How many of its articles have a newer version, or none any more. */
  changedItems: z.number().int(),
  /** Queues that require it. */
  queues: z.array(z.object({ queue: z.string(), names: Names })),
})
export type CourseRow = z.infer<typeof CourseRow>

export const CourseVersion = z.object({
  version: z.number().int(),
  published: z.boolean(),
  againBy: z.string().nullable(),
  savedAt: z.number(),
  savedByName: z.string().nullable(),
  form: CourseForm,
})
export type CourseVersion = z.infer<typeof CourseVersion>

export const CourseCard = z.object({
  course: CourseNumber,
  retired: z.boolean(),
  /** Newest first. */
  versions: z.array(CourseVersion),
  /** Queues that require it: as long as there are any, it is not taken out of use. */
  queues: z.array(z.object({ queue: z.string(), names: Names })),
  /** Of the newest version. */
  items: z.array(CourseItem),
  /** Articles that have changed since the newest version was saved; `now` is nothing where one is published no more. */
  changed: z.array(z.object({ item: Item, version: z.number().int(), now: z.number().int().nullable() })),
})
export type CourseCard = z.infer<typeof CourseCard>

/** Who is attested in what, and which calls he is not offered because of it. */
export const Attestations = z.object({
  courses: z.array(z.object({ course: CourseNumber, names: Names })),
  agents: z.array(
    z.object({
      agent: Person,
      name: z.string(),
      courses: z.array(
        HowItStands.extend({
          course: CourseNumber,
          isRequired: z.boolean(),
          triesLeft: z.number().int().nullable(),
        }),
      ),
      closedQueues: z.array(z.object({ queue: z.string(), names: Names, courses: z.array(CourseNumber) })),
    }),
  ),
})
export type Attestations = z.infer<typeof Attestations>

export const GiveTries = z.strictObject({ agent: Person })

// The agent's own -----------------------------------------------------------------

export const MyCourse = HowItStands.extend({
  course: CourseNumber,
  names: Names,
  items: z.number().int(),
  questions: z.number().int(),
  isRead: z.boolean(),
  triesLeft: z.number().int().nullable(),
  /** Queues whose calls he is offered only with it. */
  queues: z.array(z.object({ queue: z.string(), names: Names })),
  /** Of those, whose calls he is not offered now. */
  closedQueues: z.array(z.object({ queue: z.string(), names: Names })),
})
export type MyCourse = z.infer<typeof MyCourse>

/** What was asked and what was chosen, with the right answers: only after they were given. */
export const QuizResult = z.object({
  attempt: Attempt,
  answeredAt: z.number(),
  right: z.number().int(),
  of: z.number().int(),
  percent: z.number().int(),
  passPercent: z.number().int(),
  isPassed: z.boolean(),
  validUntil: z.string().nullable(),
  questions: z.array(
    z.object({
      text: Names,
      isRight: z.boolean(),
      options: z.array(z.object({ text: Names, isRight: z.boolean(), isChosen: z.boolean() })),
      explanation: Names,
    }),
  ),
})
export type QuizResult = z.infer<typeof QuizResult>

export const MyCourseCard = MyCourse.omit({ items: true }).extend({
  version: z.number().int(),
  passPercent: z.number().int(),
  validMonths: z.number().int().nullable(),
  items: z.array(
    z.object({
      item: Item,
      version: z.number().int(),
      content: KnowledgeContent,
      isRead: z.boolean(),
    }),
  ),
  lastResult: QuizResult.nullable(),
})
export type MyCourseCard = z.infer<typeof MyCourseCard>

/** Without what is right. */
export const QuizToAnswer = z.object({
  attempt: Attempt,
  passPercent: z.number().int(),
  questions: z.array(z.object({ text: Names, severalRight: z.boolean(), options: z.array(Names) })),
})
export type QuizToAnswer = z.infer<typeof QuizToAnswer>

export const AnswerQuiz = z.strictObject({
  answers: z.array(z.array(z.number().int().min(0).max(ROWS_MAX)).max(ROWS_MAX)).max(ROWS_MAX),
})
export type AnswerQuiz = z.infer<typeof AnswerQuiz>
