import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { BulkOutcome } from '#contract/appeal-office.ts'
import type { AppealRow } from '#contract/appeals.ts'
import { BULK_MAX_APPEALS, type BulkAction } from '#core/appeals/bulk.ts'
import { useBulk, useEditors } from '../../appeal-office-api.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { codeText } from '../../problem-text.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './appeals.module.css'

/** What can be done to all that are chosen at once; each row answers by itself. */
export function BulkBar({ chosen, clear }: { chosen: readonly AppealRow[]; clear: () => void }) {
  const bulk = useBulk()
  const maySort = useMay('classifyAppeals')
  const mayEdit = useMay('editAppeals')
  const mayWatch = useMay('approveConclusions') || maySort
  const mayClose = useMay('answerAppeals') || mayEdit

  function act(action: BulkAction, editor?: string): void {
    const appeals = chosen.map(({ id, status }) => ({ id, status }))
    bulk.mutate(
      { requestKey: crypto.randomUUID(), action, appeals, ...(editor && { editor }) },
      { onError: showProblem, onSuccess: clear },
    )
  }

  const isTooMany = chosen.length > BULK_MAX_APPEALS
  const button = (action: BulkAction, label: string) => (
    <Button
      variant="default"
      disabled={isTooMany}
      loading={bulk.isPending && bulk.variables.action === action}
      onClick={() => act(action)}
    >
      {label}
    </Button>
  )
  const isAny = chosen.length > 0
  if (!isAny && !bulk.data) return null
  return (
    <div className={css.bulk} role="group" aria-label={t('With the chosen')}>
      <b aria-live="polite">{t('Chosen: {{count}}', { count: chosen.length })}</b>
      {isTooMany && (
        <Tone tone="warn">{t('At most {{count}} at once: choose fewer.', { count: BULK_MAX_APPEALS })}</Tone>
      )}
      {isAny && maySort && <Assign isOff={isTooMany} assign={(editor) => act('assign', editor)} />}
      {isAny && mayEdit && button('edit', t('Take to my desk'))}
      {isAny && mayEdit && button('dispatch', t('Send to the chancellery'))}
      {isAny && mayClose && button('close', t('Close the appeals'))}
      {isAny && mayWatch && button('control', t('Keep under control'))}
      {isAny && mayWatch && button('uncontrol', t('End the control'))}
      {bulk.data && <Outcomes outcomes={bulk.data} />}
    </div>
  )
}

function Assign({ assign, isOff }: { assign: (editor: string) => void; isOff: boolean }) {
  const editors = useEditors().data ?? []
  const [editor, setEditor] = useState('')
  return (
    <span className={css.assign}>
      <NativeSelect
        aria-label={t('Editor to be given them')}
        value={editor}
        data={[
          { value: '', label: t('Choose an editor') },
          ...editors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => setEditor(value)}
      />
      <Button variant="default" disabled={isOff || editor === ''} onClick={() => assign(editor)}>
        {t('Assign')}
      </Button>
    </span>
  )
}

function Outcomes({ outcomes }: { outcomes: readonly BulkOutcome[] }) {
  const left = outcomes.filter(({ problem }) => problem !== null)
  return (
    <div role="status" style={{ flexBasis: '100%' }}>
      {t('Done: {{done}} of {{count}}', { done: outcomes.length - left.length, count: outcomes.length })}
      {left.length > 0 && (
        <Surface title={t('Left as they were')}>
          <ul className={css.links}>
            {left.map(({ id, number, problem }) => (
              <li key={id}>
                {number ?? t('An appeal')} · <Tone tone="warn">{problem && codeText(problem)}</Tone>
              </li>
            ))}
          </ul>
        </Surface>
      )}
    </div>
  )
}
