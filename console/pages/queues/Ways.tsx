import type { QueueForm } from '#contract/queues.ts'
import { OVERFLOW_FIELDS } from '#core/routing/check-overflow.ts'
import { t } from '../../i18n.ts'
import { arrowText, nameOf } from './OverflowPicture.tsx'
import css from './queues.module.css'

/** The picture in words. */
export function Ways({ form, queueName }: { form: QueueForm; queueName: (queue: string) => string }) {
  const ways = OVERFLOW_FIELDS.flatMap((field) => {
    const then = form[field]?.then
    if (!then) return []
    const amount = field === 'full' ? form.full?.waitingMax : form.tooLong?.waitSecondsMax
    return [{ field, amount, to: nameOf(then.do === 'overflow' ? then.to : then.do, queueName) }]
  })
  if (ways.length === 0) return t('They wait.')
  return (
    <ul className={css.plainList}>
      {ways.map(({ field, amount, to }) => (
        <li key={field}>
          {arrowText({ field, amount })} → {to}
        </li>
      ))}
    </ul>
  )
}
