import { Link } from '@tanstack/react-router'
import type { MyCourse } from '#contract/learning.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useMyCourses } from '../../learning-api.ts'
import { listed, standingText, standingTone } from '../../learning-words.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './learning.module.css'

/** What an agent can learn, what closes a queue to him first. */
export function MyCoursesPage() {
  return (
    <Page title={t('My courses')}>
      <Asked query={useMyCourses()}>
        {(courses) =>
          courses.length === 0 ? (
            <p className={css.quiet}>{t('There are no courses yet.')}</p>
          ) : (
            <ul className={css.courses} aria-label={t('My courses')}>
              {courses.map((course) => (
                <li key={course.course}>
                  <Course course={course} />
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Page>
  )
}

function Course({ course }: { course: MyCourse }) {
  const { closedQueues, queues } = course
  const names = (some: MyCourse['queues']) => listed(some.map((queue) => inMyLanguage(queue.names)))
  return (
    <Surface>
      <div className={css.course}>
        <h2>
          <Link to={paths.myCourse(String(course.course))}>{inMyLanguage(course.names)}</Link>
        </h2>
        <Tone tone={standingTone(course)}>{standingText(course)}</Tone>
        {closedQueues.length > 0 ? (
          <Tone tone="bad">
            {t('You are not offered calls of {{queues}}.', { queues: names(closedQueues) })}
          </Tone>
        ) : (
          queues.length > 0 && (
            <p className={css.quiet}>{t('Needed for calls of {{queues}}.', { queues: names(queues) })}</p>
          )
        )}
        <p className={css.quiet}>
          {t('articles: {{items}}, questions: {{questions}}', {
            items: course.items,
            questions: course.questions,
          })}
        </p>
        {course.triesLeft === 0 && <Tone tone="bad">{t('No try is left: ask your supervisor.')}</Tone>}
      </div>
    </Surface>
  )
}
