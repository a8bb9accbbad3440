/** The tables of courses and their quizzes; see schema.ts. */
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { CourseBody, ItemVersion } from '#core/learning/course.ts'
import type { QuizAnswers } from '#core/learning/mark-quiz.ts'
import type { CourseId, QuizAttemptId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'

type Json<T extends object | null> = JSONColumnType<T, string, string>

export interface LearningTables {
  courses: { id: GeneratedAlways<CourseId>; created_at: Generated<Date>; retired_at: Date | null }
  course_versions: {
    course: CourseId
    version: number
    body: Json<CourseBody>
    written_for: Json<ItemVersion[]>
    published: boolean
    again_by: Day | null
    saved_at: Generated<Date>
    saved_by: StaffId | null
  }
  quiz_attempts: {
    id: Generated<QuizAttemptId>
    course: CourseId
    version: number
    staff: StaffId
    begun_at: Generated<Date>
    answered_at: Date | null
    answers: Json<QuizAnswers> | null
    right_count: number | null
    passed: boolean | null
    passed_on: Day | null
    valid_until: Day | null
  }
  course_tries_given: { course: CourseId; staff: StaffId; given_at: Date; given_by: StaffId }
}
