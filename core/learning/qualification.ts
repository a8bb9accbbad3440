/**
 * Which of his queues an agent may be asked for: those whose courses he is attested in. Routing knows nothing of it. It
 * is told of an agent who serves the other queues, as if he had never been assigned to these.
 */
import type { CourseId, QueueId } from '#core/lib/ids.ts'

/** What queues require; one that requires nothing may be left out. */
export type Requirements = ReadonlyMap<QueueId, readonly CourseId[]>

/** A queue he is assigned to and not offered calls of, with the courses he is not attested in. */
export type ClosedQueue = { readonly queue: QueueId; readonly courses: readonly CourseId[] }

export function closedQueues(
  queues: readonly QueueId[],
  requirements: Requirements,
  isAttestedIn: (course: CourseId) => boolean,
): ClosedQueue[] {
  return queues.flatMap((queue) => {
    const courses = (requirements.get(queue) ?? []).filter((course) => !isAttestedIn(course))
    return courses.length > 0 ? [{ queue, courses }] : []
  })
}
