/** The courses a queue requires: they must exist, and it is told where nobody who serves the queue is attested in all. */
import type { AgentId, CourseId, QueueId } from '#core/lib/ids.ts'
import { type QueueProblem, queueProblem, type Report } from './queue-problems.ts'
import type { QueueSettings } from './queue-settings.ts'

/** A published course, and who is attested in it now. */
export type AttestedIn = { readonly course: CourseId; readonly attested: readonly AgentId[] }

/** More cannot be kept up beside the calls. */
export const QUEUE_COURSES_MAX = 10

export function checkCourses(
  required: readonly CourseId[],
  known: readonly AttestedIn[],
  report: Report,
): void {
  const value = required.length
  if (value > QUEUE_COURSES_MAX)
    report('outOfRange', { field: 'courses', params: { least: 0, most: QUEUE_COURSES_MAX, value } })
  for (const [index, course] of required.entries()) {
    const about = { field: 'courses', params: { course } } as const
    if (required.indexOf(course) < index) report('courseTwice', about)
    if (!known.some((one) => one.course === course)) report('unknownCourse', about)
  }
}

type Serving = { readonly agent: AgentId; readonly queues: readonly QueueId[] }

/**
 * Warnings: settings with them are saved. Attestations end by themselves, so they can never be a condition for saving,
 * or a day would come on which nothing could be put right.
 */
export function courseWarnings(
  { courses = [], queue }: QueueSettings,
  agents: readonly Serving[],
  known: readonly AttestedIn[],
): QueueProblem[] {
  if (courses.length === 0) return []
  const serving = agents.filter((agent) => agent.queues.includes(queue))
  const attestedIn = (course: CourseId) => known.find((one) => one.course === course)?.attested ?? []
  const able = serving.filter(({ agent }) => courses.every((course) => attestedIn(course).includes(agent)))
  if (able.length > 0) return []
  return [queueProblem(queue, 'nobodyAttested', { field: 'courses', params: { count: serving.length } })]
}
