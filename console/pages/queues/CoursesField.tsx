import { Checkbox } from '@mantine/core'
import type { AgentSkills, QueueForm, QueueFormProblem } from '#contract/queues.ts'
import { queueWarnings, type QueuesTogether } from '#core/routing/check-queues.ts'
import type { CourseId } from '#core/lib/ids.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { queueProblemText } from '../../queue-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { Problems } from './Problems.tsx'
import css from './queues.module.css'

/** In which courses whoever is asked must be attested. That nobody is, is told and stops nobody from saving. */
export function CoursesField(props: {
  queue: string
  form: QueueForm
  replace: (form: QueueForm) => void
  problems: readonly QueueFormProblem[]
  queueName: (queue: string) => string
  settings: QueuesTogether
  table: AgentSkills
}) {
  const { form, problems, queue, queueName, replace, settings, table } = props
  const chosen = form.courses ?? []
  const warnings = queueWarnings(settings).filter((one) => one.queue === queue)
  const toggle = (course: CourseId) => {
    const courses = chosen.includes(course) ? chosen.filter((one) => one !== course) : [...chosen, course]
    const { courses: _before, ...others } = form
    replace(courses.length > 0 ? { ...others, courses } : others)
  }
  const known = table.courses.map(({ course }) => course)
  const gone = chosen.filter((course) => !known.includes(course))
  return (
    <Surface title={t('Attestation')}>
      {table.courses.length === 0 && gone.length === 0 && (
        <p className={css.quiet}>{t('No course is published yet.')}</p>
      )}
      <div role="group" aria-label={t('Whoever is asked must be attested in')} className={css.chips}>
        {table.courses.map(({ attested, course, names }) => (
          <Checkbox
            key={course}
            label={t('{{course}} (attested: {{count}})', {
              course: inMyLanguage(names),
              count: attested.length,
            })}
            checked={chosen.includes(course)}
            onChange={() => toggle(course)}
          />
        ))}
        {gone.map((course) => (
          <Checkbox
            key={course}
            label={t('There is no published course {{course}}.', { course })}
            checked
            onChange={() => toggle(course)}
          />
        ))}
      </div>
      <div role="status">
        {warnings.map((warning) => (
          <Tone key={warning.message} tone="warn">
            {queueProblemText(warning, queueName)}
          </Tone>
        ))}
      </div>
      <Problems problems={problems.filter(({ field }) => field === 'courses')} queueName={queueName} />
    </Surface>
  )
}
