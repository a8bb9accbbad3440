import type { QueueForm, QueueFormProblem } from '#contract/queues.ts'
import { QUEUE_RANGES } from '#core/routing/check-queues.ts'
import { t } from '../../i18n.ts'
import { fieldText, queueProblemText } from '../../queue-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import css from './queues.module.css'

const FIELDS = [
  'ringSeconds',
  'missesBeforeUnavailable',
  'shortAbandonSeconds',
  'expectedHandleSeconds',
] as const

export function NumberFields(props: {
  form: QueueForm
  change: (part: Partial<QueueForm>) => void
  problems: readonly QueueFormProblem[]
  queueName: (queue: string) => string
}) {
  const { change, form, problems, queueName } = props
  return (
    <Surface title={t('Offers and figures')}>
      <div className={css.numbers}>
        {FIELDS.map((field) => {
          const problem = problems.find((one) => one.field === field)
          return (
            <WholeNumber
              key={field}
              label={fieldText(field)}
              range={QUEUE_RANGES[field]}
              value={form[field]}
              problem={problem && queueProblemText(problem, queueName)}
              change={(value) => change({ [field]: value })}
            />
          )
        })}
      </div>
    </Surface>
  )
}
