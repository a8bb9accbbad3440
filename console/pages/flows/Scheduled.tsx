import { Alert } from '@mantine/core'
import type { FlowRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useFlow } from '../../api.ts'
import { useFlowCommand } from '../../flow-api.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { ChangeList } from './ChangeList.tsx'
import css from './editor.module.css'
import { FlowRefusal } from './FlowRefusal.tsx'

/** What will hold from a moment on, and how it differs from what holds now. */
export function Scheduled({ row, now }: { row: FlowRow; now: Flow | undefined }) {
  const { flow, publishedAt, publishedByName, version } = row
  const body = useFlow(row).data?.body
  const command = useFlowCommand(flow)
  const [isAsked, press] = useSecondPress(() => command.mutate({ do: 'withdraw' }))
  const moment = shortMoment(publishedAt ?? 0)
  return (
    <Alert color="river" title={t('Scheduled')} role="status">
      <div className={css.actions}>
        <span>{t('Version {{version}} holds from {{moment}} on.', { version, moment })}</span>
        <span>{publishedByName}</span>
        <ActionButton
          label={isAsked ? t('Press again to take it back') : t('Take it back')}
          size="xs"
          variant="default"
          isBusy={command.isPending}
          onPress={press}
        />
      </div>
      {now && body && (
        <details>
          <summary>{t('What is different for callers')}</summary>
          <div className={css.compared}>
            <ChangeList before={now} after={body} />
          </div>
        </details>
      )}
      <FlowRefusal error={command.error} />
    </Alert>
  )
}
