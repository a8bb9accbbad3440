import type { CallbackRow } from '#contract/callbacks.ts'
import { isOpenCallback } from '#core/calls/callback-status.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { callbackCauseText, callbackStatusText } from './callback-words.ts'
import { t } from './i18n.ts'

/** What whoever called was promised, and how it stands. */
export function PromisedCalls({ callbacks }: { callbacks: readonly CallbackRow[] }) {
  return (
    <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
      {callbacks.map((row) => (
        <li key={row.id}>{wordsOf(row).join(' · ')}</li>
      ))}
    </ul>
  )
}

function wordsOf({ cause, dueAt, meantForName, promisedByName, status }: CallbackRow): string[] {
  return [
    callbackStatusText(status),
    cause && callbackCauseText(cause),
    isOpenCallback(status) && t('not before {{moment}}', { moment: shortMoment(dueAt) }),
    meantForName && t('by {{name}}', { name: meantForName }),
    promisedByName && t('promised by {{name}}', { name: promisedByName }),
  ].filter((words) => typeof words === 'string' && words !== '') as string[]
}
