/** The requests about courses: written by supervisors, taken by agents. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AddCourse,
  AnswerQuiz,
  Attestations,
  CourseCard,
  CourseRow,
  MyCourse,
  MyCourseCard,
  QuizResult,
  QuizToAnswer,
  SaveCourse,
} from '#contract/learning.ts'
import { keys } from './api.ts'
import { request } from './request.ts'

const COURSES = ['courses']
const ATTESTATIONS = ['attestations']
const MY_COURSES = ['my-courses']

/** Somebody was attested, or a course is another one: everything that shows it looks again. */
export function learningChanged(client: QueryClient): void {
  for (const queryKey of [COURSES, ATTESTATIONS, MY_COURSES, keys.agentSkills, keys.queues])
    void client.invalidateQueries({ queryKey })
}

// Those who write courses ---------------------------------------------------------

export const useCourses = () =>
  useQuery({ queryKey: COURSES, queryFn: () => request<CourseRow[]>('GET', '/courses') })

export const useCourse = (id: string) =>
  useQuery({
    queryKey: [...COURSES, id],
    queryFn: () => request<CourseCard>('GET', `/courses/${encodeURIComponent(id)}`),
  })

export const useAttestations = () =>
  useQuery({ queryKey: ATTESTATIONS, queryFn: () => request<Attestations>('GET', '/attestations') })

export type CourseCommand =
  | ({ do: 'add' } & AddCourse)
  | ({ do: 'save'; course: number } & SaveCourse)
  | { do: 'retire' | 'reopen'; course: number }

export function useCourseCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendCourseCommand,
    onSuccess: (card) => client.setQueryData([...COURSES, String(card.course)], card),
    onSettled: () => learningChanged(client),
  })
}

function sendCourseCommand(command: CourseCommand): Promise<CourseCard> {
  switch (command.do) {
    case 'add':
      return request('POST', '/courses', { form: command.form, published: command.published })
    case 'save': {
      const { do: _do, course, ...change } = command
      return request('POST', `/courses/${course}/versions`, change)
    }
    default:
      return request('POST', `/courses/${command.course}/${command.do}`, {})
  }
}

export function useGiveTries() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ course, agent }: { course: number; agent: string }) =>
      request<Attestations>('POST', `/courses/${course}/tries`, { agent }),
    onSuccess: (attestations) => client.setQueryData(ATTESTATIONS, attestations),
  })
}

// The agent's own -----------------------------------------------------------------

export const useMyCourses = () =>
  useQuery({ queryKey: MY_COURSES, queryFn: () => request<MyCourse[]>('GET', '/my-courses') })

export const useMyCourse = (id: string) =>
  useQuery({
    queryKey: [...MY_COURSES, id],
    queryFn: () => request<MyCourseCard>('GET', `/my-courses/${encodeURIComponent(id)}`),
  })

/** He says so himself; the page then knows what is left to read. */
export function useHasRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ item, version }: { item: number; version: number }) =>
      request<void>('POST', `/knowledge/${item}/versions/${version}/acknowledge`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: MY_COURSES }),
  })
}

export const useBeginQuiz = (course: string) =>
  useMutation({ mutationFn: () => request<QuizToAnswer>('POST', `/my-courses/${course}/quiz`, {}) })

export function useAnswerQuiz() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ attempt, answers }: AnswerQuiz & { attempt: string }) =>
      request<QuizResult>('POST', `/quizzes/${attempt}/answers`, { answers }),
    onSuccess: () => client.invalidateQueries({ queryKey: MY_COURSES }),
  })
}
