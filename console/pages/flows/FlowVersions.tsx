import { Button } from '@mantine/core'
import { useState } from 'react'
import type { FlowRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { useFlow } from '../../api.ts'
import { useFlowCommand } from '../../flow-api.ts'
import { t } from '../../i18n.ts'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { WhenAndWho } from '../../WhenAndWho.tsx'
import { PublishDialog } from './PublishDialog.tsx'

/** Every version there was, and the way back: an older one is published anew, as the newest. */
export function FlowVersions({ rows, now }: { rows: readonly FlowRow[]; now: Flow | undefined }) {
  const hasScheduled = rows.some(({ status }) => status === 'scheduled')
  const [chosen, setChosen] = useState<FlowRow>()
  const columns: Column<FlowRow>[] = [
    { header: t('Version'), isNumber: true, cell: ({ version }) => version },
    { header: t('State'), cell: (row) => stateText(row) },
    { header: t('Saved'), cell: (row) => <WhenAndWho at={row.savedAt} by={row.savedByName} /> },
    { header: t('Holds from'), cell: (row) => <WhenAndWho at={row.publishedAt} by={row.publishedByName} /> },
    {
      header: t('Bring back'),
      cell: (row) =>
        row.status === 'retired' && (
          <Button size="xs" variant="default" onClick={() => setChosen(row)}>
            {t('Bring back {{version}}', { version: row.version })}
          </Button>
        ),
    },
  ]
  return (
    <Surface title={t('Versions')}>
      <Table
        caption={t('Versions')}
        columns={columns}
        rows={rows}
        rowKey={({ version }) => version}
        empty={t('Nothing has been saved yet.')}
      />
      {chosen && (
        <BringBack row={chosen} now={now} hasScheduled={hasScheduled} close={() => setChosen(undefined)} />
      )}
    </Surface>
  )
}

type BringBackProps = { row: FlowRow; now: Flow | undefined; hasScheduled: boolean; close: () => void }

function BringBack({ row, now, hasScheduled, close }: BringBackProps) {
  const card = useFlow(row).data
  const command = useFlowCommand(row.flow)
  const { version } = row
  return (
    card && (
      <PublishDialog
        flow={row.flow}
        version={version}
        title={t('Bring back version {{version}}', { version })}
        now={now}
        next={card.body}
        hasScheduled={hasScheduled}
        isBusy={command.isPending}
        error={command.error}
        close={close}
        publish={(from, done) => command.mutate({ do: 'restore', version, from }, { onSuccess: done })}
      />
    )
  )
}

function stateText({ restored, status }: FlowRow): string {
  const state = statusText(status)
  return restored === null ? state : `${state}, ${t('brought back from {{version}}', { version: restored })}`
}

function statusText(status: FlowRow['status']): string {
  switch (status) {
    case 'draft':
      return t('draft')
    case 'scheduled':
      return t('scheduled')
    case 'published':
      return t('holds now')
    case 'retired':
      return t('of earlier times')
  }
}
