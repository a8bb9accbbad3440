import { Button } from '@mantine/core'
import type { RetiredQueue } from '#contract/queues.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useQueueList, useRetiredQueues } from '../../settings-api.ts'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'

/** Queues of earlier times; nothing is shown while there is none. */
export function RetiredQueues() {
  const retired = useRetiredQueues().data ?? []
  const command = useQueueList()
  if (retired.length === 0) return null
  const columns: Column<RetiredQueue>[] = [
    { header: t('Queue'), cell: ({ names }) => inMyLanguage(names) },
    { header: t('Code'), cell: ({ queue }) => queue },
    { header: t('Retired'), cell: ({ retiredAt }) => shortMoment(retiredAt) },
    {
      header: t('Back'),
      cell: ({ queue, names }) => (
        <Button
          size="xs"
          variant="default"
          aria-label={t('Use again: {{queue}}', { queue: inMyLanguage(names) })}
          loading={command.isPending}
          onClick={() => command.mutate({ do: 'reopen', queue })}
        >
          {t('Use again')}
        </Button>
      ),
    },
  ]
  return (
    <Surface title={t('Retired queues')}>
      <Table
        caption={t('Retired queues')}
        columns={columns}
        rows={retired}
        rowKey={({ queue }) => queue}
        empty={null}
      />
      <SettingsProblem error={command.error} />
    </Surface>
  )
}
