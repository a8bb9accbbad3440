import type { QueueFormProblem } from '#contract/queues.ts'
import { t } from '../../i18n.ts'
import { queueProblemText } from '../../queue-words.ts'
import css from './queues.module.css'

/** What is wrong with a field; `place` says where in it a problem is. */
export function Problems(props: {
  problems: readonly QueueFormProblem[]
  queueName: (queue: string) => string
  place?: (problem: QueueFormProblem) => string | undefined
}) {
  const { place, problems, queueName } = props
  return (
    // Always there, so that what comes into it is read out.
    <div role="status">
      {problems.length > 0 && (
        <ul className={css.problems}>
          {problems.map((problem) => {
            const at = place?.(problem)
            const text = queueProblemText(problem, queueName)
            return <li key={`${at} ${text}`}>{at ? `${at}: ${text}` : text}</li>
          })}
        </ul>
      )}
    </div>
  )
}

export function placeInText({ line, column }: QueueFormProblem): string | undefined {
  if (line === undefined) return undefined
  return column === undefined
    ? t('Line {{line}}', { line })
    : t('Line {{line}}, column {{column}}', { line, column })
}
