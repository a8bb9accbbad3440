import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { MyCourse } from '#contract/learning.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useMyCourses } from '../../learning-api.ts'
import { listed, standingText } from '../../learning-words.ts'
import { paths } from '../../paths.ts'
import css from './desk.module.css'

/** Why calls of some queues do not come to this desk, and what ends soon. Nothing is in the way when there is nothing. */
export function ClosedQueues() {
  const courses = useMyCourses().data ?? []
  const closing = courses.filter(({ closedQueues }) => closedQueues.length > 0)
  const ending = courses.filter(({ queues, standing }) => standing === 'endsSoon' && queues.length > 0)
  if (closing.length + ending.length === 0) return null
  return (
    <Alert className={css.toRead} title={t('Attestation')}>
      {closing.map((course) => (
        <p key={course.course}>
          {t('You are not offered calls of {{queues}}.', { queues: namesOf(course.closedQueues) })}{' '}
          <CourseLink course={course} />
        </p>
      ))}
      {ending.map((course) => (
        <p key={course.course}>
          <CourseLink course={course} />
        </p>
      ))}
    </Alert>
  )
}

function CourseLink({ course }: { course: MyCourse }) {
  return (
    <>
      <Link to={paths.myCourse(String(course.course))}>{inMyLanguage(course.names)}</Link>:{' '}
      {standingText(course)}
    </>
  )
}

const namesOf = (queues: MyCourse['queues']) => listed(queues.map(({ names }) => inMyLanguage(names)))
