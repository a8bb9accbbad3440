import { Button } from '@mantine/core'
import type { Desk } from '#contract/calls.ts'
import { timeOfDay } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useBreakNames } from '../../use-break-names.ts'
import css from './desk.module.css'
import { useDeskActions } from './use-desk-actions.ts'

/** What was asked for and has not begun, or the answer to it; with the way to take it back. */
export function NextNotice({ desk }: { desk: Desk }) {
  const { send } = useDeskActions()
  const text = useNextText(desk)
  const isOver = desk.breakRequest?.status === 'refused' || desk.breakRequest?.status === 'lapsed'
  return (
    <div role="status" className={css.notice}>
      {text && (
        <>
          <span>{text}</span>
          <Button size="xs" variant="default" onClick={() => send({ do: 'withdrawNext' })}>
            {isOver ? t('I have read it') : t('Take back')}
          </Button>
        </>
      )}
    </div>
  )
}

/** The same in one sentence; nothing where nothing waits. */
export function useNextText({ isLeaving, breakRequest }: Desk): string | undefined {
  const breakName = useBreakNames()
  if (isLeaving) return t('Your shift ends after this call.')
  if (!breakRequest) return undefined
  const values = { name: breakName(breakRequest.reason) }
  const until = breakRequest.validUntil
  switch (breakRequest.status) {
    case 'approved':
      return t('After this call: {{name}}', values)
    case 'asked':
      return until === null
        ? t('Asked for: {{name}}', values)
        : t('Asked for: {{name}}. A supervisor answers by {{time}}.', { ...values, time: timeOfDay(until) })
    case 'refused':
      return t('{{name}}: your supervisor did not agree.', values)
    case 'lapsed':
      return t('{{name}}: the time for it has passed. Ask again.', values)
  }
}
