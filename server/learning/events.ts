/** What happened to courses and to those who take them. */
import type { CourseId, QuizAttemptId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'

export type LearningEvent =
  | { type: 'courseSaved'; course: CourseId; version: number; published: boolean; againBy?: Day; by: StaffId }
  | { type: 'courseRetired' | 'courseReopened'; course: CourseId; by: StaffId }
  | { type: 'courseTriesGiven'; course: CourseId; staff: StaffId; by: StaffId }
  | {
      type: 'quizAnswered'
      course: CourseId
      version: number
      attempt: QuizAttemptId
      right: number
      of: number
      passed: boolean
      validUntil?: Day
      by: StaffId
    }
