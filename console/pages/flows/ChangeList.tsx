import { useMemo } from 'react'
import type { Flow } from '#core/ivr/flow.ts'
import { type FlowChange, flowChanges } from '#core/ivr/flow-changes.ts'
import { t } from '../../i18n.ts'
import { Difference } from '../../ui/Difference.tsx'
import css from './editor.module.css'
import { fieldText, kindText } from './flow-words.ts'

const SHOWN_MAX_CHANGES = 100
/** A text so long is a fault already; its start tells which one it is. */
const COMPARED_MAX_CHARACTERS = 2_000

/** What is different between two versions, step by step, with what was taken out of each text and put into it. */
export function ChangeList({ before, after }: { before: Flow; after: Flow }) {
  const changes = useMemo(() => flowChanges(before, after), [before, after])
  if (changes.length === 0) return <p className={css.quiet}>{t('Nothing is different.')}</p>
  return (
    <ul className={css.changes}>
      {changes.slice(0, SHOWN_MAX_CHANGES).map((change) => (
        <li key={change.node ?? ''}>
          <b>{changeText(change)}</b>
          {change.is !== 'removed' && <Fields change={change} />}
        </li>
      ))}
      {changes.length > SHOWN_MAX_CHANGES && (
        <li>{t('and {{count}} more', { count: changes.length - SHOWN_MAX_CHANGES })}</li>
      )}
    </ul>
  )
}

function Fields({ change: { fields } }: { change: FlowChange }) {
  return (
    <ul>
      {fields
        .filter(({ field }) => field !== 'kind')
        .map(({ after, before, field }) => (
          <li key={field}>
            {fieldText(field)}:{' '}
            <Difference
              before={before.slice(0, COMPARED_MAX_CHARACTERS)}
              after={after.slice(0, COMPARED_MAX_CHARACTERS)}
              written={field.split('.').at(-1) ?? ''}
            />
          </li>
        ))}
    </ul>
  )
}

function changeText({ is, kind, node }: FlowChange): string {
  if (node === undefined) return t('The menu as a whole')
  const values = { step: node, kind: kind ? kindText(kind) : '' }
  if (is === 'added') return t('New: {{step}} ({{kind}})', values)
  return is === 'removed' ? t('Removed: {{step}} ({{kind}})', values) : t('{{step}} ({{kind}})', values)
}
